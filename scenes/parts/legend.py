"""What lines and dots stand for: samples of them with their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from scenes.drawing.layout import SMALL, Region, point, points
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.outlines import closed, straight
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.growing import dashed
from scenes.parts.marks import Discs, Rings

SAMPLE, TO_NAME, TO_NEXT = 56, 16, 44  # pixels: a sample's width, to its name, to what comes next
ROW = 44
CLASS_MARK = 12  # half a class's mark
SHORTEST = 70  # pixels that are left of a class's name
RING_LINE = 4  # pixels: how wide a ring's line is


@dataclass(frozen=True)
class Entry:
    """A name and what stands for it.

    Attributes:
        line: how wide its line is, in hundredths of a unit; 0 for none.
        dots: the radius of its dots, in pixels; 0 for none.
        opacity: of the line and the dots.
        dashed: whether its line has gaps.
        ring: the radius of its ring, in pixels; 0 for none.
        area: half of how wide its area is, in pixels; 0 for none.
    """

    name: str
    color: str
    line: float = 0.0
    dots: float = 0.0
    opacity: float = 1.0
    dashed: bool = False
    ring: float = 0.0
    area: float = 0.0

    def sample(self, x: float, y: float) -> list[VMobject]:
        """A piece of its line and some dots, from x to the right at height y, in pixels."""
        marks: list[VMobject] = []
        if self.line:
            piece = point(x, y)[None], point(x + SAMPLE, y)[None]
            starts, ends = dashed(piece) if self.dashed else piece
            line = VMobject(stroke_color=self.color, stroke_width=self.line)
            line.set_points(straight(starts, ends, np.ones(len(starts))))
            marks.append(line.set_stroke(opacity=self.opacity))
        if self.dots:
            count = max(1, int(SAMPLE / (2.2 * self.dots)))
            across = x + SAMPLE * (np.arange(count) + 0.5) / count
            places = points(across, np.full(count, y))
            marks.append(Discs(places, self.dots, self.color, self.opacity))
        if self.ring:
            place = point(x + SAMPLE / 2, y)[None]
            marks.append(Rings(place, self.ring, RING_LINE, self.color, self.opacity))
        if self.area:
            corners = [
                point(x + SAMPLE / 2 + across * self.area, y + down * self.area)
                for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            area = VMobject(fill_color=self.color, fill_opacity=self.opacity, stroke_width=0)
            marks.append(area.set_points(closed(np.array(corners))))
        return marks


def line_legend(
    names: Sequence[str], colors: Sequence[str], region: Region, theme: Theme, width: float = 5
) -> VGroup:
    """A piece of each curve's line with the curve's name: see `legend`."""
    entries = [Entry(name, color, line=width) for name, color in zip(names, colors)]
    return legend(entries, region, theme)


def short_names(names: Sequence[str], width: float) -> list[str]:
    """Names for a `class_legend` of so many pixels: as they are, or cut where all have no room."""
    beside = 3 * CLASS_MARK + TO_NEXT
    if sum(text_width(name, SMALL) + beside for name in names) - TO_NEXT <= width:
        return [*names]
    room = max(width / len(names) - beside, SHORTEST)
    return [lines_or_cut(name, room, SMALL, 1, f"The class {name!r}")[0][0] for name in names]


def class_legend(names: Sequence[str], region: Region, theme: Theme) -> VGroup:
    """The mark of each class with its name, in one line; of those that have no room none."""
    drawn, x = VGroup(), 0.0
    base = region.y + CAP_HEIGHT * SMALL / 2
    for at, (name, color) in enumerate(zip(names, class_colors(theme, len(names)))):
        label = Label(name, SMALL, theme.ink)
        if x + 3 * CLASS_MARK + label.width_px > region.width:
            break
        mark = class_mark(
            point(region.left + x + CLASS_MARK, region.y)[None], at, CLASS_MARK, color
        )
        drawn.add(mark, label.put(region.left + x + 3 * CLASS_MARK, base))
        x += 3 * CLASS_MARK + label.width_px + TO_NEXT
    return drawn


def legend(entries: Sequence[Entry], region: Region, theme: Theme, *, align: float = 0) -> VGroup:
    """Samples with their names, side by side in rows from the region's top down.

    Args:
        align: where the rows stand across the region, from its left (0) to its right (1).
    """
    drawn = VGroup()
    for number, row in enumerate(_rows(entries, region.width)):
        labels = [Label(entry.name, SMALL, theme.ink) for entry in row]
        x = region.left + align * (region.width - sum(map(_width, labels)) + TO_NEXT)
        y = region.top + (number + 0.5) * ROW
        for entry, label in zip(row, labels):
            label.put(x + SAMPLE + TO_NAME, y + CAP_HEIGHT * SMALL / 2)
            drawn.add(*entry.sample(x, y), label)
            x += _width(label)
    return drawn


def entry_width(entry: Entry) -> float:
    """What an entry takes of its row, with the room behind it, in pixels."""
    return _width(Label(entry.name, SMALL, entry.color))


def _width(label: Label) -> float:
    """What a sample, its name and the room behind it take."""
    return SAMPLE + TO_NAME + label.width_px + TO_NEXT


def _rows(entries: Sequence[Entry], width: float) -> Iterator[list[Entry]]:
    """As many side by side as there is room for, at least one."""
    row: list[Entry] = []
    used = 0.0
    for entry in entries:
        needed = entry_width(entry)
        if row and used + needed - TO_NEXT > width:
            yield row
            row, used = [], 0.0
        row.append(entry)
        used += needed
    if row:
        yield row
