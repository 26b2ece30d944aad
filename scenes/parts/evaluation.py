"""One epoch's loss worked out on a card: its terms, what each comes to, the sum and the mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from manim import MathTypst, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import MANY, MINUS, TINY, compact, exact
from epochreel.record.losses import Loss
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, UNIT, Region, point
from scenes.drawing.text import DIGIT, Label
from scenes.drawing.theme import Theme
from scenes.parts.columns import HEADING_HEIGHT, Rows
from scenes.parts.formula import formula
from scenes.parts.loss_text import LossText, text_of
from scenes.parts.page import card
from scenes.parts.worked import Term, Worked

PITCH = 33  # from one term to the next, in pixels
HEAD, FOOT = 72, 196  # pixels above the terms and below them
INSET = 24
GAP, MOST_GAP = 16, 34  # between a term and the equals sign behind it
SUM = 34  # font size of the formulas below the terms


def rows_of(count: int, region: Region) -> Rows:
    """Which of so many terms a card in the region shows, and where."""
    top, bottom = region.top + HEAD, region.bottom - FOOT
    return Rows(count, Region(0, top - HEADING_HEIGHT, 0, bottom), pitch=PITCH)


class Evaluation:
    """A loss worked out, as mobjects that a scene shows one after the other.

    Attributes:
        frame: the card, what it is called, and the unit of its terms.
        terms: each with its numbers put in.
        values: what each comes to.
        total: the sum of the terms.
        mean: the sum divided by how many they are, and what the record has if that differs.
    """

    def __init__(
        self,
        loss: Loss,
        worked: Worked,
        head: str,
        region: Region,
        rows: Rows,
        words: Words,
        theme: Theme,
    ) -> None:
        inner = region.inset(INSET, 0)
        self.frame = VGroup(card(region, theme), *_head(head, worked.exponent, inner, theme))
        lines = [_line(term, loss, theme) for term in worked.terms]
        places = _places(lines, region.inset(INSET / 2, 0))
        for line, base in zip(lines, rows.bases):
            line.put(places, base)
        self.terms = VGroup(*[VGroup(*line.put_in) for line in lines])
        self.values = VGroup(*[line.comes_to for line in lines])
        if rows.gap_after is not None:
            note = words("{shown} of {count} terms", shown=len(lines), count=worked.count)
            base = rows.bases[rows.gap_after] + rows.pitch
            self.frame.add(
                rows.ellipsis(inner.x, theme.ink),
                Label(note, SMALL, theme.faint).put(inner.x + 2 * GAP, base),
            )
        foot = Region(inner.left, region.bottom - FOOT, inner.right, region.bottom - 4)
        self._sum_up(worked, text_of(loss), foot, words, theme)

    def _sum_up(
        self, worked: Worked, text: LossText, foot: Region, words: Words, theme: Theme
    ) -> None:
        rows = foot.rows((1.2, 1) if worked.agreement else (1.2, 0.9, 0.5), gap=0)
        power = f" times 10^({worked.exponent})" if worked.exponent else ""
        total, mean = f"{exact(worked.shown_total)}{power}", _with_power(worked.mean)
        summed = f"{text.total(str(worked.count), theme)} {_sign(worked.total_ends)} {total}"
        divided = f"1/{worked.count} dot {total} {_sign(worked.mean_ends)} {mean}"
        result = f"{text.symbol} {_sign(worked.total_ends)} {divided}"
        self.total = _fitted(formula(summed, SUM, theme.ink), rows[0])
        self.mean = VGroup(_fitted(formula(result, SUM, theme.loss), rows[1]))
        if not worked.agreement:
            recorded = compact(Decimal(f"{worked.recorded:.4g}"))
            note = words("recorded: {loss}, computed in float32", loss=recorded)
            self.mean.add(Label(note, SMALL, theme.faint).put_in(rows[2]))


@dataclass(frozen=True)
class _Places:
    """Where the columns of a card are, in pixels from the left.

    Attributes:
        term: where the terms end.
        error: where the terms with their errors put in start; None where they have no room.
        sign: where the equals sign before the values starts.
        point: the values' decimal point.
        right: where the values end.
    """

    term: float
    error: float | None
    sign: float
    point: float
    right: float


@dataclass(frozen=True)
class _Line:
    """A term's labels: its numbers put in; that with the error; the value behind its sign."""

    put_in: tuple[Label, ...]
    error: Label
    sign: Label
    value: Label
    comes_to: VGroup

    @property
    def is_plain(self) -> bool:
        """Whether the value is written without a power of ten."""
        return "e" not in self.value.text

    def put(self, places: _Places, base: float) -> None:
        right = places.term
        for label in reversed(self.put_in):
            label.put(right, base, 1)
            right -= label.width_px
        self.comes_to.add(self.sign.put(places.sign, base))
        if self.is_plain:
            self.value.put(places.point - _before(self.value), base)
        else:
            self.value.put(places.right, base, 1)
        self.comes_to.add(self.value)
        if places.error is not None:
            self.comes_to.add(self.error.put(places.error, base))


