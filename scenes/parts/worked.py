"""A loss worked out on the digits shown: every error, its term, their sum, the mean.

What stands on the page is decimal arithmetic on what stands there, so that a student with a
pencil gets the same; where digits end it says "≈". Every value shown is one of the record, with
as many more of its digits than it prints as its term needs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Generic, Protocol, TypeVar

import numpy as np

from epochreel.record.losses import ErrorLoss
from scenes.drawing.text import Values

PRECISION = 400  # of the arithmetic in between: the digits of any two float32 and their product
SIGNIFICANT = (5, 6, 7)  # of the largest term: the fewest whose mean is near enough
MOST_OF_ERROR = 10  # significant digits of a difference
LEAST_OF_TERM = 2  # of the smallest term: none reads 0.0000
AGREEING = (6, 5, 4, 3, 2)  # significant digits of the mean, the most in which it is the loss
ENOUGH = 4  # those of captions
MOST_OF_TOTAL = 16
PLAIN = range(-2, 5)  # powers of ten of a largest term that is written without one


@dataclass(frozen=True)
class Term:
    """One output of one sample, as shown.

    Attributes:
        target, prediction: of the record, or with more of its digits.
        error: target - prediction; `error_ends` where these are not all its digits.
        value: of the term, in units of 10^exponent; `value_ends` likewise.
    """

    target: Decimal
    prediction: Decimal
    error: Decimal
    value: Decimal
    error_ends: bool
    value_ends: bool

    @property
    def ends(self) -> bool:
        """Whether digits of it are missing anywhere."""
        return self.error_ends or self.value_ends


class Part(Protocol):
    """A term as shown: its value, and whether digits of it are missing anywhere."""

    @property
    def value(self) -> Decimal: ...

    @property
    def ends(self) -> bool: ...


Shown = TypeVar("Shown", bound=Part, covariant=True)


@dataclass(frozen=True)
class Worked(Generic[Shown]):
    """One epoch's loss worked out.

    Attributes:
        terms: those that are shown.
        exponent: terms and total are in units of 10^exponent.
        count: how many terms there are.
        total: the sum of all of them as they are shown, or would be.
        sum_ends: whether digits of any of them are missing.
        recorded: the loss in the record.
        most_of_total: significant digits of the total as it is shown.
    """

    terms: tuple[Shown, ...]
    exponent: int
    count: int
    total: Decimal
    sum_ends: bool
    recorded: float
    most_of_total: int = MOST_OF_TOTAL

    @property
    def shown_total(self) -> Decimal:
        """The total, where it is very long without its last digits."""
        return self._cut(self.total)

    @property
    def others(self) -> Decimal:
        """What the terms that are not shown add to the total, as long as this at most."""
        return self._cut(self.total - sum(term.value for term in self.terms))

    def _cut(self, number: Decimal) -> Decimal:
        shown = _significant(number, self.most_of_total)
        # Zeros at the end of what is cut would say that there is nothing between.
        return shown if shown == number else Decimal(f"{shown.normalize():f}")

    @property
    def total_ends(self) -> bool:
        """Whether the shown total is not all of the sum."""
        return self.sum_ends or self.shown_total != self.total

    @property
    def agreement(self) -> int:
        """In how many significant digits the mean and the recorded loss read the same, up to 6.

        0 where they do not: the loss is so small that float32, in which it was computed, does
        not hold it.
        """
        recorded = Decimal(self.recorded)
        same = (
            digits
            for digits in AGREEING
            if _significant(self._quotient, digits) == _significant(recorded, digits)
        )
        return next(same, 0)

    @property
    def mean(self) -> Decimal:
        """The total divided by the number of terms, to the digits in which it is the loss."""
        return _significant(self._quotient, self.agreement or ENOUGH)

    @property
    def mean_ends(self) -> bool:
        """Whether the mean as shown is not all of it."""
        return self.mean * self.count != self.shown_total.scaleb(self.exponent)

    @property
    def _quotient(self) -> Decimal:
        return Context(PRECISION).divide(self.shown_total.scaleb(self.exponent), self.count)


def work_out(
    loss: ErrorLoss, targets: Values, predictions: Values, recorded: float, rows: Sequence[int]
) -> Worked[Term]:
    """Work one epoch's loss out.

    Args:
        targets: (samples, outputs).
        predictions: of the epoch, (samples, outputs).
        recorded: the epoch's loss.
        rows: which terms are shown, output by output of each sample.
    """
    pairs = np.stack([targets.ravel(), predictions.ravel()], axis=1).astype(np.float32)

    def term(row: int, exponent: int, places: int) -> Term:
        target, prediction = pairs[row]
        return _term(loss, target, prediction, exponent, places)

    return sum_up(loss.terms(targets, predictions).ravel(), recorded, rows, term)


def sum_up(
    terms: Values,
    recorded: float,
    rows: Sequence[int],
    show: Callable[[int, int, int], Shown],
    most_of_total: int = MOST_OF_TOTAL,
) -> Worked[Shown]:
    """Work a mean of terms out, with the fewest digits in which it is near enough.

    Args:
        terms: all of them, (n,).
        recorded: the loss in the record.
        rows: which terms are shown.
        show: a term as shown, by its row, the power of ten that is its unit, and how many places
            of that it has at least.
        most_of_total: significant digits of the total as it is shown.
    """
    hidden = np.delete(terms, rows)
    best: Worked[Shown] | None = None
    with localcontext(prec=PRECISION):
        largest = Decimal(float(terms.max())).adjusted() if terms.any() else 0
        exponent = 0 if largest in PLAIN else largest
        for digits in SIGNIFICANT:
            places = digits - 1 - (largest - exponent)
            shown = tuple(show(row, exponent, places) for row in rows)
            rest, rest_ends = _sum(hidden, exponent, places)
            worked = Worked(
                terms=shown,
                exponent=exponent,
                count=len(terms),
                total=sum((term.value for term in shown), rest),
                sum_ends=rest_ends or any(term.ends for term in shown),
                recorded=recorded,
                most_of_total=most_of_total,
            )
            if best is None or worked.agreement > best.agreement:
                best = worked
            if best.agreement >= ENOUGH:
                break
    assert best
    return best


def places_of(exact: Decimal, places: int) -> int:
    """How many places a term has, so that it does not read 0 where it is not."""
    return max(places, LEAST_OF_TERM - 1 - exact.adjusted()) if exact else places


def _term(
    loss: ErrorLoss, target: np.float32, prediction: np.float32, exponent: int, places: int
) -> Term:
    """The term with the fewest digits that leave its value alone, within half of its last one."""
    exact = loss.of_error(Decimal(float(target)) - Decimal(float(prediction))).scaleb(-exponent)
    unit = Decimal(1).scaleb(-places_of(exact, places))
    for shown_target, shown_prediction in readings(target, prediction):
        difference = shown_target - shown_prediction
        error = _significant(difference, MOST_OF_ERROR)
        found = loss.of_error(error).scaleb(-exponent)
        if abs(found - exact) <= unit / 2:
            break
    value = found.quantize(unit, ROUND_HALF_EVEN)
    return Term(shown_target, shown_prediction, error, value, error != difference, value != found)


def _sum(terms: Values, exponent: int, places: int) -> tuple[Decimal, bool]:
    """The sum of terms, each rounded to so many places of 10^exponent; whether one had more."""
    exact = terms / 10.0**exponent * 10.0**places
    whole = np.rint(exact)
    return Decimal(int(whole.sum())).scaleb(-places), bool((whole != exact).any())


def readings(*values: np.float32) -> Iterator[tuple[Decimal, ...]]:
    """Values as the record prints them, then with ever more digits, and last with all."""
    yield tuple(Decimal(str(value)) for value in values)
    exact = tuple(Decimal(float(value)) for value in values)
    place = max(value.adjusted() for value in exact) - 8
    while place > min(_last_place(value) for value in exact):
        unit = Decimal(1).scaleb(place)
        yield tuple(value.quantize(unit) for value in exact)
        place -= 1
    yield exact


def _last_place(value: Decimal) -> int:
    place = value.as_tuple().exponent
    assert isinstance(place, int)
    return place


def _significant(number: Decimal, digits: int) -> Decimal:
    return Context(digits, ROUND_HALF_EVEN).plus(number)
