"""What is left out: rows only where that saves room, the rest evenly spread, curves unseen."""

import numpy as np
import pytest

from scenes.drawing.layout import UNIT
from scenes.drawing.sampling import (
    MOST_IN_COLUMN,
    drawn_units,
    evenly,
    extract,
    shown_rows,
    thinned,
)


@pytest.mark.parametrize("most", [5, 8, 20])
def test_rows_and_dots_take_no_more_places_than_there_are(most: int) -> None:
    for count in range(1, 4 * most):
        shown = shown_rows(count, most)
        left_out = count - len(shown)

        assert len(shown) + (left_out > 0) == min(count, most)
        assert left_out != 1


def test_of_many_rows_the_first_and_the_last_are_drawn() -> None:
    assert shown_rows(20) == [*range(20)]
    assert shown_rows(21) == [*range(9), *range(11, 21)]
    assert shown_rows(137) == [*range(9), *range(127, 137)]


def test_of_a_wide_layer_three_units_are_drawn_at_both_ends() -> None:
    assert drawn_units(10) == [*range(10)]
    assert drawn_units(11) == [0, 1, 2, 8, 9, 10]
    assert drawn_units(784) == [0, 1, 2, 781, 782, 783]


@pytest.mark.parametrize("rows", range(1, 12))
def test_no_single_row_of_a_matrix_is_left_out(rows: int) -> None:
    part = extract((rows, 3), 4, 4)

    assert part.rows == (tuple(range(rows)) if rows <= 5 else (0, 1, 2, rows - 1))
    assert part.complete == (rows <= 5)


def test_the_first_columns_and_the_last_are_drawn() -> None:
    part = extract((2, 9), 4, 4)

    assert part.columns == (0, 1, 2, 8)
    assert part.of(np.arange(18.0).reshape(2, 9)).tolist() == [[0, 1, 2, 8], [9, 10, 11, 17]]


@pytest.mark.parametrize("count", [1, 2, 9, 40, 501])
def test_few_of_many_are_even_and_have_both_ends(count: int) -> None:
    kept = evenly(count, 9)

    assert len(kept) == min(count, 9)
    assert (kept[0], kept[-1]) == (0, count - 1)
    steps = np.diff(kept, prepend=-1, append=count)[1:-1]
    assert count < 3 or np.ptp(steps) <= 1


def test_of_nothing_nothing_is_kept() -> None:
    assert evenly(0, 9) == evenly(5, 0) == []


@pytest.mark.parametrize("column", [1.0, 3.0])
def test_thinning_keeps_what_is_first_lowest_highest_and_last_in_a_column(column: float) -> None:
    places = a_long_curve()
    columns = np.floor(places[:, 0] / (column * UNIT))

    kept = thinned(places, column)

    assert (np.diff(kept) > 0).all()
    assert len(kept) <= MOST_IN_COLUMN * len(np.unique(columns))
    for number in np.unique(columns):
        there = np.flatnonzero(columns == number)
        heights = places[there, 1]
        chosen = {there[0], there[heights.argmin()], there[heights.argmax()], there[-1]}
        assert {*kept[columns[kept] == number]} == chosen


def test_a_short_curve_keeps_every_point() -> None:
    assert thinned(a_long_curve()[::20]).tolist() == [*range(5001)]  # the lecture has 501


def a_long_curve() -> np.ndarray:
    """A hundred thousand points that go up and down, on 1770 pixels."""
    heights = np.random.default_rng(3).normal(size=100_001)
    across = np.linspace(120, 1890, len(heights)) * UNIT
    return np.stack([across, heights, np.zeros_like(heights)], axis=1)
