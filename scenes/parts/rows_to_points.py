"""Rows of a table that go to their points on a plane."""

import numpy as np

from scenes.drawing.layout import Values
from scenes.parts.marks import Discs

APART = 0.25  # of a way: what a row has gone when the next one starts


class RowsToPoints(Discs):
    """A dot for each row: beside it at first, at its point in the end.

    Args:
        starts, ends: where they go from and to, (rows, 3).
    """

    def __init__(
        self, starts: Values, ends: Values, radius: float, color: str, opacity: float
    ) -> None:
        self._ways = starts, ends
        super().__init__(starts, radius, color, opacity)

    def go(self, alpha: float) -> None:
        """Show a share of the time, in [0, 1]."""
        starts, ends = self._ways
        turns = np.arange(len(starts))
        passed = (alpha * (1 + APART * (len(starts) - 1)) - APART * turns).clip(0, 1)[:, None]
        self.stand_at(starts + passed**2 * (3 - 2 * passed) * (ends - starts))
