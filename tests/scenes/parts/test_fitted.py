"""Regions, confusion matrices and curves of what a network learned."""

from dataclasses import replace

import numpy as np
import pytest
from manim import ManimColor, VMobject

from epochreel.lecture.words import Words
from epochreel.record.network import outputs
from epochreel.record.outcome import parting
from epochreel.record.view import View
from scenes.drawing.layout import CONTENT, Region, Values, pixels
from scenes.drawing.theme import PAPER
from scenes.fit import Fit
from scenes.parts.class_marks import Labels
from scenes.parts.confusion import Confusion, confusions
from scenes.parts.fitted_classes import ClassMatrix, ClassPlane, has_plane
from scenes.parts.fitted_values import ValuePoints
from scenes.parts.growing import dashed
from scenes.parts.held_out import HeldOutClasses
from scenes.parts.in_between import InBetween
from scenes.parts.marks import Rings
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
    one, other = Regions(region, 2, PAPER).display(probabilities).tints
    for x, of_first in ((110, True), (248, True), (252, False), (490, False)):
        assert covers(one, x, 250) == of_first
        assert covers(other, x, 250) != of_first
    edge = max(pixels(place)[0] for place in one.points)
    assert edge == pytest.approx(100 + 400 * 0.375, abs=0.5)


@pytest.mark.parametrize("progress", [0.0, 12.0])
def test_samples_lie_in_the_regions_that_they_are_taken_for(progress: float) -> None:
    view = view_of("two classes")
    plane = ClassPlane(view, HeldOutClasses.of(view), CONTENT, Words("en"), PAPER)
    plane.show_at(progress)
    assert view.classes
    agree = 0
    for place, label in zip(plane.places, view.classes.predicted[int(progress)]):
        agree += covers(plane.regions.tints[label], *pixels(place))
    assert agree >= 59  # one may lie on the edge between two places that were asked for
    wrong = (~view.classes.right[int(progress)]).sum()
    wrong += 20 - round(20 * view.history["val_accuracy"][int(progress)])
    assert len(plane.wrong.points) == wrong * len(plane.wrong._shape)


def test_a_plane_needs_two_inputs() -> None:
    assert has_plane(view_of("two classes"))
    assert not has_plane(view_of("three classes"))
    assert not has_plane(view_of("ten classes"))


def test_confusions_count_true_classes_down_and_predicted_ones_across() -> None:
    true, predicted = np.array([0, 0, 1, 2, 2]), np.array([[0, 1, 1, 1, 2]])
    assert confusions(true, predicted, 3).tolist() == [[[1, 1, 0], [0, 1, 0], [0, 1, 1]]]


def test_the_matrix_shows_the_counts_of_its_state() -> None:
    view = view_of("three classes")
    picture = ClassMatrix(view, None, CONTENT, Words("en"), PAPER)
    (matrix,) = picture.matrices
    assert view.classes
    for at in (0, 7.6, 12):
        picture.show_at(at)
        found = written(matrix)
        assert found.sum(axis=1).tolist() == [15, 15, 15]
        assert np.trace(found) == view.classes.right[int(at)].sum()


def written(matrix: Confusion) -> Labels:
    """What stands in its cells; nothing there is 0."""
    return np.array([[int(text or 0) for text in row] for row in matrix.numbers.texts])


def test_samples_held_out_have_a_matrix_of_their_own() -> None:
    view = view_of("ten classes")
    held_out = HeldOutClasses.of(view)
    picture = ClassMatrix(view, held_out, CONTENT, Words("en"), PAPER)
    assert view.validation and held_out
    for at in (0, 12):
        picture.show_at(at)
        _, matrix = picture.matrices
        found = written(matrix)
        assert found.sum() == len(view.validation.inputs) == held_out.count
        assert np.trace(found) == held_out.right(at)
        assert held_out.right(at) / 20 == pytest.approx(view.history["val_accuracy"][at])


def test_a_cell_without_samples_is_empty_beside_the_diagonal() -> None:
    counts = np.array([[0, 7], [0, 3]])
    matrix = Confusion(("a", "b"), 7, CONTENT, PAPER).display(counts)
    assert matrix.numbers.texts == [["0", "7"], ["", "3"]]


def test_the_more_of_its_row_a_cell_holds_the_stronger_it_is() -> None:
    matrix = Confusion(("a", "b"), 90, CONTENT, PAPER).display(np.array([[10, 10], [9, 81]]))
    page = np.array(ManimColor(PAPER.panel).to_rgb())
    half, same, little, most = (
        np.abs(np.array(box.fill_rgbas[0][:3]) - page).sum() for box in matrix._boxes
    )
    assert little < same and half < most


def test_numbers_are_left_away_where_they_have_no_room() -> None:
    names = tuple("0123456789")
    small = Confusion(names, 4, Region(0, 0, 400, 300), PAPER, named=False)
    small.display(np.eye(10, dtype=int))
    assert not any(map(any, small.numbers.texts))


def test_of_many_classes_the_first_are_shown() -> None:
    counts = np.ones((14, 14), dtype=int)
    names = tuple(f"class {at}" for at in range(14))
    matrix = Confusion(names, 1, CONTENT, PAPER).display(counts)
    assert matrix.shown == 10
    assert [len(row) for row in matrix.numbers.texts] == [10] * 10


