"""One epoch's loss worked out on a card: its terms, what each comes to, the sum and the mean."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from manim import MathTypst, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.numbers import MANY, TINY, compact, exact
from epochreel.record.classes import Classes
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, UNIT, Region, point
from scenes.drawing.text import Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.columns import HEADING_HEIGHT, Rows
from scenes.parts.formula import formula
from scenes.parts.page import card
from scenes.parts.worked import Worked
from scenes.parts.worked_lines import GAP, WorkedLine, places_of_lines
from scenes.parts.worth_showing import wrong_of_each

PITCH = 33  # from one term to the next, in pixels
HEAD, FOOT = 72, 196  # pixels above the terms and below them
TITLE = 48  # pixels from the top to the base line of the card's name
INSET = 24
SUM = 34  # font size of the formulas below the terms


def rows_of(count: int, region: Region, classes: Classes | None = None) -> Rows:
    """Which of so many terms a card in the region shows, and where.

    Args:
        classes: of the samples, each of which then has one term; some of each class are shown, and
            of these the ones that are wrong in the end, which make most of the loss.
    """
    top, bottom = region.top + HEAD, region.bottom - FOOT
    column = Region(0, top - HEADING_HEIGHT, 0, bottom)
    rows = Rows(count, column, pitch=PITCH)
    if rows.gap_after is None or classes is None:
        return rows
    chosen = wrong_of_each(classes, len(rows.samples))
    return Rows(count, column, pitch=PITCH, chosen=chosen, gap_below=True)


def lines_in(region: Region) -> Region:
    """Where a card in the region has its terms, from its left to its right."""
    return region.inset(INSET / 2, 0)


class WrittenLoss(Protocol):
    """How a loss is written: what stands before its equals sign, and the sum of its terms."""

    @property
    def symbol(self) -> str: ...

    def total(self, count: str, theme: Theme) -> str: ...


class Evaluation:
    """A loss worked out, as mobjects that a scene shows one after the other.

    Args:
        lines: of the terms that are shown.

    Attributes:
        frame: the card, and what it is called.
        terms: each with its numbers put in.
        given: these, and in its place among them how many are left out.
        values: what each comes to, with signs and errors: `results` and what is `between`.
        unit: of all values, where they have one.
        total: the sum of the terms.
        mean: the sum divided by how many they are, and what the record has if that differs.
    """

    def __init__(
        self,
        text: WrittenLoss,
        worked: Worked[Any],
        lines: Sequence[WorkedLine],
        head: str,
        region: Region,
        rows: Rows,
        words: Words,
        theme: Theme,
    ) -> None:
        inner = region.inset(INSET, 0)
        title = Label(head, BODY, theme.accent, weight=BOLD).put(inner.left, inner.top + TITLE)
        self.frame = VGroup(card(region, theme), title)
        places = places_of_lines(lines, lines_in(region))
        for line, base in zip(lines, rows.bases):
            line.put(places, base)
        self.terms = VGroup(*[line.term for line in lines])
        self.values = VGroup(*[line.comes_to for line in lines])
        self.unit = _unit(worked.exponent, inner, theme)
        self.results = [line.value for line in lines]
        self.between = [part for line in lines for part in line.comes_to if part is not line.value]
        self.given: list[VMobject] = [*self.terms]
        if rows.gap_after is not None:
            note = words(
                "{shown} of {count} terms, the others: {sum}",
                shown=len(lines),
                count=worked.count,
                sum=compact(worked.others),
            )
            told = one_line(note, SMALL, theme.faint, inner.width - 4 * GAP, note)
            left = inner.x - told.width_px / 2
            told.put(left + GAP, rows.bases[rows.gap_after] + rows.pitch)
            left_out = VGroup(rows.ellipsis(left - GAP, theme.ink), told)
            self.given.insert(rows.gap_after + 1, left_out)
        foot = Region(inner.left, region.bottom - FOOT, inner.right, region.bottom - 4)
        self._sum_up(worked, text, foot, words, theme)

    def _sum_up(
        self, worked: Worked[Any], text: WrittenLoss, foot: Region, words: Words, theme: Theme
    ) -> None:
        if worked.agreement:
            rows = foot.rows((1.2, 1), gap=0)
        else:  # formulas fill their rows, and stay clear of what is above them
            lower = Region(foot.left, foot.top + 6, foot.right, foot.bottom)
            rows = lower.rows((1.2, 0.9, 0.5), gap=3)
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


def _unit(exponent: int, inner: Region, theme: Theme) -> VGroup:
    """The power of ten that all values have left out, above them."""
    if not exponent:
        return VGroup()
    unit = formula(f"times 10^({exponent})", BODY, theme.loss)
    x, y = inner.right - unit.width / UNIT / 2, inner.top + TITLE - 12
    return VGroup(unit.move_to(point(x, y)))


def _fitted(mobject: MathTypst, row: Region) -> MathTypst:
    """A formula in the middle of a row, no larger than it."""
    fits = min(row.width / mobject.width, row.height / mobject.height) * UNIT
    return mobject.scale(min(1.0, fits)).move_to(row.center)


def _with_power(number: Decimal) -> str:
    """A number for Typst, in the form in which readings show it: 3.17 times 10^(−13)."""
    if not number or TINY <= float(number) < MANY:
        return exact(number)
    power = number.adjusted()
    return f"{exact(number.scaleb(-power))} times 10^({power})"


def _sign(ends: bool) -> str:
    return "approx" if ends else "="
