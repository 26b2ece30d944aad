"""Numbers that fly from one column onto a graph, and from there as true values into another."""

import numpy as np
from manim import VGroup

from scenes.drawing.layout import SMALL, Point, Values
from scenes.drawing.motion import eased
from scenes.drawing.text import Label
from scenes.parts.columns import Column
from scenes.parts.marks import Discs

LEVEL = 0.7  # of the way across: from there a value flies at the height of its row
IN_FLIGHT = 5  # rows on their way at one moment


class Flight(VGroup):
    """Each x flies to its place on the axis and fades; its point appears, and its value flies on.

    Args:
        source, result: the columns that they leave and reach.
        feet, tops: of each row's x on the axis, and of its point, (rows, 3).
        points: of every sample, nowhere at first.
        places: where those come to be, (n, 3); `turns` says with which row, (n,).
        colors: of an x, and of a true value.
        done: so many rows have arrived already.
    """

    def __init__(
        self,
        source: Column,
        result: Column,
        ways: tuple[Values, Values],
        points: Discs,
        places: tuple[Values, Values],
        colors: tuple[str, str],
        done: int,
    ) -> None:
        self._sources, self._results = tokens(source, colors[0]), tokens(result, colors[1])
        self._starts = [token.get_center() for token in self._sources]
        self._ends = [token.get_center() for token in self._results]
        self._feet, self._tops = ways
        self._points, (self._places, self._turns) = points, places
        self._done = done
        self._shown = np.full(len(self._starts), np.nan)
        super().__init__(points, *self._sources, *self._results)
        self.show_at(0)

    def show_at(self, alpha: float) -> None:
        """Show a share of the time, in [0, 1]."""
        count = len(self._starts)
        progress = self._progress(alpha, np.arange(float(count)))
        for at in np.flatnonzero(progress != self._shown):
            token, result, own = self._sources[at], self._results[at], progress[at]
            going, coming = eased(np.array([min(1, own * 2), max(0, own * 2 - 1)]))
            token.move_to(_thrown(self._starts[at], self._feet[at], going))
            token.set_fill(opacity=float(own < 0.5) * min(1, 8 * going) * (1 - going**4))
            result.move_to(_landing(self._tops[at], self._ends[at], coming))
            result.set_fill(opacity=1.0 if own == 1 else float(own > 0.5) * min(1, coming * 3))
        self._shown[:] = progress
        self._points.stand_at(self._places[self._progress(alpha, self._turns) >= 0.5])

    def _progress(self, alpha: float, turns: Values) -> Values:
        """How far each row is on its way, or what has a turn between two rows."""
        passed = alpha * (len(self._starts) - self._done + IN_FLIGHT)
        progress = ((passed - (turns - self._done)) / IN_FLIGHT).clip(0, 1)
        shown: Values = np.where(turns <= self._done - 1, 1.0, progress)
        return shown


class Falling(VGroup):
    """A number of a column that goes to a place on the axis below."""

    def __init__(self, number: Label, end: Point) -> None:
        self.number, self.end = number, end
        self._start = number.get_center()
        super().__init__(number)

    def fall(self, share: float) -> None:
        """Show a share of its way."""
        self.number.move_to(_thrown(self._start, self.end, share))


def _thrown(start: Point, end: Point, share: float) -> Point:
    """Where on its way something is that leaves sideways, clear of its column, and then falls."""
    return _bent(start, np.array([end[0], start[1], 0.0]), end, share)


def _landing(start: Point, end: Point, share: float) -> Point:
    """Where on its way something is that comes into its row from the side, clear of the others."""
    across = start[0] + LEVEL * (end[0] - start[0])
    return _bent(start, np.array([across, end[1], 0.0]), end, share)


def _bent(start: Point, corner: Point, end: Point, share: float) -> Point:
    """A share of the way that bends at a corner, which it does not reach."""
    return (1 - share) ** 2 * start + 2 * share * (1 - share) * corner + share**2 * end


def tokens(column: Column, color: str) -> list[Label]:
    """Each number of a column as a label of its own, standing where it stands there."""
    found = []
    for row, cells in zip(column.numbers.texts, column.numbers.rights()):
        found.append(Label(row[0], SMALL, color).put(*cells, 1))
    return found
