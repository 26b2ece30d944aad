"""A term with its numbers put in and what it comes to, in one line of a card."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from manim import VGroup

from epochreel.numbers import MINUS, TINY, compact, exact
from epochreel.record.losses import ErrorLoss
from scenes.drawing.layout import SMALL, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import CAP_HEIGHT, DIGIT, Label
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.loss_text import text_of
from scenes.parts.marks import Marks
from scenes.parts.truths import Truths
from scenes.parts.worked import Term
from scenes.parts.worked_logs import LogTerm

GAP, MOST_GAP = 16, 34  # between a term and the equals sign behind it
MARK, BEHIND_MARK = 10, 34  # pixels: half of a mark; from where it starts to its name
LEAST_NAME = 60  # pixels: narrower than this a name says nothing


@dataclass(frozen=True)
class Places:
    """Where the columns of a card are, in pixels from the left.

    Attributes:
        name: where the names of what is true start.
        start, term: where the terms start, and where they end.
        error: where the terms with their errors put in start; None where they have no room.
        sign: where the equals sign before the values starts.
        point: the values' decimal point.
        right: where the values end.
    """

    name: float
    start: float
    term: float
    error: float | None
    sign: float
    point: float
    right: float


@dataclass(frozen=True)
class WorkedLine:
    """A term's labels: its numbers put in; that with the error; the value behind its sign.

    Attributes:
        put_in: the pieces of one line.
        error: none where a term has no error.
        name: the mark and the name of what is true; terms with one start below each other.
    """

    put_in: tuple[Label, ...]
    sign: Label
    value: Label
    error: Label | None = None
    name: tuple[Marks, Label] | None = None
    comes_to: VGroup = field(default_factory=VGroup)

    @property
    def is_plain(self) -> bool:
        """Whether the value is written without a power of ten."""
        return "e" not in self.value.text

    @property
    def term(self) -> VGroup:
        """What is there before it is worked out."""
        return VGroup(*(self.name or ()), *self.put_in)

    @property
    def width(self) -> float:
        """Of the term with its numbers put in, in pixels."""
        return sum(label.width_px for label in self.put_in)

    def put(self, places: Places, base: float) -> None:
        """Set the columns on a base line."""
        left = places.start if self.name else places.term - self.width
        for label in self.put_in:
            label.put(left, base)
            left += label.width_px
        if self.name:
            mark, name = self.name
            mark.stand_at(point(places.name + MARK, base - CAP_HEIGHT * SMALL / 2)[None])
            name.put(places.name + BEHIND_MARK, base)
        self.comes_to.add(self.sign.put(places.sign, base))
        if self.is_plain:
            self.value.put(places.point - _before(self.value), base)
        else:
            self.value.put(places.right, base, 1)
        self.comes_to.add(self.value)
        if self.error and places.error is not None:
            self.comes_to.add(self.error.put(places.error, base))


def error_line(term: Term, loss: ErrorLoss, theme: Theme) -> WorkedLine:
    """The line of a term that is a function of an error."""
    opening, closing = text_of(loss).text.split("{}")
    target, prediction = compact(term.target), compact(term.prediction)
    bracket = prediction.startswith(MINUS)
    pieces = (
        (opening, theme.ink),
        (target, theme.truth),
        (f" {MINUS} {'(' if bracket else ''}", theme.ink),
        (prediction, theme.prediction),
        (f"{')' if bracket else ''}{closing}", theme.ink),
    )
    error = text_of(loss).of_error(term.error, loss)
    return WorkedLine(
        tuple(Label(text, SMALL, color) for text, color in pieces if text),
        _sign_of(term.value_ends, theme),
        Label(_value(term.value), SMALL, theme.loss),
        error=Label(f"{'≈' if term.error_ends else '='} {error}", SMALL, theme.ink),
    )


def log_lines(
    terms: Sequence[LogTerm], rows: Sequence[int], truths: Truths, width: float, theme: Theme
) -> list[WorkedLine]:
    """The lines of logarithms of probabilities, each behind what is true in it.

    Args:
        rows: which terms they are.
        width: of the card, in pixels: what the lines leave of it is for names.
    """
    lines = [log_line(term, theme) for term in terms]
    term = max(line.width for line in lines)
    room = width - term - _values(lines)[0] - 2 * GAP - BEHIND_MARK
    colors = class_colors(theme, len(truths.names))
    for at, (line, row) in enumerate(zip(lines, rows)):
        true = int(truths.labels[row])
        name = truths.told[true]
        (cut,), _ = lines_or_cut(name, max(room, LEAST_NAME), SMALL, 1, name)
        mark = class_mark(np.zeros((1, 3)), true, MARK, colors[true])
        lines[at] = replace(line, name=(mark, Label(cut, SMALL, theme.truth)))
    return lines


def log_line(term: LogTerm, theme: Theme) -> WorkedLine:
    """The line of a term that is the logarithm of a probability."""
    opening, closing = (f"(1 {MINUS} ", ")") if term.from_one else (" ", "")
    pieces = (
        (f"{MINUS}ln{opening}", theme.ink),
        (compact(term.given), theme.prediction),
        (closing, theme.ink),
    )
    return WorkedLine(
        tuple(Label(text, SMALL, color) for text, color in pieces if text),
        _sign_of(term.ends, theme),
        Label(_value(term.value), SMALL, theme.loss),
    )


def places_of_lines(lines: Sequence[WorkedLine], inner: Region) -> Places:
    """The columns side by side in the middle of the card; without errors if it must be."""
    term = max(line.width for line in lines)
    error = max((line.error.width_px for line in lines if line.error), default=0.0)
    name = max((BEHIND_MARK + line.name[1].width_px for line in lines if line.name), default=0.0)
    values, behind = _values(lines)
    has_room = error > 0 and term + GAP + error + GAP + values <= inner.width
    columns = [width for width in (name, term, error * has_room, values) if width]
    gap = min(MOST_GAP, (inner.width - sum(columns)) / (len(columns) - 1))
    left = inner.x - (sum(columns) + gap * (len(columns) - 1)) / 2
    start = left + name + gap * (name > 0)
    ends = start + term
    right = ends + (gap + error) * has_room + gap + values
    middle = ends + gap if has_room else None
    return Places(left, start, ends, middle, right - values, right - behind, right)


def _values(lines: Sequence[WorkedLine]) -> tuple[float, float]:
    """How wide signs and values are together, and values from their decimal point on."""
    sign = max(line.sign.width_px for line in lines) + GAP
    plain = [line.value for line in lines if line.is_plain]
    before = max((_before(value) for value in plain), default=0.0)
    behind = max((value.width_px - _before(value) for value in plain), default=0.0)
    return sign + max(before + behind, *[line.value.width_px for line in lines]), behind


def _before(value: Label) -> float:
    """The pixels of a number before its decimal point."""
    return len(value.text.partition(".")[0]) * DIGIT * value.size


def _sign_of(ends: bool, theme: Theme) -> Label:
    return Label("≈" if ends else "=", SMALL, theme.faint)


def _value(value: Decimal) -> str:
    """A term's value with the digits it has; 0 is no rounded number."""
    if not value:
        return "0"
    return compact(value) if float(value) < TINY else exact(value)
