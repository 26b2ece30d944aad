"""Whether a row's class is found: a tick or a cross beside it."""

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.drawing.layout import SMALL, points
from scenes.drawing.text import CAP_HEIGHT
from scenes.drawing.theme import Theme
from scenes.parts.columns import Rows
from scenes.parts.marks import Crossed, Ticks

SIZE = 12.0  # half of how wide a mark is, in pixels


class Verdicts(VGroup):
    """One mark per shown sample, all ticks one mobject and all crosses another.

    Args:
        x: where they stand, in pixels.
    """

    def __init__(self, rows: Rows, x: float, theme: Theme) -> None:
        middles = np.array(rows.bases) - CAP_HEIGHT * SMALL / 2
        self.rows = rows
        self._places = points(np.full(len(middles), x), middles)
        nowhere = np.zeros((0, 3))
        self.ticks = Ticks(nowhere, SIZE, theme.truth)
        self.crosses = Crossed(nowhere, SIZE, theme.loss)
        super().__init__(self.ticks, self.crosses)

    def display(self, right: npt.NDArray[np.bool_]) -> "Verdicts":
        """Mark the samples that are right, of all (n,)."""
        shown = right[self.rows.samples]
        self.ticks.stand_at(self._places[shown])
        self.crosses.stand_at(self._places[~shown])
        return self
