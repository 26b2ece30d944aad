"""What runs say of classes, side by side."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.view import Run
from scenes.drawing.layout import Region, pixels
from scenes.drawing.theme import PAPER
from scenes.parts.class_panels import ClassFits, of_same_classes
from scenes.parts.confusion import Confusion
from scenes.parts.marks import Rings
from scenes.parts.regions import Regions
from scenes.stage.catalogue import shipped
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_for

pytestmark = pytest.mark.manim
REGION = Region(100, 200, 700, 700)


def test_a_run_holds_its_last_state() -> None:
    record = a_record(**RECORDS["two classes"])
    run = Run.of("one", record)
    assert run.classes
    assert run.classes.predicted.tolist() == [(record.predictions[-1, :, 0] > 0.5).tolist()]
    assert run.parameters[0]["kernel"].tolist() == [record.parameters[0]["kernel"][-1].tolist()]


@pytest.mark.parametrize("kind", ["two classes", "ten classes"])
def test_as_many_are_right_as_the_accuracy_says(kind: str) -> None:
    record = a_record(**RECORDS[kind])
    fits = ClassFits([Run.of("one", record)])
    assert fits.right[0] / len(record.inputs) == pytest.approx(record.history["accuracy"][-1])


def test_two_inputs_make_a_plane_on_which_wrong_samples_have_rings() -> None:
    runs = COMPARED["two classes"]
    fits = ClassFits(runs)
    assert fits.planes
    for at, run in enumerate(runs):
        panel = fits.panel(at, REGION, Words("en"), PAPER)
        parts = panel.front.get_family()
        (rings,) = [part for part in parts if isinstance(part, Rings)]
        assert run.classes
        wrong = int((~run.classes.right).sum())
        assert len(rings.points) == wrong * len(rings._shape)
        (regions,) = [part for part in panel.ground.get_family() if isinstance(part, Regions)]
        edges = [pixels(place)[0] for place in regions.edges.points]
        assert REGION.left <= min(edges) and max(edges) <= REGION.right


def test_a_network_that_cannot_be_followed_has_a_matrix() -> None:
    runs = [
        replace(run, layers=tuple(replace(layer, type="Mystery") for layer in run.layers))
        for run in COMPARED["two classes"]
    ]
    fits = ClassFits(runs)
    assert not fits.planes
    panel = fits.panel(0, REGION, Words("en"), PAPER)
    (matrix,) = [part for part in panel.front.get_family() if isinstance(part, Confusion)]
    found = [[int(text or 0) for text in row] for row in matrix.numbers.texts]
    assert found == fits.counts[0].tolist()
    assert np.sum(found) == 60


def test_classes_of_other_names_are_not_compared() -> None:
    one, two = COMPARED["three classes"]
    assert two.classes
    other = replace(two, classes=replace(two.classes, names=("a", "b", "c")))
    assert of_same_classes([one, two])
    assert not of_same_classes([one, other])
    assert not of_same_classes([one, replace(two, classes=None)])
    assert not of_same_classes(COMPARED["two runs"])


def test_runs_of_other_classes_are_compared_by_their_values(walk_through: WalkThrough) -> None:
    one, two = COMPARED["three classes"]
    runs = (one, replace(two, classes=None))
    said = last_caption(runs, walk_through)
    assert said.startswith("The last predictions of each run, and the truth")


def test_the_caption_says_how_many_are_right(walk_through: WalkThrough) -> None:
    runs = COMPARED["two classes"]
    right = sorted(int(run.classes.right.sum()) for run in runs if run.classes)
    assert last_caption(runs, walk_through) == (
        f"What each run says of the classes at its end: from {right[0]} to {right[-1]} of 60 "
        "samples are right."
    )
    assert last_caption(runs[:1], walk_through) == (
        f"What each run says of the classes at its end: {right[0]} of 60 samples are right."
    )


def last_caption(runs: tuple[Run, ...], walk_through: WalkThrough) -> str:
    entry = shipped()["compare"]
    show = show_for(entry, a_record(), "en", "paper", runs=runs)
    *_, (beat, _) = walk_through(entry, show)
    return beat.caption.text("en")
