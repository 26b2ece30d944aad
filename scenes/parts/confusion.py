"""How often each class was taken for which: the confusion matrix, as it fills its diagonal."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Rectangle, VGroup, VMobject, interpolate_color

from epochreel.numbers import Notation
from scenes.drawing.fitting import DIGIT
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, SMALL, UNIT, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.table import named

MOST_CLASSES = 10
STRONGEST = 0.5  # of its colour, in a cell that holds its whole row
MARK = 12.0
WIDEST_NAME = 300.0
TITLE, HEAD = 62.0, 56.0  # pixels: for words above the classes, and for these above the cells
HIGHEST, BROADEST = 245.0, 1.7  # of a cell: its height, and its width as a share of that
AIR = 12.0  # between a number and the sides of its cell
Counts = npt.NDArray[np.int64]


def confusions(true: Counts, predicted: Counts, classes: int) -> Counts:
    """How many samples of each class were taken for which: (E, classes, classes), true ones first.

    Args:
        true: (n,).
        predicted: (E, n).
    """
    places = true * classes + predicted
    return np.stack(
        [np.bincount(each, minlength=classes**2).reshape(classes, classes) for each in places]
    )


class Confusion(VGroup):
    """A cell for each pair of classes: true ones down, predicted ones across.

    Right ones are on the diagonal, in the colour of the truth, all others in that of the loss; the
    more of its row a cell holds, the stronger. Beside the diagonal a cell without samples stays
    empty, so that the others are seen. Of more than MOST_CLASSES classes the first are shown.
    Numbers are left away where cells are too small for them.

    Args:
        most: the largest number that will ever stand here.
        across, down: what the classes above and at the left are, if that is said.
        named: whether classes at the left have their names beside their marks.

    Attributes:
        shown: how many classes have a row and a column.
    """

    def __init__(
        self,
        names: Sequence[str],
        most: int,
        region: Region,
        theme: Theme,
        *,
        across: str = "",
        down: str = "",
        named: bool = True,
    ) -> None:
        shown = self.shown = min(len(names), MOST_CLASSES)
        self._theme, self._counts = theme, np.zeros((0, 0), dtype=int)
        self.cells = _cells([*names[:shown]] if named else [], shown, region, down, bool(across))
        self._boxes = [
            _box(cell, theme.truth if row == at else None)
            for row, cells in enumerate(self.cells)
            for at, cell in enumerate(cells)
        ]
        size, digits = BODY, len(str(most)) * DIGIT
        if digits * size > self.cells[0][0].width - AIR or size > self.cells[0][0].height - AIR:
            size = SMALL
        first = self.cells[0][0]
        has_room = digits * size <= first.width - AIR and size <= first.height
        points = [cell.x + digits * size / 2 for cell in self.cells[0]] if has_room else []
        bases = [cells[0].y + CAP_HEIGHT * size / 2 for cells in self.cells]
        blank = np.zeros((shown, len(points)))
        self.numbers = Numbers(blank, points, bases, theme.ink, _Counts(0), size)
        super().__init__(*self._boxes, self.numbers, *self._heads(names, across, down, named))

    def display(self, counts: Counts) -> "Confusion":
        """Show (classes, classes), true ones first."""
        if np.array_equal(counts, self._counts):
            return self
        theme, shown = self._theme, self.shown
        ground = ManimColor(theme.panel)
        whole = np.maximum(counts.sum(axis=1), 1)
        for at, box in enumerate(self._boxes):
            row, column = divmod(at, shown)
            color = ManimColor(theme.truth if row == column else theme.loss)
            share = float(counts[row, column] / whole[row])
            box.set_fill(interpolate_color(ground, color, STRONGEST * share), 1)
        empty = (counts == 0) & ~np.eye(len(counts), dtype=bool)
        written = np.where(empty, np.nan, counts)
        self.numbers.display(written[:shown, : len(self.numbers.texts[0])])
        self._counts = counts.copy()
        return self

    def _heads(
        self, names: Sequence[str], across: str, down: str, are_named: bool
    ) -> list[VMobject]:
        """The classes at the left and above, and what they are there."""
        theme, (first, *_) = self._theme, self.cells
        left, top, wide = first[0].left, first[0].top, first[0].width
        mark = min(MARK, 0.42 * first[0].height)
        base = top - HEAD / 2 + CAP_HEIGHT * SMALL / 2
        drawn: list[VMobject] = []
        widths = [text_width(name, SMALL) for name in names[: self.shown]]
        has_names = are_named and max(widths) + 3 * MARK + AIR <= wide
        for at, color in enumerate(class_colors(theme, len(names))[: self.shown]):
            y, x, end = self.cells[at][0].y, first[at].x, left - GAP
            if are_named:
                label = named(names[at], 0, 0, WIDEST_NAME, theme.ink)
                end -= label.width_px
                drawn.append(label.put(end, y + CAP_HEIGHT * SMALL / 2))
                end -= 0.6 * MARK
            if has_names:
                x -= (widths[at] + 0.6 * MARK) / 2
                drawn.append(Label(names[at], SMALL, theme.ink).put(x + 1.6 * MARK, base))
            places = np.stack([point(end - MARK, y), point(x, top - HEAD / 2)])
            drawn.append(class_mark(places, at, mark, color))
        if across:
            label = Label(across, SMALL, theme.prediction, weight=BOLD)
            drawn.append(label.put(left, top - HEAD - 12))
        if down:
            label = Label(down, SMALL, theme.truth, weight=BOLD)
            drawn.append(label.put(left - GAP, base, 1))
        return drawn


@dataclass(frozen=True)
class _Counts(Notation):
    """Counts, and nothing for what is no number."""

    def text(self, value: float) -> str:
        return "" if np.isnan(value) else super().text(value)


def _cells(
    names: Sequence[str], shown: int, region: Region, down: str, has_title: bool
) -> list[list[Region]]:
    """The cells row by row, in the middle of a region with all that stands beside them."""
    widest = min(max((text_width(name, SMALL) for name in names), default=0.0), WIDEST_NAME)
    side = max(widest + 3 * MARK, text_width(down, SMALL, BOLD)) + GAP
    above = HEAD + TITLE * has_title
    high = min((region.height - above) / shown, HIGHEST)
    wide = min((region.width - side) / shown, BROADEST * high)
    left = region.x - (side + wide * shown) / 2 + side
    top = region.top + above
    return [
        [
            Region(
                left + at * wide, top + row * high, left + (at + 1) * wide, top + (row + 1) * high
            )
            for at in range(shown)
        ]
        for row in range(shown)
    ]


def _box(cell: Region, edge: str | None) -> Rectangle:
    return Rectangle(
        width=(cell.width - 4) * UNIT,
        height=(cell.height - 4) * UNIT,
        stroke_width=2.5 if edge else 0,
        stroke_color=edge,
        fill_opacity=1,
    ).move_to(cell.center)
