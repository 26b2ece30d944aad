"""A sample has one row: its number stands in it in every column."""

from itertools import pairwise

import numpy as np
import pytest

from epochreel.numbers import Notation
from scenes.drawing.layout import Region
from scenes.drawing.theme import PAPER
from scenes.parts.columns import Column, Rows

pytestmark = pytest.mark.manim
LEFT, RIGHT = Region(100, 190, 300, 1040), Region(400, 190, 600, 1040)


def column(values: np.ndarray, rows: Rows, region: Region) -> Column:
    made = Column("x", values[None], Notation(), rows, region, PAPER.ink, PAPER.line)
    return made.display(values)


@pytest.mark.parametrize("count", [1, 5, 20, 21, 137])
def test_a_sample_has_one_base_line(count: int) -> None:
    rows = Rows(count, LEFT)
    values = np.arange(count, dtype=float)
    x, y = column(values, rows, LEFT), column(-values, rows, RIGHT)

    assert [row[0] for row in x.numbers.texts] == [str(sample) for sample in rows.samples]
    bases = [base for _, base in x.numbers.rights()]
    assert bases == pytest.approx(rows.bases)
    assert bases == sorted(bases)
    assert [base for _, base in y.numbers.rights()] == pytest.approx(bases)


def test_digits_stand_where_their_base_line_is() -> None:
    rows = Rows(3, LEFT)
    numbers = column(np.array([1.0, 1.0, 1.0]), rows, LEFT).numbers
    ends = [0, *numbers.piece_ends]
    heights = [numbers.points[a:b, 1].min() for a, b in pairwise(ends)]

    assert heights == sorted(heights, reverse=True)
    assert np.diff(heights) == pytest.approx(np.diff(heights)[0])


def test_samples_left_out_leave_a_gap_with_dots() -> None:
    rows = Rows(137, LEFT)

    assert rows.samples == [*range(9), *range(127, 137)]
    assert len(rows.ellipsis(200, PAPER.ink)) == 3
    gaps = np.diff(rows.bases)
    assert gaps.argmax() == 8
    assert gaps[8] == pytest.approx(2 * gaps[0])


def test_chosen_samples_leave_their_gap_below() -> None:
    rows = Rows(137, LEFT, chosen=[4, 40, 90], gap_below=True)

    assert rows.gap_after == 2
    assert np.diff(rows.bases) == pytest.approx(rows.pitch)
    assert rows.bases[-1] + 2 * rows.pitch <= LEFT.bottom + rows.pitch / 2
