"""Words and numbers as single mobjects, built from glyph outlines."""

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
from manim import VMobject

from epochreel.numbers import Notation
from scenes.drawing.fitting import DIGIT, POINT
from scenes.drawing.glyphs import REGULAR, SANS, Face, font
from scenes.drawing.layout import PAGE_HEIGHT, PAGE_WIDTH, SMALL, UNIT, Region, Values, point
from scenes.drawing.measure import fit_lines

CAP_HEIGHT = 0.733  # of the font size, Noto Sans CJK's capitals and digits


class Label(VMobject):
    """One line of text as one mobject.

    Its box runs from the start of the base line to the end of the advance and is at least as
    high as a capital, so that labels side by side align whatever letters they hold.
    """

    def __init__(
        self,
        text: str,
        size: float,
        color: str,
        *,
        weight: int = REGULAR,
        face: Face = SANS,
    ) -> None:
        super().__init__(color=color, fill_opacity=1, stroke_width=0)
        self._face, self._weight = face, weight
        self.write(text, size)

    def write(self, text: str, size: float) -> "Label":
        """Become another text, to be put in its place: in a play a page keeps its mobjects.

        Manim goes on drawing what a play has begun with, also where a group has lost it.
        """
        self.text = text
        self.size = size
        outlines, advance = font(self._face, self._weight).line(text)
        corners = np.repeat([[0, 0, 0], [advance, CAP_HEIGHT, 0]], 4, axis=0)
        # Of no text there is nothing.
        shape = np.concatenate([corners, outlines]) if text else np.zeros((0, 3))
        self.set_points(shape * size * UNIT)
        return self

    @property
    def width_px(self) -> float:
        """The advance in pixels of the page."""
        return float(self.points[4, 0] - self.points[0, 0]) / UNIT if self.text else 0.0

    def put(self, x: float, base: float, align: float = 0) -> "Label":
        """Set the base line to y = `base` px, with x at its start (0), middle (0.5) or end (1)."""
        if self.text:
            self.shift(point(x - align * self.width_px, base) - self.points[0])
        return self

    def put_in(self, region: Region, align: float = 0.5) -> "Label":
        """Centre the capitals in the region's height; `align` says where across it."""
        x = region.left + align * region.width
        return self.put(x, region.y + CAP_HEIGHT * self.size / 2, align)


class Numbers(VMobject):
    """A grid of numbers as one mobject; each column is aligned on its decimal point.

    Args:
        values: (rows, columns), what to show first.
        points: x in pixels of each column's decimal point.
        bases: y in pixels of each row's base line.
        flush_left: numbers start at `points` instead, for whole numbers behind a word.
    """

    def __init__(
        self,
        values: Values,
        points: Sequence[float],
        bases: Sequence[float],
        color: str,
        notation: Notation,
        size: float = SMALL,
        weight: int = REGULAR,
        *,
        flush_left: bool = False,
    ) -> None:
        super().__init__(color=color, fill_opacity=1, stroke_width=0)
        self.size = size
        self._notation, self._flush_left = notation, flush_left
        # What does not change with the values.
        self.place = [*points, *bases, size, weight, flush_left, *astuple(notation)]
        self._cells = [[point(x, base) for x in points] for base in bases]
        self._weight = weight
        self.display(values)

    def display(self, values: Values) -> "Numbers":
        """Put other values in the same places; (rows, columns)."""
        self.texts = [[self._notation.text(value) for value in row] for row in values]
        # Looked up, not kept: Manim copies a mobject with all that it holds.
        glyphs = font(SANS, self._weight)
        scale = self.size * UNIT
        outlines, starts = [np.zeros((0, 3))], [(0.0, 0.0, 0.0)]
        for cells, texts in zip(self._cells, self.texts):
            for (x, y, _), text in zip(cells, texts):
                if not self._flush_left:
                    x -= len(text.partition(".")[0]) * DIGIT * scale
                for character in text:
                    outline, advance = glyphs.character(character)
                    outlines.append(outline)
                    starts.append((x, y, 0.0))
                    x += advance * scale
        lengths = [len(outline) for outline in outlines]
        offsets = np.repeat(starts, lengths, axis=0)
        # For the fast engine, which keeps every digit's pixels.
        self.piece_ends = np.cumsum(lengths[1:])
        self.set_points(np.concatenate(outlines) * scale + offsets)
        return self

    def rights(self) -> list[tuple[float, float]]:
        """Where each row's first number ends: x and base line in pixels."""
        ends = []
        for cells, texts in zip(self._cells, self.texts):
            decimals = texts[0].partition(".")[2]
            tail = POINT + DIGIT * len(decimals) if decimals else 0
            x, y, _ = cells[0]
            ends.append((x / UNIT + PAGE_WIDTH / 2 + tail * self.size, PAGE_HEIGHT / 2 - y / UNIT))
        return ends


def one_line(
    text: str, size: float, color: str, width: float, name: str, weight: int = REGULAR
) -> Label:
    """A label no wider than `width` pixels, shrunk if need be.

    Raises:
        RenderError: it does not fit at the smallest size that can be read.
    """
    lines, fitted = fit_lines(text, Region(0, 0, width, size * 1.2), size, name, weight)
    return Label(lines[0], fitted, color, weight=weight)
