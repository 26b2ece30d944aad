"""A loss worked out on the digits shown: every error, its term, their sum, the mean.

What stands on the page is decimal arithmetic on what stands there, so that a student with a
pencil gets the same; where digits end it says "≈". Every value shown is one of the record, with
as many more of its digits than it prints as its term needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np

from epochreel.record.losses import Loss
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


@dataclass(frozen=True)
class Worked:
    """One epoch's loss worked out.

    Attributes:
        terms: those that are shown.
        exponent: terms and total are in units of 10^exponent.
        count: how many terms there are.
        total: the sum of all of them as they are shown, or would be.
        sum_ends: whether digits of any of them are missing.
        recorded: the loss in the record.
    """

    terms: tuple[Term, ...]
    exponent: int
    count: int
    total: Decimal
    sum_ends: bool
    recorded: float

    @property
    def shown_total(self) -> Decimal:
        """The total, where it is very long without its last digits."""
        shown = _significant(self.total, MOST_OF_TOTAL)
        # Zeros at the end of what is cut would say that there is nothing between.
        return shown if shown == self.total else Decimal(f"{shown.normalize():f}")

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
    loss: Loss, targets: Values, predictions: Values, recorded: float, rows: Sequence[int]
) -> Worked:
    """Work one epoch's loss out.

    Args:
        targets: (samples, outputs).
        predictions: of the epoch, (samples, outputs).
        recorded: the epoch's loss.
        rows: which terms are shown, output by output of each sample.
    """
    pairs = np.stack([targets.ravel(), predictions.ravel()], axis=1).astype(np.float32)
    terms = loss.terms(targets, predictions).ravel()
    hidden = np.delete(terms, rows)
    best: Worked | None = None
    with localcontext(prec=PRECISION):
        largest = Decimal(float(terms.max())).adjusted() if terms.any() else 0
        exponent = 0 if largest in PLAIN else largest
        for digits in SIGNIFICANT:
            places = digits - 1 - (largest - exponent)
            shown = tuple(
                _term(loss, target, prediction, exponent, places)
                for target, prediction in pairs[rows]
            )
            rest, rest_ends = _sum(hidden, exponent, places)
            worked = Worked(
                terms=shown,
                exponent=exponent,
                count=len(terms),
                total=sum((term.value for term in shown), rest),
                sum_ends=rest_ends or any(term.ends for term in shown),
                recorded=recorded,
            )
            if best is None or worked.agreement > best.agreement:
                best = worked
            if best.agreement >= ENOUGH:
                break
    assert best
    return best


def _term(
    loss: Loss, target: np.float32, prediction: np.float32, exponent: int, places: int
) -> Term:
    """The term with the fewest digits that leave its value alone, within half of its last one."""
    exact = loss.of_error(Decimal(float(target)) - Decimal(float(prediction))).scaleb(-exponent)
    if exact:
        places = max(places, LEAST_OF_TERM - 1 - exact.adjusted())
    unit = Decimal(1).scaleb(-places)
    for shown_target, shown_prediction in _readings(target, prediction):
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


def _readings(target: np.float32, prediction: np.float32) -> Iterator[tuple[Decimal, Decimal]]:
    """Two values as the record prints them, then with ever more digits, and last with all."""
    yield Decimal(str(target)), Decimal(str(prediction))
    exact = Decimal(float(target)), Decimal(float(prediction))
    place = max(value.adjusted() for value in exact) - 8
    while place > min(_last_place(value) for value in exact):
        unit = Decimal(1).scaleb(place)
        yield exact[0].quantize(unit), exact[1].quantize(unit)
        place -= 1
    yield exact


def _last_place(value: Decimal) -> int:
    place = value.as_tuple().exponent
    assert isinstance(place, int)
    return place


def _significant(number: Decimal, digits: int) -> Decimal:
    return Context(digits, ROUND_HALF_EVEN).plus(number)
