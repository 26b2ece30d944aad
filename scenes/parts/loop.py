"""The training loop as cards and arrows."""

from manim import Arrow, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, UNIT, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.text import Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.page import card


class Station(VGroup):
    """A card with a name, and below it a line for the number that is there now."""

    def __init__(self, name: str, region: Region, color: str, theme: Theme) -> None:
        self.region = region
        panel = card(region, theme, color)
        super().__init__(panel)
        if name:
            label = one_line(name, BODY, color, region.width - 30, name, weight=BOLD)
            self.add(label.put(region.x, region.top + 66, 0.5))

    def value(self, text: str, theme: Theme, row: int = 0) -> Label:
        """A line of the card's lower half."""
        size = min(BODY, BODY * (self.region.width - 36) / max(text_width(text, BODY), 1))
        return Label(text, max(size, SMALL), theme.ink).put(
            self.region.x, self.region.bottom - 34 - 42 * row, 0.5
        )


def arrow_between(start: Region, end: Region, color: str) -> Arrow:
    """An arrow from the side of one region to the facing side of another."""
    gap = 10
    if start.right < end.left:
        ends = (start.right + gap, start.y), (end.left - gap, end.y)
    elif end.right < start.left:
        ends = (start.left - gap, start.y), (end.right + gap, end.y)
    elif start.bottom < end.top:
        ends = (start.x, start.bottom + gap), (end.x, end.top - gap)
    else:
        ends = (start.x, start.top - gap), (end.x, end.bottom + gap)
    return Arrow(
        point(*ends[0]),
        point(*ends[1]),
        buff=0,
        color=color,
        stroke_width=6,
        tip_length=26 * UNIT,
        max_tip_length_to_length_ratio=0.4,
    )
