"""The mean squared error worked out on the digits shown: differences, squares, sum, mean.

Everything is decimal arithmetic on what stands on the page, so a student with a pencil gets the
same total.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from epochreel.numbers import MINUS, printed, read
from scenes.drawing.text import Values

PLACES = 4  # decimals of a square as shown


@dataclass(frozen=True)
class Squares:
    """The squares of one epoch as shown, in units of 10^exponent."""

    terms: tuple[str, ...]  # "(−19.4 − (−19))²", one per sample
    squares: tuple[Decimal, ...]
    exponent: int

    @property
    def total(self) -> Decimal:
        """The sum of the squares as shown: exact."""
        return sum(self.squares, Decimal(0))

    @property
    def mean(self) -> Decimal:
        """The total divided by the number of terms, to two digits more than a square."""
        quotient = self.total / len(self.squares)
        return quotient.quantize(Decimal(1).scaleb(-PLACES - 2), ROUND_HALF_EVEN)

    @property
    def mean_is_exact(self) -> bool:
        return self.mean * len(self.squares) == self.total


def work_out(predictions: Values, targets: Values) -> Squares:
    """Square every difference of the digits shown; both (samples,)."""
    shown = [(printed(p), printed(y)) for p, y in zip(predictions, targets)]
    exact = [(read(p) - read(y)) ** 2 for p, y in shown]
    largest = max(exact)
    # A common unit that leaves the largest square between 1 and 1000; 1 where it does already.
    exponent = 0
    if largest and not 1 <= largest < 100_000:
        exponent = 3 * (largest.adjusted() // 3)
    unit = Decimal(1).scaleb(-PLACES)
    squares = tuple((x.scaleb(-exponent)).quantize(unit, ROUND_HALF_EVEN) for x in exact)
    return Squares(tuple(_term(p, y) for p, y in shown), squares, exponent)


def _term(prediction: str, target: str) -> str:
    second = f"({target})" if target.startswith(MINUS) else target
    return f"({prediction} {MINUS} {second})²"
