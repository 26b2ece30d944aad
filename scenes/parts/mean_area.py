"""The mean of a loss's terms as an area: a square beside the axis, or a bar, with its number."""

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import LARGE, SMALL, Region, Values
from scenes.drawing.outlines import rectangles
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme

LEAST = 5.0  # pixels: what is drawn of a mean that would be smaller
BAR = 26.0  # pixels: how wide the bar is of a mean that is no square
FILL, LINE = 0.3, 3.0  # how solid the area is; its outline, in hundredths of a unit
NUMBER, EPOCH = 54, 96  # pixels from the foot of the area down to what stands below it


class MeanArea(VGroup):
    """A mean on the scale of the plane its terms are on, with its number and its epoch below.

    Args:
        region: for the area; it stands on the region's foot, at its left.
        square: whether it is a square; else a bar.
        per_unit: the pixels of one unit of the terms' roots, or of a bar's terms.
    """

    def __init__(
        self, region: Region, per_unit: float, words: Words, theme: Theme, *, square: bool
    ) -> None:
        self.region, self._per_unit, self._square, self._words = region, per_unit, square, words
        self.area = VMobject(
            fill_color=theme.loss, fill_opacity=FILL, stroke_color=theme.loss, stroke_width=LINE
        )
        self.number = Label("", LARGE, theme.loss, weight=BOLD)
        self.note = Label("", SMALL, theme.faint)
        super().__init__(self.area, self.number, self.note)

    def side(self, mean: float) -> float:
        """How high the area of a mean is, in pixels, drawn or not."""
        return float(np.sqrt(mean) if self._square else mean) * self._per_unit

    def outline(self, mean: float) -> Values:
        """The area of a mean, (16, 3)."""
        return self.strips(mean, np.ones(1))

    def strips(self, mean: float, terms: Values) -> Values:
        """The area cut into a strip for each term, as large as its share: (16 * n, 3)."""
        side = min(max(self.side(mean), LEAST), self.region.height)
        width = side if self._square else BAR
        ends = np.cumsum(terms) / (terms.sum() or 1.0)
        starts = np.concatenate([[0.0], ends[:-1]])
        top, left = self.region.bottom - side, np.full(len(terms), self.region.left)
        return rectangles(left, top + starts * side, left + width, top + ends * side)

    def display(self, mean: float, recorded: float, epoch: int) -> "MeanArea":
        """Show a mean.

        Args:
            mean: what the area is.
            recorded: the loss that is told.
            epoch: of which that is.
        """
        self.area.set_points(self.outline(mean))
        region, words = self.region, self._words
        told = f"{words('Epoch')} = {epoch}"
        side = self.side(recorded)
        if 0 < side < LEAST:
            told = words("{epoch}: too small to see", epoch=told)
        elif side > region.height + 1:
            told = words("{epoch}: too large", epoch=told)
        left, foot = region.left, region.bottom
        _tell(self.number, rounded(recorded), BOLD).put(left, foot + NUMBER)
        _tell(self.note, told, REGULAR).put(left, foot + EPOCH)
        return self


def _tell(label: Label, text: str, weight: int) -> Label:
    """Let a label say another text."""
    label.set_points(Label(text, label.size, "#000000", weight=weight).points)
    label.text = text
    return label
