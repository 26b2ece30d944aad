"""Regions, confusion matrices and curves of what a network learned."""

import numpy as np
import pytest
from manim import VMobject

from epochreel.lecture.words import Words
from epochreel.record.outcome import parting
from epochreel.record.view import View
from scenes.drawing.layout import CONTENT, Region, pixels
from scenes.drawing.theme import PAPER
from scenes.fit import Fit
from scenes.parts.confusion import Confusion, confusions
from scenes.parts.fitted_classes import ClassMatrix, ClassPlane, has_plane
from scenes.parts.fitted_values import ValuePoints
from scenes.parts.growing import dashed
from scenes.parts.regions import Regions
from scenes.parts.truth import Truth
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def view_of(kind: str) -> View:
    return View(show_of(a_record(**RECORDS[kind]), "en", "paper"), Fit.reads)


def covers(drawn: VMobject, x: float, y: float) -> bool:
    """Whether one of its rectangles holds a place, in pixels."""
    boxes = drawn.points.reshape(-1, 16, 3)
    for box in boxes:
        left, top = pixels((box[:, 0].min(), box[:, 1].max(), 0))
        right, bottom = pixels((box[:, 0].max(), box[:, 1].min(), 0))
        if left <= x <= right and top <= y <= bottom:
            return True
    return False


def test_every_place_is_of_its_most_probable_class() -> None:
    region = Region(100, 200, 500, 300)
    across = np.linspace(0, 1, 41)
    first = np.clip(1.25 - 2 * across, 0, 1)  # more probable up to 3/8 of the width
    probabilities = np.stack([np.tile(first, (25, 1)), np.tile(1 - first, (25, 1))], axis=2)
    one, other = Regions(region, 2, PAPER).display(probabilities)
    for x, of_first in ((110, True), (248, True), (252, False), (490, False)):
        assert covers(one, x, 250) == of_first
        assert covers(other, x, 250) != of_first
    edge = max(pixels(place)[0] for place in one.points)
    assert edge == pytest.approx(100 + 400 * 0.375, abs=0.5)


@pytest.mark.parametrize("progress", [0.0, 12.0])
def test_samples_lie_in_the_regions_that_they_are_taken_for(progress: float) -> None:
    view = view_of("two classes")
    plane = ClassPlane(view, CONTENT, Words("en"), PAPER)
    plane.show_at(progress)
    assert view.classes
    agree = 0
    for place, label in zip(plane._places, view.classes.predicted[int(progress)]):
        agree += covers(plane.regions[label], *pixels(place))
    assert agree >= 59  # one may lie on the edge between two places that were asked for
    wrong = ~view.classes.right[int(progress)]
    assert len(plane.wrong.points) == wrong.sum() * len(plane.wrong._shape)


def test_a_plane_needs_two_inputs() -> None:
    assert has_plane(view_of("two classes"))
    assert not has_plane(view_of("three classes"))
    assert not has_plane(view_of("ten classes"))


def test_confusions_count_true_classes_down_and_predicted_ones_across() -> None:
    true, predicted = np.array([0, 0, 1, 2, 2]), np.array([[0, 1, 1, 1, 2]])
    assert confusions(true, predicted, 3).tolist() == [[[1, 1, 0], [0, 1, 0], [0, 1, 1]]]


def test_the_matrix_shows_the_counts_of_its_state() -> None:
    view = view_of("three classes")
    picture = ClassMatrix(view, CONTENT, Words("en"), PAPER)
    assert view.classes
    for at in (0, 7.6, 12):
        picture.show_at(at)
        texts = picture.matrix.numbers.texts
        found = np.array([[int(text) for text in row] for row in texts])
        assert found.sum(axis=1).tolist() == [15, 15, 15]
        assert np.trace(found) == view.classes.right[int(at)].sum()


def test_of_many_classes_the_first_are_shown() -> None:
    counts = np.ones((1, 14, 14), dtype=int)
    names = tuple(f"class {at}" for at in range(14))
    matrix = Confusion(names, counts, CONTENT, Words("en"), PAPER).display(counts[0])
    assert matrix.shown == 10
    assert [len(row) for row in matrix.numbers.texts] == [10] * 10


def test_the_learned_function_goes_through_its_predictions() -> None:
    view = view_of("overfitting")
    truth = Truth(view.inputs, view.targets, view.rule)
    picture = ValuePoints(view, truth, CONTENT, Words("en"), PAPER)
    picture.show_at(40)
    assert picture.curve is not None
    starts = picture.curve.points[::4]
    for x, y in zip(truth.across, picture.predictions[-1]):
        place = picture.plane.at(x, y)
        height = np.interp(place[0], starts[:, 0], starts[:, 1])
        assert height == pytest.approx(place[1], abs=0.01)


def test_a_rule_without_validation_needs_no_curve() -> None:
    view = view_of("lecture")
    truth = Truth(view.inputs, view.targets, view.rule)
    assert ValuePoints(view, truth, CONTENT, Words("en"), PAPER).curve is None


@pytest.mark.parametrize(
    ("losses", "validation", "at"),
    [
        ([4, 3, 2, 1], [5, 3, 4, 5], 1),
        ([4, 3, 2, 1], [5, 4, 3, 3.2], None),  # it hardly rises
        ([4, 3, 2, 3.5], [5, 3, 4, 5], None),  # the training loss rises as well
        ([4, 3, 2, 1], [0.5, 0.3, 0.2, 0.25], None),  # lower than on what it is trained on
        ([4], [5], None),
    ],
)
def test_training_and_validation_part(
    losses: list[float], validation: list[float], at: int | None
) -> None:
    assert parting(np.array(losses), np.array(validation)) == at


def test_a_dashed_curve_has_gaps_along_its_length() -> None:
    places = np.array([[0.0, 0, 0], [1, 0, 0], [1, 2, 0]])
    starts, ends = dashed((places[:-1], places[1:]))
    drawn = np.linalg.norm(ends - starts, axis=1).sum()
    assert 0.45 < drawn / 3 < 0.62
    assert (starts[1:] - ends[:-1]).any()
