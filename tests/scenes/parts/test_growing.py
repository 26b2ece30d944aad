"""Curves stay in their frame and grow from left to right."""

import numpy as np
import pytest

from scenes.drawing.layout import Region, pixels, points
from scenes.drawing.theme import PAPER
from scenes.parts.growing import GrowingCurves, pieces_inside

pytestmark = pytest.mark.manim
AREA = Region(200, 200, 1200, 900)


def test_a_curve_is_cut_where_it_leaves_the_frame() -> None:
    places = to_places([(300, 500), (400, 100), (500, 500), (600, 1000), (700, 950), (800, 500)])

    starts, ends = pieces_inside(places, AREA)

    assert np.allclose(
        [pixels(place) for place in starts],
        [(300, 500), (425, 200), (500, 500), (700 + 100 / 9, 900)],
    )
    assert np.allclose(
        [pixels(place) for place in ends], [(375, 200), (500, 500), (580, 900), (800, 500)]
    )


def test_what_is_all_outside_is_not_there() -> None:
    starts, ends = pieces_inside(to_places([(300, 100), (400, 50), (500, 199)]), AREA)
    assert len(starts) == len(ends) == 0


def test_a_curve_inside_stays_as_it_is() -> None:
    places = to_places([(300, 200), (400, 900), (400, 300), (500, 300)])
    starts, ends = pieces_inside(places, AREA)
    assert np.allclose(starts, places[:-1])
    assert np.allclose(ends, places[1:])


def test_curves_grow_from_left_to_right() -> None:
    one = to_places([(200, 300), (700, 500), (700, 300), (1200, 400)])
    two = to_places([(200, 800), (600, 700)])
    pieces = [(places[:-1], places[1:]) for places in (one, two)]
    curves = GrowingCurves(pieces, AREA, PAPER.loss, 5)

    def reach(x: float) -> list[list[float]]:
        curves.grow_to((x - AREA.left) / AREA.width)
        drawn = np.concatenate([strip.points for strip in curves])
        return [[round(side) for side in pixels(place)] for place in drawn[3::4]]

    assert reach(200) == []
    assert reach(450) == [[450, 400], [450, 738]]
    assert sorted(reach(950)) == [[600, 700], [700, 300], [700, 500], [950, 350]]
    assert reach(450) == [[450, 400], [450, 738]]
    assert len(reach(1200)) == 4
    curves.join()
    assert len(curves[0].points) == 4 * 4
    assert sum(len(strip.points) for strip in curves) == 4 * 4


def test_a_curve_that_goes_straight_up_is_there_when_its_place_is_reached() -> None:
    places = to_places([(700, 900), (700, 200)])
    curves = GrowingCurves([(places[:1], places[1:])], AREA, PAPER.loss, 5)

    drawn = [len(curves.grow_to(share)[0].points) for share in (0, 0.499, 0.501, 0.499, 1)]

    assert drawn == [0, 0, 4, 0, 4]


def to_places(corners: list[tuple[float, float]]) -> np.ndarray:
    x, y = np.array(corners, dtype=float).T
    return points(x, y)
