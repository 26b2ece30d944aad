"""The furniture of a page: title bar, cards, headings."""

from manim import Rectangle, RoundedRectangle, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BAR, BODY, GAP, UNIT, Region
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.drawing.typesetting import Line, bar_lines

HEADING_PITCH = 1.3  # from the first line of a heading to the second, of the font size


def title_bar(lesson: str, theme: Theme) -> VGroup:
    """The bar across the top with the lesson's name, in two lines if it is long."""
    bar = Rectangle(
        width=BAR.width * UNIT,
        height=BAR.height * UNIT,
        stroke_width=0,
        fill_color=theme.bar,
        fill_opacity=1,
    ).move_to(BAR.center)
    return VGroup(bar, *[set_line(line, theme.bar_ink) for line in bar_lines(lesson)])


def set_line(line: Line, color: str) -> Label:
    """A line of the lecture's own words, where it was set."""
    return Label(line.text, line.size, color, weight=line.weight).put(line.x, line.base, line.align)


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


def heading(text: str, region: Region, color: str, align: float = 0.5) -> VGroup:
    """Bold words on the top edge of a region and no wider than it: in two lines if need be."""
    lines, size = lines_or_cut(text, region.width, BODY, 2, f"The heading {text!r}", BOLD)
    x, middle = region.left + align * region.width, (len(lines) - 1) / 2
    return VGroup(
        *[
            Label(line, size, color, weight=BOLD).put(
                x, region.top + GAP + (at - middle) * HEADING_PITCH * size, align
            )
            for at, line in enumerate(lines)
        ]
    )
