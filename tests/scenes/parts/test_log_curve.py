"""Every sample stands on the curve, in colour and shape of what is true; none is lost."""

import numpy as np
import pytest

from epochreel.lecture.words import Words
from scenes.drawing.layout import CONTENT, pixels
from scenes.drawing.theme import NIGHT
from scenes.parts.log_curve import MOST_TOP, LogCurve, top_of
from scenes.parts.truths import Truths

pytestmark = pytest.mark.manim
TRUTHS = Truths(("a", "b"), ("a", "b"), np.array([0, 1, 1]))
PROBABILITIES = np.array([[0.2, 0.5, 0.001], [0.8, 0.9, 0.7]])
LOSSES = -np.log(PROBABILITIES).mean(axis=1)


def curve(probabilities: np.ndarray = PROBABILITIES, losses: np.ndarray = LOSSES) -> LogCurve:
    return LogCurve(probabilities, losses, TRUTHS, CONTENT, "p", Words("en"), NIGHT)


def marks_at(drawn: LogCurve) -> list[list[tuple[float, float]]]:
    """Where the marks of each class stand, as pairs of values."""
    return [
        [_values(drawn, piece.mean(axis=0)) for piece in _pieces(marks)]
        for marks in drawn.marks[:-1]
    ]


def _pieces(marks: object) -> list[np.ndarray]:
    points = marks.points  # type: ignore[attr-defined]
    return np.split(points, marks.piece_ends[:-1]) if len(points) else []  # type: ignore[attr-defined]


def _values(drawn: LogCurve, place: np.ndarray) -> tuple[float, float]:
    area, (x, y) = drawn.plane.region, pixels(place)
    up = (area.bottom - y) / area.height * drawn.plane.y.high
    return (x - area.left) / area.width, up


def test_marks_stand_where_probability_and_term_are() -> None:
    drawn = curve()
    drawn.show_at(1)

    first, second = marks_at(drawn)
    assert np.allclose(first, [(0.8, -np.log(0.8))], atol=0.01)
    assert np.allclose(second, [(0.9, -np.log(0.9)), (0.7, -np.log(0.7))], atol=0.01)


def test_what_is_beyond_the_axis_is_a_pointer_at_its_edge() -> None:
    drawn = curve()

    pointers = drawn.marks[-1]
    assert [len(marks) for marks in marks_at(drawn)] == [1, 1]
    assert len(_pieces(pointers)) == 1
    assert pixels(pointers.get_top())[1] == pytest.approx(drawn.plane.region.top)
    assert drawn.outside().tolist() == [1, 0]


def test_the_line_is_the_mean() -> None:
    drawn = curve()
    for at in (0, 1):
        drawn.show_at(at)
        assert _values(drawn, drawn.mean[0].get_center())[1] == pytest.approx(LOSSES[at])


def test_on_the_way_marks_stay_on_the_curve() -> None:
    drawn = curve()
    drawn.show_at(0.5)

    ((p, term),), _ = marks_at(drawn)
    assert term == pytest.approx(-np.log(p), abs=0.02)
    assert p == pytest.approx(0.5, abs=0.01)


def test_the_axis_has_room_for_the_mean_however_large() -> None:
    few = np.array([[0.5, 0.5, 0.4]])
    assert top_of(few, np.array([0.8])) == pytest.approx(2.5)
    assert top_of(PROBABILITIES, LOSSES) == MOST_TOP
    assert top_of(np.zeros((1, 3)), np.array([16.0])) > 16
