"""Residual bars: how far each prediction is from its truth, and to which side."""

import numpy as np
from manim import Line, VGroup, VMobject

from scenes.drawing.layout import Region, point, points
from scenes.drawing.text import CAP_HEIGHT, SMALL, Values
from scenes.drawing.theme import Theme
from scenes.parts.columns import Rows
from scenes.parts.page import heading

THINNEST = 2.0  # pixels: what is left of a bar whose residual is next to nothing


class ResidualBars(VGroup):
    """One bar per shown sample from the truth's line, as long as prediction - truth.

    All bars of one sign are one mobject: they change together, in every frame.

    Args:
        largest: the |residual| that fills half the region, one scale for every epoch.
    """

    def __init__(
        self, title: str, largest: float, rows: Rows, region: Region, theme: Theme
    ) -> None:
        self.rows, self.region = rows, region
        self.per_unit = (region.width / 2) / (largest or 1.0)
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
        super().__init__(heading(title, region, theme.ink), self.above, self.below, axis)

    def display(self, residuals: Values) -> "ResidualBars":
        """Set the bars to the residuals of all samples, (samples,)."""
        shown = residuals[self.rows.samples]
        half = self.region.width / 2
        lengths = np.clip(np.abs(shown) * self.per_unit, THINNEST, half) * np.sign(shown)
        for bars, of_sign in ((self.above, shown >= 0), (self.below, shown < 0)):
            bars.set_points(self._rectangles(self.middles[of_sign], lengths[of_sign]))
        return self

    def _rectangles(self, middles: Values, lengths: Values) -> Values:
        """A bar for each pair, as four straight curves: (16 * bars, 3)."""
        x = self.region.x + np.outer(lengths, [0, 1, 1, 0, 0])
        y = middles[:, None] + self.thickness / 2 * np.array([-1, -1, 1, 1, -1])
        corners = points(x, y)
        starts, ends = corners[:, :-1, None], corners[:, 1:, None]
        thirds = np.linspace(0, 1, 4)[:, None]
        return (starts + (ends - starts) * thirds).reshape(-1, 3)
