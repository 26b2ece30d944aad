"""Columns of numbers: the heading on top, one sample per row, base lines shared across a page."""

from collections.abc import Sequence

import numpy as np
from manim import Dot, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import READING, Notation
from scenes.drawing.fitting import NumberShape
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import SMALL, UNIT, Region, point
from scenes.drawing.sampling import shown_rows
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers, Values
from scenes.parts.page import heading

HEADING_HEIGHT = 62  # pixels above the first row
ROW = 38  # pixels from one row of numbers to the next
MOST_APART = 2.2  # times their pitch: as far apart do few rows stand


class Rows:
    """Which samples a page shows, and where their base lines are; shared by its columns.

    A gap is left where samples are left out.

    Args:
        chosen: the samples to show, where they were chosen; they have no gap between them.
        gap_below: whether they have one below them.
        head: pixels above the first row, for headings.
    """

    def __init__(
        self,
        count: int,
        region: Region,
        most: int = 20,
        pitch: float = ROW,
        chosen: Sequence[int] | None = None,
        head: float = HEADING_HEIGHT,
        gap_below: bool = False,
    ) -> None:
        self.samples = shown_rows(count, most) if chosen is None else [*chosen]
        self.count = count
        skip = gap_below if chosen is not None else count > most
        before_gap = len(self.samples) // (1 if gap_below else 2)
        places = len(self.samples) + skip
        fits = (region.height - head) / max(places, 1)
        self.pitch = max(min(fits, pitch * MOST_APART), SMALL)
        first = region.top + head + self.pitch / 2 + CAP_HEIGHT * SMALL / 2
        self.gap_after = before_gap - 1 if skip else None
        self.bases = [
            first + (at + (skip and at >= before_gap)) * self.pitch
            for at in range(len(self.samples))
        ]

    def ellipsis(self, x: float, color: str) -> VGroup:
        """Three dots in the gap, at x pixels; nothing where no sample is left out."""
        if self.gap_after is None:
            return VGroup()
        y = self.bases[self.gap_after] + self.pitch - CAP_HEIGHT * SMALL / 2
        return vertical_dots(x, y, color)


def vertical_dots(x: float, y: float, color: str) -> VGroup:
    """Three dots one below the other, centred at (x, y) pixels."""
    return VGroup(*[Dot(point(x, y + step), radius=2.6 * UNIT, color=color) for step in (-9, 0, 9)])


class Column(VGroup):
    """A heading and one number per shown sample.

    Args:
        title: its heading; none where it is empty.
        states: every value that will ever stand here, for the width; (..., samples).
        color: of heading and numbers.

    Attributes:
        gap: dots where samples are left out.
    """

    def __init__(
        self,
        title: str,
        states: Values,
        notation: Notation,
        rows: Rows,
        region: Region,
        color: str,
        line: str,
    ) -> None:
        shape = NumberShape(states[..., rows.samples], notation)
        start = region.left + max(0.0, (region.width - shape.width(SMALL)) / 2)
        self.rows = rows
        self.heading = heading(title, region, color) if title else VGroup()
        dot = start + shape.left_width(SMALL)
        blank = np.zeros((len(rows.samples), 1))
        self.numbers = Numbers(blank, [dot], rows.bases, color, notation)
        self.gap = rows.ellipsis(region.x, line)
        super().__init__(self.heading, self.numbers, self.gap)

    def display(self, values: Values) -> "Column":
        """Put the values of all samples, (samples,), in the rows."""
        self.numbers.display(values[self.rows.samples][:, None])
        return self


class Reading(VGroup):
    """A name and one number that changes: "Epoch = 5".

    Args:
        states: every value it will show. Whole numbers start right behind the name; others keep
            their decimal point in place.

    Attributes:
        right: where the longest number ends, in pixels.
    """

    def __init__(self, name: str, states: Values, region: Region, size: float, color: str) -> None:
        label = Label(name, size, color, weight=BOLD).put_in(region, 0)
        shape = NumberShape(states, READING)
        whole = shape.behind == 0
        start = region.left + label.width_px + 0.3 * size
        self.right = start + shape.width(size)
        self.number = Numbers(
            np.zeros((1, 1)),
            [start if whole else start + shape.left_width(size)],
            [region.y + CAP_HEIGHT * size / 2],
            color,
            READING,
            size,
            weight=BOLD,
            flush_left=whole,
        )
        super().__init__(label, self.number)

    def display(self, value: float) -> "Reading":
        self.number.display(np.array([[value]]))
        return self


def selection_note(rows: Rows, inputs: Values, targets: Values, words: Words) -> str:
    """What part of the data a page of columns shows, or nothing where it is all of it."""
    notes = []
    if len(rows.samples) < rows.count:
        notes.append(words("{shown} of {count} rows", shown=len(rows.samples), count=rows.count))
    if inputs.shape[1] > 1 or targets.shape[1] > 1:
        notes.append(words("first component of inputs and outputs"))
    return "  ".join(notes)


def first_component(values: Values) -> Values:
    """The first output of each sample: (..., samples, k) to (..., samples)."""
    return values[..., 0]
