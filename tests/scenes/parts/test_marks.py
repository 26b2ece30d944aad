"""Marks have their shape at each of their places."""

import numpy as np
import pytest

from scenes.drawing.layout import UNIT, Values, pixels, points
from scenes.drawing.theme import PAPER
from scenes.parts.marks import Discs, Pointers, Rings

pytestmark = pytest.mark.manim


def test_discs_are_round_and_where_they_should_be() -> None:
    discs = Discs(to_places([(300, 300), (500, 400)]), 10, PAPER.loss)
    one = np.array([pixels(place) for place in discs.points[: len(discs.points) // 2]])
    assert np.allclose(one.mean(axis=0), (300, 300), atol=1)
    assert np.allclose(np.hypot(*(one[::4] - (300, 300)).T), 10)
    assert len(Discs(np.zeros((0, 3)), 10, PAPER.loss).points) == 0


def test_discs_move_to_other_places_and_may_become_fewer() -> None:
    discs = Discs(to_places([(300, 300), (500, 400)]), 10, PAPER.loss)
    other = Discs(to_places([(700, 100)]), 10, PAPER.loss)

    discs.stand_at(to_places([(700, 100)]))

    assert np.allclose(discs.points, other.points)
    assert discs.piece_ends.tolist() == other.piece_ends.tolist()
    assert len(discs.stand_at(np.zeros((0, 3))).points) == 0


@pytest.mark.parametrize("up", [True, False])
def test_a_pointers_tip_is_at_its_place(up: bool) -> None:
    pointer = Pointers(to_places([(300, 300)]), 18, PAPER.loss, up=up)
    heights = [pixels(place)[1] for place in pointer.points]

    tip, tail = (min(heights), max(heights)) if up else (max(heights), min(heights))
    assert (tip, abs(tail - tip)) == pytest.approx((300, 18))


def to_places(corners: list[tuple[float, float]]) -> np.ndarray:
    x, y = np.array(corners, dtype=float).T
    return points(x, y)


def test_a_ring_has_a_hole() -> None:
    points = Rings(np.zeros((1, 3)), 20, 4, "#000000").points[:, :2] / UNIT
    outer, inner = points[:16], points[16:]
    assert np.hypot(*outer[::4].T) == pytest.approx([20] * 4)
    assert np.hypot(*inner[::4].T) == pytest.approx([16] * 4)

    def turns(circle: Values) -> float:
        x, y = circle[::4].T
        return float(np.sign(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)))

    assert turns(outer) == -turns(inner)  # what is filled twice, once each way, is empty
