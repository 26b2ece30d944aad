"""What of a long column, a wide layer or a large matrix is drawn."""

from dataclasses import dataclass

from scenes.drawing.layout import Values

WHOLE = 16  # layers up to this many units are drawn whole


def shown_rows(count: int, most: int = 20) -> list[int]:
    """Which of `count` rows are drawn: all, or the first and the last of them."""
    if count <= most:
        return list(range(count))
    head = most // 2
    return [*range(head), *range(count - (most - head), count)]


def drawn_units(units: int) -> list[int]:
    """Which units of a layer are drawn: all, or the first and the last of a wide one."""
    return list(range(units)) if units <= WHOLE else [0, units - 1]


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
    """At most so many rows and columns: the first ones and the last."""

    def chosen(count: int, most: int) -> tuple[int, ...]:
        return tuple(range(count)) if count <= most else (*range(most - 1), count - 1)

    return Extract(chosen(shape[0], most_rows), chosen(shape[1], most_columns), shape)
