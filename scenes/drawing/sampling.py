"""What of a long column, a wide layer, a large matrix or a long curve is drawn."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.drawing.layout import UNIT, Values

WHOLE = 16  # rows and columns of a matrix that is shown whole, at most
FEW, OF_MANY = 10, 6  # units of a layer that is drawn whole, at most; units drawn of a wider one
MOST_IN_COLUMN = 4  # points of a curve that are drawn in a column of pixels: see `thinned`


def evenly(count: int, most: int) -> list[int]:
    """At most so many of `count` things that come one after the other, such as epochs.

    They lie as evenly as they can, the first and the last among them.
    """
    chosen = np.linspace(0, count - 1, min(count, most)).round().astype(int)
    kept: list[int] = chosen.tolist()
    return kept


def shown_rows(count: int, most: int = 20) -> list[int]:
    """Which of `count` rows are drawn: all, or the first and the last of them.

    Args:
        most: how many places there are. Dots for rows that are left out take one of them, so
            that at least two are left out.
    """
    if count <= most:
        return list(range(count))
    head = (most - 1) // 2
    return [*range(head), *range(count - (most - 1 - head), count)]


def drawn_units(units: int) -> list[int]:
    """Which units of a layer are drawn, in any scene: all, or the first and the last of many.

    Ten classes are few: each output is drawn, and has its name beside it.
    """
    half = OF_MANY // 2
    return list(range(units)) if units <= FEW else [*range(half), *range(units - half, units)]


@dataclass(frozen=True)
class Extract:
    """The corner of a matrix that is drawn: which rows and columns, and where some are missing."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    shape: tuple[int, int]

    @property
    def complete(self) -> bool:
        return (len(self.rows), len(self.columns)) == self.shape

    def of(self, matrix: Values) -> Values:
        """The drawn values of a matrix (..., rows, columns)."""
        return matrix[..., self.rows, :][..., self.columns]


def extract(shape: tuple[int, int], most_rows: int, most_columns: int) -> Extract:
    """At most so many rows and columns: the first ones and the last.

    One row more is drawn where the dots in place of a single row would be as high as that row.
    """

    def chosen(count: int, most: int) -> tuple[int, ...]:
        return tuple(range(count)) if count <= most else (*range(most - 1), count - 1)

    rows, columns = shape
    most_rows += rows == most_rows + 1
    return Extract(chosen(rows, most_rows), chosen(columns, most_columns), shape)


def thinned(places: Values, column: float = 1.0) -> npt.NDArray[np.int64]:
    """Which points of a long curve make the same picture, by their numbers; all of a short one.

    Of the points that come one after the other in a column of pixels, the first, the lowest, the
    highest and the last are kept: what the line between them covers stays covered.

    Args:
        places: points of the page (n, 3).
        column: how wide a column is, in pixels.
    """
    count, across = len(places), places[:, 0] / (column * UNIT)
    if count <= MOST_IN_COLUMN * np.ptp(across):
        return np.arange(count)
    starts = np.concatenate([[0], 1 + np.flatnonzero(np.diff(np.floor(across)))])
    ends = np.concatenate([starts[1:], [count]]) - 1
    column_of = np.repeat(np.arange(len(starts)), ends - starts + 1)
    by_height = np.lexsort((places[:, 1], column_of))
    return np.unique(np.concatenate([starts, by_height[starts], by_height[ends], ends]))
