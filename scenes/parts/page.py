"""The furniture of a page: title bar, cards, headings."""

from manim import Rectangle, RoundedRectangle, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BAR, BODY, GAP, MARGIN, SMALL, UNIT, Region
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.drawing.typesetting import Line, bar_line


def title_bar(lesson: str, theme: Theme) -> VGroup:
    """The bar across the top with the lesson's name in one line, as on every page of the deck."""
    bar = Rectangle(
        width=BAR.width * UNIT,
        height=BAR.height * UNIT,
        stroke_width=0,
        fill_color=theme.bar,
        fill_opacity=1,
    ).move_to(BAR.center)
    words, size = bar_line(lesson)
    title = Label(words, size, theme.bar_ink, weight=BOLD).put_in(BAR.inset(MARGIN, 0), align=0)
    return VGroup(bar, title)


def set_line(line: Line, color: str) -> Label:
    """A line of the lecture's own words, where it was set."""
    return Label(line.text, line.size, color).put(line.x, line.base, line.align)


def card(region: Region, theme: Theme, color: str | None = None) -> RoundedRectangle:
    """A rounded panel that fills the region."""
    return RoundedRectangle(
        width=region.width * UNIT,
        height=region.height * UNIT,
        corner_radius=18 * UNIT,
        stroke_width=2.5 if color else 0,
        stroke_color=color or theme.panel,
        fill_color=theme.panel,
        fill_opacity=1,
    ).move_to(region.center)


def heading(text: str, region: Region, color: str, align: float = 0.5) -> Label:
    """A bold word that stands on the top edge of a region."""
    label = Label(text, BODY, color, weight=BOLD)
    if label.width_px > region.width:
        label = Label(text, max(SMALL, BODY * region.width / label.width_px), color, weight=BOLD)
    return label.put(region.left + align * region.width, region.top + GAP, align)