def test_a_line_runs_where_one_class_ends_and_another_begins() -> None:
    region = Region(100, 200, 500, 300)
    across = np.linspace(0, 1, 41)
    first = np.clip(1.25 - 2 * across, 0, 1)
    probabilities = np.stack([np.tile(first, (25, 1)), np.tile(1 - first, (25, 1))], axis=2)
    edges = Regions(region, 2, PAPER).display(probabilities).edges.points
    places = np.array([pixels(place) for place in edges])
    assert places[:, 0] == pytest.approx(100 + 400 * 0.375, abs=0.5)
    assert (places[:, 1].min(), places[:, 1].max()) == pytest.approx((202, 298), abs=0.5)


def test_three_classes_meet_in_lines_between_each_two() -> None:
    across, down = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(1, -1, 41))
    turns = np.pi / 6 + 2 * np.pi / 3 * np.arange(3)  # where each class is the most probable
    leads = np.stack([across * np.cos(turn) + down * np.sin(turn) for turn in turns], axis=2)
    powers = np.exp(leads)
    region = Region(0, 0, 400, 400)
    drawn = Regions(region, 3, PAPER).display(powers / powers.sum(axis=2, keepdims=True))
    places = np.array([pixels(place) for place in drawn.edges.points]) - 200
    # Of the three lines from the middle one runs straight up or down.
    angles = np.degrees(np.arctan2(-places[:, 1], places[:, 0]))
    far = np.hypot(*places.T) > 40
    nearest = np.abs((angles[far, None] - [90, -30, -150] + 180) % 360 - 180).min(axis=1)
    assert nearest.max() < 12
    assert len({*np.round((angles[far] - 90) / 120) % 3}) == 3


def test_early_states_are_asked_for_one_by_one() -> None:
    asked: list[int] = []

    def ask(state: int) -> Values:
        asked.append(state)
        return np.array([float(state)])

    between = InBetween(np.arange(501), 20, ask)
    assert asked[:4] == [0, 1, 2, 3] and asked[-1] == 500 and len(asked) <= 20
    for progress in (0, 0.5, 2.25, 77, 499.5, 500):
        assert between.at(progress) == pytest.approx([progress])


def test_one_state_is_between_nothing() -> None:
    assert InBetween(np.zeros(1, dtype=int), 40, lambda state: np.array([7.0])).at(
        0
    ) == pytest.approx([7.0])


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


def test_of_one_epoch_nothing_is_dashed() -> None:
    starts, ends = dashed((np.zeros((0, 3)), np.zeros((0, 3))))
    assert not len(starts) and not len(ends)


def values_of(view: View) -> ValuePoints:
    truth = Truth(view.inputs, view.targets, view.rule)
    return ValuePoints(view, truth, CONTENT, Words("en"), PAPER)


def test_samples_held_out_are_rings_over_their_true_values() -> None:
    view = view_of("overfitting")
    picture = values_of(view)
    assert view.validation
    (rings,) = [part for part in picture.samples if isinstance(part, Rings)]
    found = rings.points.reshape(12, -1, 3).mean(axis=1)
    held_out = view.validation
    expected = picture.plane.places(held_out.inputs[:, 0], held_out.targets[:, 0])
    assert found == pytest.approx(expected, abs=1e-6)


def test_predictions_for_samples_held_out_move_over_their_true_values() -> None:
    view = view_of("named columns")
    picture = values_of(view)
    assert view.validation and not len(picture.samples)
    truths = view.validation.targets[:, 0]
    for state in (0, 12):
        picture.show_at(state)
        (rings,) = [part for part in picture.moving if isinstance(part, Rings)]
        predicted = outputs(view, state, view.validation.inputs)[-1][:, 0]
        inside = picture.plane.y.outside(predicted) == 0
        found = rings.points.reshape(inside.sum(), -1, 3).mean(axis=1)
        expected = picture.plane.places(truths[inside], predicted[inside])
        assert found == pytest.approx(expected, abs=1e-5)


def test_values_with_noise_are_marked_beside_their_rule() -> None:
    record = a_record()
    noisy = replace(record, targets=record.targets + np.sin(np.arange(20))[:, None])
    for each, marked in ((record, 0), (noisy, 1)):
        picture = values_of(View(show_of(each, "en"), Fit.reads))
        assert picture.truth_line is not None
        assert len(picture.samples) == marked
        assert (picture.curve is not None) == bool(marked)


@pytest.mark.parametrize("shape", [(20, 1, 3), (20, 4, 5), (20, 2, 2, 3)])
def test_images_and_sequences_are_shown_by_their_true_values(shape: tuple[int, ...]) -> None:
    targets = np.arange(20.0)[:, None]
    truth = Truth(np.zeros(shape), targets, None)
    assert not truth.one_input
    assert truth.across == pytest.approx(targets[:, 0])


def test_of_a_network_that_cannot_be_followed_the_score_is_told() -> None:
    record = a_record(**RECORDS["two classes"])
    unknown = tuple(replace(layer, type="Mystery") for layer in record.layers)
    view = View(show_of(replace(record, layers=unknown), "en"), Fit.reads)
    held_out = HeldOutClasses.of(view)
    assert not has_plane(view) and held_out and not held_out.followed
    assert [held_out.right(state) / 20 for state in (0, 12)] == pytest.approx(
        record.history["val_accuracy"][[0, 12]]
    )
    assert len(ClassMatrix(view, held_out, CONTENT, Words("en"), PAPER).matrices) == 1
    without = replace(record, layers=unknown, history={"loss": record.losses})
    assert HeldOutClasses.of(View(show_of(without, "en"), Fit.reads)) is None
