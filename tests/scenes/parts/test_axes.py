"""More is higher and further right, and ticks say so."""

from itertools import pairwise

import numpy as np
import pytest
from manim import MathTypst

from scenes.drawing.layout import PAGE, Region, pixels
from scenes.drawing.sampling import MOST_IN_COLUMN
from scenes.drawing.scales import Scale, epoch_scale, loss_scale
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.axes import Plane

pytestmark = pytest.mark.manim


@pytest.mark.parametrize("logarithmic", [False, True])
def test_more_is_higher_and_further_right(logarithmic: bool) -> None:
    plane = Plane(Scale(0, 10), Scale(1, 100, logarithmic), PAGE, ("x", "y"), PAPER)
    low, high = plane.at(2, 3), plane.at(7, 50)

    assert low[0] < high[0]
    assert low[1] < high[1]


def test_a_number_stands_at_its_value() -> None:
    plane = plane_over(-10, 30)
    x, y = ([part for part in labels(plane) if part.text == "20"][at] for at in (0, 1))

    assert x.get_center()[0] == pytest.approx(plane.at(20, 0)[0], abs=0.05)
    assert y.get_center()[1] == pytest.approx(plane.at(0, 20)[1], abs=0.05)


def test_a_power_of_ten_stands_at_its_value() -> None:
    scale = Scale(1e-4, 1e4, logarithmic=True)
    plane = Plane(Scale(0, 1), scale, PAGE, ("x", "y"), PAPER)
    numbers = [part for part in plane if isinstance(part, MathTypst)]

    assert [part.typst_code.strip("$ ") for part in numbers] == [
        f"10^({power})" for power in (-4, -2, 0, 2, 4)
    ]
    heights = [part.get_center()[1] for part in numbers]
    assert heights == pytest.approx(
        [plane.at(0, tick.value)[1] for tick in scale.ticks(7)], abs=0.05
    )


def test_a_curve_runs_through_its_values_in_their_order() -> None:
    plane = Plane(Scale(0, 2), Scale(0, 4), PAGE, ("x", "y"), PAPER)

    curve = plane.curve(np.array([0.0, 1.0, 2.0]), np.array([4.0, 1.0, 0.0]), PAPER.loss)

    assert curve.get_start() == pytest.approx(plane.at(0, 4))
    assert curve.get_end() == pytest.approx(plane.at(2, 0))


def test_a_curve_is_cut_where_it_leaves_the_frame_and_broken_where_there_is_no_value() -> None:
    plane = Plane(Scale(0, 6), Scale(0, 4), PAGE, ("x", "y"), PAPER)

    x = np.arange(7.0)
    curve = plane.curve(x, np.array([2, 6, 2, np.nan, 2, np.inf, 1]), PAPER.loss)

    ends = [[path[0], path[-1]] for path in curve.get_subpaths()]
    assert np.allclose(
        ends, [[plane.at(0, 2), plane.at(0.5, 4)], [plane.at(1.5, 4), plane.at(2, 2)]]
    )


@pytest.mark.parametrize("last", [3, 500, 1_000_000, 123_456_789])
@pytest.mark.parametrize("width", [300, 700, 1900])
def test_numbers_along_an_axis_keep_apart(last: int, width: float) -> None:
    plane = Plane(
        epoch_scale(np.array([0, last])), Scale(0, 1), Region(0, 0, width, 400), ("", ""), PAPER
    )

    below = [
        part
        for part in labels(plane)
        if part.text and pixels(part.get_top())[1] > plane.region.bottom
    ]
    sides = [[pixels(side)[0] for side in (part.get_left(), part.get_right())] for part in below]

    assert sides and all(left[1] + 10 < right[0] for left, right in pairwise(sides))


def test_a_long_number_has_room_beside_its_axis() -> None:
    large = 1e6 + np.array([0.2, 0.4])
    plane = Plane(Scale(0, 1), loss_scale(large), PAGE, ("x", "y"), PAPER)

    assert min(pixels(part.get_left())[0] for part in labels(plane)) >= 0


def test_a_long_curve_has_a_few_points_in_each_column() -> None:
    plane, epochs, losses = a_long_curve()

    curve = plane.curve(epochs, losses, PAPER.loss)

    columns = int(plane.region.width) + 2
    assert columns < len(curve.points) // 4 <= MOST_IN_COLUMN * columns
    assert curve.get_start() == pytest.approx(plane.at(epochs[0], losses[0]))
    assert curve.get_end() == pytest.approx(plane.at(epochs[-1], losses[-1]))


def a_long_curve() -> tuple[Plane, np.ndarray, np.ndarray]:
    epochs = np.arange(100_001.0)
    losses = np.exp(-epochs / 9000 + np.random.default_rng(3).normal(size=len(epochs)))
    return Plane(Scale(0, 100_000), loss_scale(losses), PAGE, ("", ""), PAPER), epochs, losses


def test_a_tick_at_nothing_has_no_sign() -> None:
    texts = [label.text for label in labels(plane_over(-0.4, 3.0))]

    assert "0" in texts
    assert "−0" not in texts


def test_tiny_values_have_ticks_of_their_own() -> None:
    assert "2e−12" in [label.text for label in labels(plane_over(1e-12, 3e-12))]


def plane_over(low: float, high: float) -> Plane:
    return Plane(Scale(low, high), Scale(low, high), PAGE, ("x", "y"), PAPER)


def labels(plane: Plane) -> list[Label]:
    return [part for part in plane if isinstance(part, Label)]
