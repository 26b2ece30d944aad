"""Probabilities of classes as bars: one for each row, divided among the classes."""

import numpy as np
from manim import VGroup, VMobject

from scenes.drawing.layout import SMALL, Region, Values, points
from scenes.drawing.outlines import rectangles
from scenes.drawing.text import CAP_HEIGHT
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import Labels, class_colors, class_mark
from scenes.parts.columns import Rows
from scenes.parts.page import heading

THICKEST = 38.0  # pixels
SEAM = 2.0  # between two classes
MARK = 9.0  # half of a class's mark in its part of a bar
PALE = 0.35  # how solid the parts of classes are that are not the true one


class ProbabilityBars(VGroup):
    """One bar per shown sample, as wide as the region; each class has its probability of it.

    The part of the true class is solid, the others are pale. A class has its mark in each part
    that has room for it.

    Args:
        true: which class each sample is of, (n,).
        count: how many classes there are.
    """

    def __init__(
        self, title: str, true: Labels, count: int, rows: Rows, region: Region, theme: Theme
    ) -> None:
        self.rows, self.region = rows, region
        self.true = true[rows.samples]
        self.middles = np.array(rows.bases) - CAP_HEIGHT * SMALL / 2
        self.side = min(THICKEST, rows.pitch * 0.62) / 2
        colors = class_colors(theme, count)
        self.solid, self.pale = (
            [VMobject(fill_color=color, fill_opacity=opacity, stroke_width=0) for color in colors]
            for opacity in (1.0, PALE)
        )
        nowhere = np.zeros((0, 3))
        self.on_solid = [class_mark(nowhere, at, MARK, theme.page) for at in range(count)]
        self.on_pale = [class_mark(nowhere, at, MARK, colors[at]) for at in range(count)]
        super().__init__(
            heading(title, region, theme.prediction, 0),
            *self.solid,
            *self.pale,
            *self.on_solid,
            *self.on_pale,
        )

    @property
    def moving(self) -> list[VMobject]:
        """What differs from state to state."""
        return [*self.solid, *self.pale, *self.on_solid, *self.on_pale]

    def display(self, probabilities: Values) -> "ProbabilityBars":
        """Divide the bars by the probabilities of all samples, (n, classes)."""
        shares = probabilities[self.rows.samples]
        # Of outputs that are no softmax the sum may be more than 1.
        shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
        ends = self.region.left + np.cumsum(shares, axis=1) * self.region.width
        starts = ends - shares * self.region.width
        for at in range(shares.shape[1]):
            for solid, bars, marks in (
                (True, self.solid[at], self.on_solid[at]),
                (False, self.pale[at], self.on_pale[at]),
            ):
                here = (self.true == at) == solid
                self._divide(bars, starts[here, at], ends[here, at], self.middles[here])
                roomy = here & (ends[:, at] - starts[:, at] >= 2 * MARK + 12)
                across = (starts[roomy, at] + ends[roomy, at]) / 2
                marks.stand_at(points(across, self.middles[roomy]))
        return self

    def _divide(self, bars: VMobject, starts: Values, ends: Values, middles: Values) -> None:
        """Make them rectangles, with half a seam at either end where they are wider than that."""
        seam = np.minimum(SEAM, (ends - starts) / 2) / 2
        top, bottom = middles - self.side, middles + self.side
        bars.set_points(rectangles(starts + seam, top, ends - seam, bottom))
