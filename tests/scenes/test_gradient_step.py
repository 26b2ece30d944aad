"""A step of training is shown as it was: its numbers add up, and its arrow goes where it went."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from manim import Mobject

from epochreel.numbers import read
from epochreel.record.loss_along import Place
from epochreel.record.network import gradients, outputs
from epochreel.record.optimizers import OPTIMIZERS, first_step
from epochreel.record.record import Record
from epochreel.record.update import Update, first_updates
from scenes.drawing.layout import pixels
from scenes.drawing.text import Label
from scenes.parts.step_rows import SHOWN, StepRow, weight_text, work_out_step
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
STEP = shipped()["gradient_step"]
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "sgd": [{"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}],
    "rmsprop": [{"centered": True}],
}
TRIED: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in OPTIMIZERS]
TRIED += [(name, given) for name, each in SETTINGS.items() for given in each]


def stepped(name: str, settings: dict[str, Any], rate: float = 0.1, scale: float = 1.0) -> Record:
    """A record whose first epoch is one step of an optimizer, in the float32 of Keras."""
    record = a_record(**RECORDS["tanh"])
    used = {
        **record.hyperparameters,
        **{"optimizer": name, "optimizer_settings": settings, "learning_rate": rate},
    }
    slopes = gradients(record, 0, record.inputs, record.targets)
    parameters = []
    for layer, each in zip(record.parameters, slopes, strict=True):
        held = {}
        for key, states in layer.items():
            first = states[0].astype(np.float32).astype(float)
            step = first_step(used, each[key], first)
            assert step is not None
            second = (first + step).astype(np.float32).astype(float)
            held[key] = np.stack([first, second])
        parameters.append(held)
    made = replace(
        record, epochs=np.array([0, 1]), parameters=tuple(parameters), hyperparameters=used
    )
    found = np.stack([outputs(made, at, made.inputs)[-1] for at in (0, 1)])
    losses = ((found - made.targets) ** 2).mean(axis=(1, 2))
    return replace(made, predictions=found, history={"loss": losses})


def told(walk: WalkThrough, record: Record) -> tuple[dict[str, str], list[str], Any]:
    """The captions by beat, the texts on screen at the end, and the scene."""
    captions = {}
    for beat, scene in walk(STEP, show_of(record, "en")):
        captions[beat.name] = beat.caption.text("en")
        assert problems(scene) == []
    return captions, [text.text for text in texts_of(scene) if isinstance(text, Label)], scene


def test_every_optimizer_has_its_rows() -> None:
    assert SHOWN.keys() == OPTIMIZERS.keys()


@pytest.mark.parametrize("rate", [0.1, 0.003])
@pytest.mark.parametrize(("name", "settings"), TRIED)
def test_what_is_put_in_adds_up(name: str, settings: dict[str, Any], rate: float) -> None:
    record = stepped(name, settings, rate)
    (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)
    assert update.is_one_step

    result = work_out_step(update, record.hyperparameters).result

    start, _, times = result.note.partition(" − ")
    said_rate, _, factor = times.partition("·")
    sign, _, new = result.value.partition(" ")
    assert start == weight_text(update.before)
    found = read(start) - read(said_rate) * read(factor.strip("()"))
    # The digits shown are those of the record, and those that come out.
    assert round(found, places_of(new)) == read(new)
    assert round(read(weight_text(update.after)), places_of(new)) == read(new)
    assert len(new) > 5
    assert sign == ("=" if found == read(weight_text(update.after)) else "≈")


def places_of(text: str) -> int:
    return len(text.partition(".")[2])


def test_what_is_exact_in_the_digits_shown_is_called_equal() -> None:
    update = Update(Place(0, "kernel", (0, 0)), 1.0, 0.8, 2.0, True)
    used = {"optimizer": "sgd", "learning_rate": 0.1}
    assert work_out_step(update, used).result == StepRow("w - eta dot g", "= 0.8", "1 − 0.1·2")
    near = replace(update, after=0.8000001)
    assert work_out_step(near, used).result.value == "≈ 0.8"
    far = replace(update, after=0.79984)
    assert work_out_step(far, used).result.value == "≈ 0.8"


def test_adams_rows_add_up_in_the_digits_shown() -> None:
    record = stepped("adam", {})
    (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)
    m, root, ratio = work_out_step(update, record.hyperparameters).rows

    g = Decimal(f"{update.slope:.6g}")
    assert m.note == f"m = (1 − 0.9)·g = {g / 10}".replace("-", "−")
    assert m.value == f"= {g}".replace("-", "−")
    assert root.value == f"≈ {abs(g)}"
    assert root.note.startswith("v = (1 − 0.999)·g² ≈ ")
    assert ratio.value.replace("−", "") == "≈ 1"
    assert m.symbol == "hat(m) = m slash (1 - 0.9)"
    assert root.symbol == "sqrt(hat(v)) = sqrt(v slash (1 - 0.999))"


@pytest.mark.parametrize("name", ["adam", "adamw", "adamax", "nadam"])
def test_a_division_that_is_written_comes_to_what_stands_beside_it(name: str) -> None:
    record = stepped(name, {"beta_1": 0.75, "beta_2": 0.5})
    (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)
    rows = [
        row
        for row in work_out_step(update, record.hyperparameters).rows
        if "slash (1" in row.symbol
    ]
    assert len(rows) == {"adam": 2, "adamw": 2, "adamax": 1, "nadam": 1}[name]
    for row in rows:
        inside = read(row.note.split(" ")[-1]) / (1 - read(row.symbol.split(" - ")[1].rstrip(")")))
        found = inside.sqrt() if row.symbol.startswith("sqrt") else inside
        assert float(found) == pytest.approx(float(read(row.value.split(" ")[1])), rel=1e-4)


@pytest.mark.parametrize("rate", [0.1, 0.001])
@pytest.mark.parametrize("name", ["sgd", "adam"])
def test_arrow_and_dot_go_where_the_weight_went(
    name: str, rate: float, walk_through: WalkThrough
) -> None:
    record = stepped(name, {}, rate)
    (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)
    walked = walk_through(STEP, show_of(record, "en"))
    scene = next(scene for beat, scene in walked if beat.name == "step")
    curve = scene.curves[-1]

    before, after = (
        pixels(curve.plane.at(weight, 0))[0] for weight in (update.before, update.after)
    )
    left, right = (pixels(end)[0] for end in (scene.arrow.get_left(), scene.arrow.get_right()))
    assert sorted((before, after)) == pytest.approx([left, right], abs=8)
    tip = scene.arrow.submobjects[1]
    assert abs(middle(tip) - after) < abs(middle(tip) - before)
    assert middle(curve.dot) == pytest.approx(after, abs=0.5)
    # Down the slope, to a lower place of the page.
    assert (after - before) * update.slope < 0
    assert pixels(curve.dot.get_center())[1] > pixels(scene.drops.submobjects[-1].get_center())[1]


def middle(mobject: Mobject) -> float:
    return pixels(mobject.get_center())[0]


def test_the_tangent_leans_as_the_slope_says(walk_through: WalkThrough) -> None:
    for kind in ("lecture", "several"):
        record = a_record(**RECORDS[kind])
        (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)
        _, scene = next(walk_through(STEP, show_of(record, "en")))
        start, end = scene.curves[0].tangent.get_start(), scene.curves[0].tangent.get_end()
        plane = scene.curves[0].plane
        steep = (end - start)[1] / (end - start)[0]
        unit = plane.at(1, 1) - plane.at(0, 0)
        assert steep == pytest.approx(update.slope * unit[1] / unit[0])


def test_a_proved_step_is_told_as_one(walk_through: WalkThrough) -> None:
    captions, texts, _ = told(walk_through, stepped("sgd", {}))

    assert captions["step"].startswith("SGD with learning rate 0.1 makes one step against the ")
    assert captions["all"].startswith("In the same step 19 parameters change, and the loss ")
    assert "first step: SGD, η = 0.1" in texts


def test_steps_of_batches_have_no_arithmetic(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["many samples"])
    captions, texts, _ = told(walk_through, record)

    assert "makes 5 steps, each by the slope over 32 samples at most" in captions["step"]
    assert {"Epoch 0 → 1", "after 5 steps"} <= {*texts}
    assert not [text for text in texts if "·" in text or "≈" in text]


def test_no_change_is_called_so(walk_through: WalkThrough) -> None:
    captions, texts, _ = told(walk_through, a_record(**RECORDS["constant"]))

    assert captions["step"].startswith("From epoch 0 to epoch 1, w3[1, 1] stays ")
    assert captions["all"] == (
        "From epoch 0 to epoch 1, no parameter changes, and the loss stays 232.1."
    )
    assert "0" in texts


@pytest.mark.parametrize(("name", "settings"), TRIED)
def test_every_optimizers_card_lays_out(
    name: str, settings: dict[str, Any], walk_through: WalkThrough
) -> None:
    captions, _, _ = told(walk_through, stepped(name, settings))
    assert "makes one step" in captions["step"]
