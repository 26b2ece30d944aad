"""Numbers that fly from one column through a rule into another."""

import numpy as np
from manim import VGroup

from scenes.drawing.layout import SMALL, Point
from scenes.drawing.text import Label
from scenes.parts.columns import Column

IN_FLIGHT = 5  # samples on their way at one moment


class Flight(VGroup):
    """Each number of a column flies to a place and fades; from another place its result comes.

    Args:
        into, out: where the numbers go, and where the results come from.
    """

    def __init__(
        self, source: Column, result: Column, into: Point, out: Point, colors: tuple[str, str]
    ) -> None:
        self._sources = _tokens(source, colors[0])
        self._results = _tokens(result, colors[1])
        self._starts = [token.get_center() for token in self._sources]
        self._ends = [token.get_center() for token in self._results]
        self._into, self._out = into, out
        self._shown = np.full(len(self._starts), np.nan)
        super().__init__(*self._sources, *self._results)
        self.show_at(0)

    def show_at(self, alpha: float) -> None:
        """Show a share of the time, in [0, 1]."""
        count = len(self._starts)
        progress = np.clip((alpha * (count + IN_FLIGHT) - np.arange(count)) / IN_FLIGHT, 0, 1)
        for at in np.flatnonzero(progress != self._shown):
            token, result, own = self._sources[at], self._results[at], progress[at]
            going, coming = _eased(min(1, own * 2)), _eased(max(0, own * 2 - 1))
            token.move_to(self._starts[at] + (self._into - self._starts[at]) * going)
            token.set_fill(opacity=float(own < 0.5) * min(1, 8 * going) * (1 - going**4))
            result.move_to(self._out + (self._ends[at] - self._out) * coming)
            result.set_fill(opacity=1.0 if own == 1 else float(own > 0.5) * min(1, coming * 3))
        self._shown[:] = progress


def _tokens(column: Column, color: str) -> list[Label]:
    """Each number of a column as a label of its own, standing where it stands there."""
    tokens = []
    for row, cells in zip(column.numbers.texts, column.numbers.rights()):
        tokens.append(Label(row[0], SMALL, color).put(*cells, 1))
    return tokens


def _eased(t: float) -> float:
    return t * t * (3 - 2 * t)
