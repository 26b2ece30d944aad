"""What is said of each epoch is what the loss did, and what is shown has its cause."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.network import outputs
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.direction import LightUp, Pulse
from scenes.drawing.motion import ComeBack, Follow, InPlace, StandBack
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.class_page import ClassPage
from scenes.parts.value_page import ValuePage
from scenes.stage.catalogue import shipped
from scenes.stage.render import captions
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim


def said(record: Record, *settings: str) -> dict[str, str]:
    return captions(shipped()["epochs"], show_of(record, "en", "paper", *settings))


def test_a_loss_falls_rises_or_stays() -> None:
    record = a_record(epochs=(0, 1, 2, 3, 10, 20))
    losses = np.array([4.0, 3.0, 3.5, 3.5, 2.0, 9.0])
    found = said(replace(record, history={"loss": losses}), "film.shown_epochs=[0, 1, 2, 3, 20]")

    assert found == {
        "initial": "Epoch 0: the network has 27 parameters, and its loss is 4.",
        "epoch-1": "After epoch 1 the loss has fallen from 4 to 3.",
        "epoch-2": "After epoch 2 the loss has risen from 3 to 3.5.",
        "epoch-3": "At epoch 3 the loss is 3.5, as before.",
        "epoch-20": "From epoch 3 to 20 the loss rises from 3.5 to 9.",
    }


def test_a_run_that_diverges_says_from_which_epoch_at_its_end() -> None:
    *others, last = said(a_record(**RECORDS["diverged"])).values()

    assert last.endswith("; from epoch 6 on it is not finite.")
    assert not [caption for caption in others if "finite" in caption]


def test_a_run_that_diverges_at_once_says_so_too() -> None:
    record = a_record(epochs=(0,), diverged_at=1)

    assert [*said(record).values()] == [
        "Epoch 0: the network has 27 parameters, and its loss is 232.1; "
        "from epoch 1 on it is not finite."
    ]


def test_neurons_are_filled_by_the_activations_of_the_framed_row() -> None:
    record = a_record()
    page = ValuePage(View(show_of(record), Epochs.reads), Words("en"), PAPER)
    sample = page.rows.samples[page.followed]

    for at in (0, len(record.epochs) - 1):
        page.show_at(at)
        made = [record.inputs, *outputs(record, at, record.inputs)]
        for neurons, values in zip(page.network.layers, made):
            for neuron, activation in zip(neurons, values[sample]):
                red, _, blue = neuron.get_fill_color().to_rgb()
                assert activation == 0 or (blue > red) == (activation > 0)


@pytest.mark.parametrize("kind", ["lecture", "two classes", "three classes"])
def test_a_page_keeps_its_mobjects_so_that_a_play_draws_no_state_over_another(kind: str) -> None:
    record = a_record(**RECORDS[kind])
    view = View(show_of(record), Epochs.reads)
    page = (ClassPage if view.classes else ValuePage)(view, Words("en"), PAPER)
    page.show_at(0)
    first = {*map(id, page.get_family())}
    page.show_at(len(record.epochs) - 1)

    assert {*map(id, page.get_family())} == first


def test_an_epoch_is_told_by_its_causes(
    walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for animation in (Pulse, LightUp, StandBack, ComeBack, Follow):
        begin = animation.begin

        def note(self: InPlace, begin: Any = begin) -> None:
            back = isinstance(self, Pulse) and self.is_back
            told.append(f"{type(self).__name__}{' back' * back}")
            begin(self)

        monkeypatch.setattr(animation, "begin", note)
    walk = walk_through(shipped()["epochs"], show_of(a_record()))
    next(walk)
    told.clear()

    next(walk)

    layers = len(a_record().dense)
    forward = ["Pulse", "LightUp"] * layers
    rows, loss = ["ComeBack", "Follow"], ["Follow", "ComeBack"]
    back = ["Pulse back", "StandBack", *["Pulse back"] * (layers - 1)]
    assert told == [*back, "Follow", *forward, *rows, *loss]


def test_rows_change_one_after_the_other() -> None:
    record = a_record()
    page = ValuePage(View(show_of(record), Epochs.reads), Words("en"), PAPER)
    page.show_at(0)
    before = [row[0] for row in page.outputs[0].predictions.numbers.texts]

    page.show_some_rows(0, 0.5)

    half = [row[0] for row in page.outputs[0].predictions.numbers.texts]
    changed = [one != other for one, other in zip(before, half)]
    assert changed == sorted(changed, reverse=True) and 0 < sum(changed) < len(changed)


def test_what_stood_back_is_as_bright_as_before(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(shipped()["epochs"], show_of(a_record())):
        assert isinstance(scene, Epochs)
        for reading in scene.page.readings:
            for part in reading.family_members_with_points():
                colors = np.concatenate([part.get_fill_rgbas(), part.get_stroke_rgbas()])
                assert colors.min() >= 0 and colors.max() <= 1
                assert part.get_fill_color().to_hex() in vars(PAPER).values()
