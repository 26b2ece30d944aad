"""Rows of the data as a table: a column for each feature, and what is true of each row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.drawing.fitting import NumberShape, fitting
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, SMALL, Region, Values, point, points
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark

NARROWEST, WIDEST = 150.0, 230.0  # of a column of numbers, in pixels
CLASS_WIDTH = 330.0
HEAD, PITCH = 92.0, 46.0  # of the headings, and from one row to the next
Labels = npt.NDArray[np.int64]
HEADING = BODY - 4
MARK = 13.0  # half a class's mark, in pixels


@dataclass(frozen=True)
class Field:
    """A column: what it is called, and its values of all samples (n,)."""

    name: str
    values: Values


class Table:
    """Columns side by side in the middle of a region.

    Attributes:
        features: a mobject for each feature's column that has room.
        targets: likewise for those of the true values, or the one with the classes.
        rows: the samples that are shown.
        left_out: how many columns have no room.
    """

    def __init__(
        self,
        features: Sequence[Field],
        targets: Sequence[Field],
        region: Region,
        rows: Sequence[int],
        theme: Theme,
        *,
        classes: tuple[Sequence[str], Labels] | None = None,
        class_title: str = "",
        decimals: int | None = None,
    ) -> None:
        self.rows, self._theme, self._decimals = [*rows], theme, decimals
        kept_targets = [] if classes else [*targets[:3]]
        behind = CLASS_WIDTH if classes else NARROWEST * len(kept_targets) + GAP
        most = max(1, int((region.width - behind) // (NARROWEST + GAP)))
        kept = [*features[:most]]
        self.left_out = len(features) + len(targets) * (not classes) - len(kept) - len(kept_targets)
        count = len(kept) + len(kept_targets)
        room = region.width - (CLASS_WIDTH if classes else 0)
        width = min(WIDEST, (room - GAP * count) / count)
        total = (width + GAP) * count + (CLASS_WIDTH if classes else 0) - GAP
        height = HEAD + PITCH * len(self.rows)
        top = region.top + max(0.0, (region.height - height) / 2)
        self._bases = [
            top + HEAD + PITCH * (at + 0.5) + CAP_HEIGHT * SMALL / 2 for at in range(len(rows))
        ]
        self.bottom = top + height
        left = region.x - total / 2
        places = [
            Region(left + at * (width + GAP), top, left + at * (width + GAP) + width, self.bottom)
            for at in range(count)
        ]
        self._right = places[len(kept) - 1].right
        # One long name breaks all of several words: else they stand at two heights.
        self._breaks = any(
            len(_in_lines(field.name, place.width)[0]) > 1
            for field, place in zip([*kept, *kept_targets], places)
        )
        self.features = [
            self._column(field, place, theme.ink) for field, place in zip(kept, places)
        ]
        self.targets = [
            self._column(field, place, theme.truth)
            for field, place in zip(kept_targets, places[len(kept) :])
        ]
        if classes:
            start = left + (width + GAP) * count + GAP
            place = Region(start, top, start + CLASS_WIDTH - GAP, self.bottom)
            self.targets = [self._classes(*classes, place, class_title)]

    def beside(self) -> Values:
        """Places between the last feature and what is true of each row, (rows, 3)."""
        middles = np.array(self._bases) - CAP_HEIGHT * SMALL / 2
        return points(np.full(len(middles), self._right + GAP / 2), middles)

    def _heading(self, text: str, place: Region, color: str, align: float) -> VGroup:
        """A name in two lines at most, their last one just above the rows."""
        width = place.width
        if self._breaks and " " in text:
            width = min(width, text_width(text, SMALL, BOLD) - 1)
        lines, size = _in_lines(text, width)
        x = place.left + align * place.width
        bottom = place.top + HEAD - 22
        return VGroup(
            *[
                Label(line, size, color, weight=BOLD).put(
                    x, bottom - 1.25 * size * (len(lines) - 1 - at), align
                )
                for at, line in enumerate(lines)
            ]
        )

    def _column(self, field: Field, place: Region, color: str) -> VGroup:
        values = field.values[self.rows]
        notation = fitting(values, place.width, decimals=self._decimals)
        shape = NumberShape(values, notation)
        start = place.left + max(0.0, (place.width - shape.width(SMALL)) / 2)
        dot = start + shape.left_width(SMALL)
        numbers = Numbers(values[:, None], [dot], self._bases, color, notation)
        return VGroup(self._heading(field.name, place, color, 0.5), numbers)

    def _classes(self, names: Sequence[str], true: Labels, place: Region, title: str) -> VGroup:
        theme, drawn = self._theme, VGroup()
        drawn.add(self._heading(title, place, theme.ink, 0))
        colors = class_colors(theme, len(names))
        for sample, base in zip(self.rows, self._bases):
            at = int(true[sample])
            y = base - CAP_HEIGHT * SMALL / 2
            mark = class_mark(point(place.left + MARK, y)[None], at, MARK, colors[at])
            drawn.add(mark, named(names[at], place.left + 3 * MARK, base, place.right, theme.ink))
        return drawn


def _in_lines(text: str, width: float) -> tuple[list[str], float]:
    """A heading's lines, two at most, and their size."""
    return lines_or_cut(text, width, HEADING, 2, f"The name {text!r}", BOLD)


def named(name: str, left: float, base: float, right: float, color: str) -> Label:
    """A class's name from `left` on, cut where it would go beyond `right`."""
    (line, *_), size = lines_or_cut(name, right - left, SMALL, 1, f"The class {name!r}")
    return Label(line, size, color).put(left, base)


def names_of(names: Sequence[str], count: int, letter: str) -> list[str]:
    """What so many columns are called: x1, x2, ... where nobody named them; x if it is one."""
    if names:
        return [*names]
    return [letter] if count == 1 else [f"{letter}{at}" for at in range(1, count + 1)]
