"""A cross-entropy worked out on the digits shown: −ln of each probability, their sum, the mean.

As with errors, a student with a pencil gets what stands on the page; see `worked`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np

from epochreel.record.cross_entropy import CrossEntropy
from scenes.drawing.text import Values
from scenes.parts.worked import Worked, places_of, readings, sum_up

FEWEST, MOST = 4, 40  # significant digits of a probability that no record holds
MOST_OF_TOTAL = 8  # significant digits: terms next to 0 have many places, and add nothing
NEXT_TO_ONE = Decimal("1e-6")  # nearer than this a probability is written as 1 less what is left
EXACT = 60  # digits of a probability, enough that 1 less it keeps what is left


@dataclass(frozen=True)
class LogTerm:
    """−ln of the probability that what is true was given, as shown.

    Attributes:
        given: that probability, or where it is `from_one`, the probability of all else.
        value: of the term, in units of 10^exponent.
        ends: whether digits of the value are missing.
    """

    given: Decimal
    from_one: bool
    value: Decimal
    ends: bool


@dataclass(frozen=True)
class _Given:
    """A probability before it has lost digits: what the record holds of it, or all of it."""

    recorded: np.float32 | None
    exact: Decimal
    from_one: bool

    def readings(self) -> Iterator[Decimal]:
        """It with ever more digits."""
        if self.recorded is not None:
            for (reading,) in readings(self.recorded):
                yield reading
            return
        for digits in range(FEWEST, MOST + 1):
            yield Context(digits, ROUND_HALF_EVEN).plus(self.exact)

    def probability(self, reading: Decimal) -> Decimal:
        return 1 - reading if self.from_one else reading


def work_out_logs(
    loss: CrossEntropy, targets: Values, predictions: Values, recorded: float, rows: Sequence[int]
) -> Worked[LogTerm]:
    """Work one epoch's cross-entropy out, which is plain.

    Args:
        targets: (samples, outputs) of 0 and 1.
        predictions: of the epoch, (samples, outputs).
        recorded: the epoch's loss.
        rows: which terms are shown: of samples, or output by output of each sample.
    """
    terms = loss.terms(targets, predictions)
    found = [*_found(loss, targets, predictions, terms)]

    def term(row: int, exponent: int, places: int) -> LogTerm:
        return _term(loss, found[row], exponent, places)

    return sum_up(terms.ravel(), recorded, rows, term, MOST_OF_TOTAL)


def _found(
    loss: CrossEntropy, targets: Values, predictions: Values, terms: Values
) -> Iterator[_Given]:
    """What each term has the logarithm of."""
    single = predictions.astype(np.float32)
    if terms.shape == targets.shape:
        untrue = targets == 0
    else:  # one term for each sample, of the output that is true
        single = (single * targets).sum(axis=1, keepdims=True, dtype=np.float32)
        untrue = np.zeros(terms.shape, dtype=bool)
    wide = single.astype(float)
    is_kept = loss.probabilities(targets, predictions) == np.where(untrue, 1 - wide, wide)
    for term, value, less, kept in zip(
        terms.ravel(), single.ravel(), untrue.ravel(), is_kept.ravel()
    ):
        if kept and not loss.from_logits:
            yield _Given(value, Decimal(float(value)), bool(less))
        else:
            yield _of_term(term)


def _of_term(term: float) -> _Given:
    """The probability of a term, where the record holds none: of logits, or clipped."""
    with localcontext(prec=EXACT):
        probability = (-Decimal(float(term))).exp()
        rest = 1 - probability
    from_one = 0 < rest < NEXT_TO_ONE
    return _Given(None, rest if from_one else probability, from_one)


def _term(loss: CrossEntropy, given: _Given, exponent: int, places: int) -> LogTerm:
    """The term with the fewest digits that leave its value alone, within half of its last one."""
    exact = loss.of_probability(given.probability(given.exact)).scaleb(-exponent)
    unit = Decimal(1).scaleb(-places_of(exact, places))
    for reading in given.readings():
        found = loss.of_probability(given.probability(reading)).scaleb(-exponent)
        if abs(found - exact) <= unit / 2:
            break
    value = found.quantize(unit, ROUND_HALF_EVEN)
    return LogTerm(reading, given.from_one, value, value != found)
