"""More is higher and further right, and ticks say so."""

import numpy as np
import pytest
from manim import MathTypst

from scenes.drawing.layout import PAGE, UNIT
from scenes.drawing.scales import MOST_IN_COLUMN, Scale, log_scale, thinned
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
    scale = Scale(0.01, 100, logarithmic=True)
    plane = Plane(Scale(0, 1), scale, PAGE, ("x", "y"), PAPER)
    numbers = [part for part in plane if isinstance(part, MathTypst)]

    assert [part.typst_code.strip("$ ") for part in numbers] == [
        f"10^({power})" for power in (2, 1, 0, -1, -2)
    ]
    heights = [part.get_center()[1] for part in numbers]
    assert heights == pytest.approx([plane.at(0, tick)[1] for tick in scale.ticks(7)], abs=0.05)


def test_a_curve_runs_through_its_values_in_their_order() -> None:
    plane = Plane(Scale(0, 2), Scale(0, 4), PAGE, ("x", "y"), PAPER)

    curve = plane.curve(np.array([0.0, 1.0, 2.0]), np.array([4.0, 1.0, 0.0]), PAPER.loss)

    assert curve.get_start() == pytest.approx(plane.at(0, 4))
    assert curve.get_end() == pytest.approx(plane.at(2, 0))


def test_a_long_curve_has_a_few_points_in_each_column() -> None:
    plane, epochs, losses = a_long_curve()

    curve = plane.curve(epochs, losses, PAPER.loss)

    columns = int(plane.region.width) + 2
    assert columns < len(curve.points) // 4 <= MOST_IN_COLUMN * columns
    assert curve.get_start() == pytest.approx(plane.at(epochs[0], losses[0]))
    assert curve.get_end() == pytest.approx(plane.at(epochs[-1], losses[-1]))


@pytest.mark.parametrize("column", [1.0, 3.0])
def test_thinning_keeps_what_is_first_lowest_highest_and_last_in_a_column(column: float) -> None:
    plane, epochs, losses = a_long_curve()
    places = plane.places(epochs, losses)
    columns = np.floor(places[:, 0] / (column * UNIT))

    kept = thinned(places, column)

    assert (np.diff(kept) > 0).all()
    for number in np.unique(columns):
        there = np.flatnonzero(columns == number)
        heights = places[there, 1]
        chosen = {there[0], there[heights.argmin()], there[heights.argmax()], there[-1]}
        assert {*kept[columns[kept] == number]} == chosen


def test_a_short_curve_keeps_every_point() -> None:
    plane, epochs, losses = a_long_curve()

    places = plane.places(epochs[::20], losses[::20])  # 5,001; the lecture has 501

    assert thinned(places).tolist() == [*range(5001)]


def a_long_curve() -> tuple[Plane, np.ndarray, np.ndarray]:
    epochs = np.arange(100_001.0)
    losses = np.exp(-epochs / 9000 + np.random.default_rng(3).normal(size=len(epochs)))
    return Plane(Scale(0, 100_000), log_scale(losses), PAGE, ("", ""), PAPER), epochs, losses


def test_a_tick_at_nothing_has_no_sign() -> None:
    texts = [label.text for label in labels(plane_over(-0.4, 3.0))]

    assert "0" in texts
    assert "−0" not in texts


def test_tiny_values_have_ticks_of_their_own() -> None:
    assert "2e−12" in [label.text for label in labels(plane_over(1e-12, 3e-12))]


def test_a_loss_of_nothing_stands_at_the_bottom() -> None:
    scale = log_scale(np.array([0.0, 5.0, 500.0]))

    assert scale.share(np.array([0.0, scale.low, scale.high])) == pytest.approx([0, 0, 1])


def plane_over(low: float, high: float) -> Plane:
    return Plane(Scale(low, high), Scale(low, high), PAGE, ("x", "y"), PAPER)


def labels(plane: Plane) -> list[Label]:
    return [part for part in plane if isinstance(part, Label)]
