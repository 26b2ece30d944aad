"""Residual bars: how far each prediction is from its truth, and to which side."""

import numpy as np
from manim import Line, Rectangle, VGroup

from scenes.layout import Region, point
from scenes.parts.columns import Rows
from scenes.parts.page import heading
from scenes.text import CAP_HEIGHT, SMALL, Values
from scenes.theme import Theme

THINNEST = 2.0  # pixels: what is left of a bar whose residual is next to nothing


class ResidualBars(VGroup):
    """One bar per shown sample from the truth's line, as long as prediction - truth.

    Args:
        largest: the |residual| that fills half the region, one scale for every epoch.
    """

    def __init__(
        self, title: str, largest: float, rows: Rows, region: Region, theme: Theme
    ) -> None:
        self.rows, self.region, self.theme = rows, region, theme
        self.scale_px = (region.width / 2) / (largest or 1.0)
        middles = [base - CAP_HEIGHT * SMALL / 2 for base in rows.bases]
        self.middles = middles
        axis = Line(
            point(region.x, middles[0] - 16),
            point(region.x, middles[-1] + 16),
            color=theme.truth,
            stroke_width=2,
        )
        self.bars = VGroup(
            *[Rectangle(width=1, height=1, stroke_width=0, fill_opacity=1) for _ in rows.samples]
        )
        super().__init__(heading(title, region, theme.ink), self.bars, axis)

    def display(self, residuals: Values) -> "ResidualBars":
        """Set the bars to the residuals of all samples, (samples,)."""
        height = min(22.0, self.rows.pitch * 0.6)
        for bar, middle, residual in zip(self.bars, self.middles, residuals[self.rows.samples]):
            end = self.region.x + float(
                np.clip(residual * self.scale_px, -self.region.width / 2, self.region.width / 2)
            )
            left, right = sorted((self.region.x, end))
            if right - left < THINNEST:
                left, right = self.region.x - THINNEST / 2, self.region.x + THINNEST / 2
            color = self.theme.positive if residual >= 0 else self.theme.negative
            corners = [
                (left, middle - height / 2),
                (right, middle - height / 2),
                (right, middle + height / 2),
                (left, middle + height / 2),
            ]
            bar.set_points_as_corners([point(*c) for c in [*corners, corners[0]]])
            bar.set_fill(color, opacity=1)
        return self
