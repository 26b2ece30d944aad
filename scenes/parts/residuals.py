"""Residual bars: how far each prediction is from its truth, and to which side."""

from collections.abc import Sequence

import numpy as np
from manim import Line, VGroup, VMobject

from scenes.drawing.layout import SMALL, Region, Values, point, points
from scenes.drawing.outlines import closed
from scenes.drawing.text import CAP_HEIGHT
from scenes.drawing.theme import Theme
from scenes.parts.columns import Rows
from scenes.parts.page import heading

THINNEST = 2.0  # pixels: what is left of a bar whose residual is next to nothing
HEAD = 18.0  # pixels: how long the head is of a bar that goes on where its room ends


class ResidualBars(VGroup):
    """One bar per shown sample from the truth's line, as long as truth - prediction.

    All bars of one sign are one mobject: they change together, in every frame.

    Args:
        title: their heading; none where it is empty.
        largest: the |residual| that fills half the region, one scale for every epoch. A bar of a
            larger one ends there in an arrow's head.
    """

    def __init__(
        self, title: str, largest: float, rows: Rows, region: Region, theme: Theme
    ) -> None:
        self.rows, self.region, self.largest = rows, region, largest
        self.per_unit = (region.width / 2) / largest
        self.thickness = min(22.0, rows.pitch * 0.6)
        self.middles = np.array(rows.bases) - CAP_HEIGHT * SMALL / 2
        axis = Line(
            point(region.x, self.middles[0] - 16),
            point(region.x, self.middles[-1] + 16),
            color=theme.truth,
            stroke_width=2,
        )
        self.above = VMobject(fill_color=theme.positive, fill_opacity=1, stroke_width=0)
        self.below = VMobject(fill_color=theme.negative, fill_opacity=1, stroke_width=0)
        top = heading(title, region, theme.ink) if title else VGroup()
        super().__init__(top, self.above, self.below, axis)

    def display(self, residuals: Values) -> "ResidualBars":
        """Set the bars to the residuals of all samples, (samples,)."""
        lengths = residuals[self.rows.samples] * self.per_unit
        for bars, of_sign in ((self.above, lengths >= 0), (self.below, lengths < 0)):
            bars.set_points(self._outlines(self.middles[of_sign], lengths[of_sign]))
        return self

    def _outlines(self, middles: Values, lengths: Values) -> Values:
        """A bar for each pair, as straight curves, one after the other: (4 * curves, 3)."""
        half = self.region.width / 2
        # Rounding may put the longest bar a hair beyond the end, which is its own.
        inside = np.abs(lengths) < half + 1e-6
        ends = np.sign(lengths) * np.clip(np.abs(lengths), THINNEST, half)
        side, head = self.thickness / 2, min(self.thickness * 0.9, self.rows.pitch / 2 - 1)
        neck = half - HEAD
        bars = self._polygons(
            np.outer(ends[inside], [0, 1, 1, 0]), middles[inside], [-side, -side, side, side]
        )
        arrows = self._polygons(
            np.outer(np.sign(lengths[~inside]), [0, neck, neck, half, neck, neck, 0]),
            middles[~inside],
            [-side, -side, -head, 0, head, side, side],
        )
        return np.concatenate([bars, arrows])

    def _polygons(self, across: Values, middles: Values, down: Sequence[float]) -> Values:
        """Closed shapes, (shapes, corners), as far from the truth's line and from their middles."""
        return closed(points(self.region.x + across, middles[:, None] + np.array(down)))