def _line(term: Term, loss: Loss, theme: Theme) -> _Line:
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
    return _Line(
        tuple(Label(text, SMALL, color) for text, color in pieces if text),
        Label(f"{'≈' if term.error_ends else '='} {error}", SMALL, theme.ink),
        Label("≈" if term.value_ends else "=", SMALL, theme.faint),
        Label(_value(term.value), SMALL, theme.loss),
        VGroup(),
    )


def _places(lines: Sequence[_Line], inner: Region) -> _Places:
    """The columns side by side in the middle of the card; without the second if it must be."""
    term = max(sum(label.width_px for label in line.put_in) for line in lines)
    error = max(line.error.width_px for line in lines)
    sign = max(line.sign.width_px for line in lines) + GAP
    plain = [line.value for line in lines if line.is_plain]
    before = max((_before(value) for value in plain), default=0.0)
    behind = max((value.width_px - _before(value) for value in plain), default=0.0)
    values = sign + max(before + behind, *[line.value.width_px for line in lines])
    has_room = term + GAP + error + GAP + values <= inner.width
    middle = error if has_room else 0.0
    gaps = 2 if has_room else 1
    gap = min(MOST_GAP, (inner.width - term - middle - values) / gaps)
    ends = inner.x - (term + middle + values + gaps * gap) / 2 + term
    right = ends + gaps * gap + middle + values
    return _Places(ends, ends + gap if has_room else None, right - values, right - behind, right)


def _before(value: Label) -> float:
    """The pixels of a number before its decimal point."""
    return len(value.text.partition(".")[0]) * DIGIT * value.size


def _head(head: str, exponent: int, inner: Region, theme: Theme) -> list[Label | MathTypst]:
    base = inner.top + 48
    title = Label(head, BODY, theme.accent, weight=BOLD).put(inner.left, base)
    if not exponent:
        return [title]
    unit = formula(f"times 10^({exponent})", BODY, theme.faint)
    return [title, unit.move_to(point(inner.right - unit.width / UNIT / 2, base - 12))]


def _fitted(mobject: MathTypst, row: Region) -> MathTypst:
    """A formula in the middle of a row, no larger than it."""
    fits = min(row.width / mobject.width, row.height / mobject.height) * UNIT
    return mobject.scale(min(1.0, fits)).move_to(row.center)


def _value(value: Decimal) -> str:
    """A term's value with the digits it has; 0 is no rounded number."""
    if not value:
        return "0"
    return compact(value) if float(value) < TINY else exact(value)


def _with_power(number: Decimal) -> str:
    """A number for Typst, in the form in which readings show it: 3.17 times 10^(−13)."""
    if not number or TINY <= float(number) < MANY:
        return exact(number)
    power = number.adjusted()
    return f"{exact(number.scaleb(-power))} times 10^({power})"


def _sign(ends: bool) -> str:
    return "approx" if ends else "="
