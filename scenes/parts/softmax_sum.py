"""Softmax worked out for one neuron on the digits shown: its e^z, the sum of all, and its share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np

from epochreel.numbers import MANY, approximate
from scenes.drawing.layout import Values

DIGITS = range(3, 8)  # significant ones of the sum that are tried
PRECISION = 60  # of the arithmetic in between


@dataclass(frozen=True)
class SoftmaxSum:
    """What a neuron's e^z is of that of all neurons of its layer, as shown.

    Attributes:
        units: the neurons that are shown, in order.
        powers: e^z of each of these.
        told: which of these is told of, by its place.
        others: how many are not shown; `rest` is what their e^z come to.
    """

    units: tuple[int, ...]
    powers: tuple[Decimal, ...]
    told: int
    others: int
    rest: Decimal

    @property
    def own(self) -> Decimal:
        """e^z of the neuron that is told of."""
        return self.powers[self.told]

    @property
    def total(self) -> Decimal:
        """What all that is shown adds up to."""
        return sum(self.powers, self.rest)


def softmax_sum(z: Values, unit: int, most: int) -> SoftmaxSum | None:
    """The sum on the fewest digits on which the neuron's share comes to the record's.

    Args:
        z: of all neurons of the layer, (units,).
        most: neurons that have room; of more, this one and the largest others are shown.

    Returns:
        None where it has too many digits to be read.
    """
    with np.errstate(over="ignore"):
        powers = np.exp(z)
    total = float(powers.sum())
    if not 1 / MANY < total < MANY:
        return None
    share = float(powers[unit]) / total
    units = _shown(z, unit, most)
    others = [at for at in range(len(z)) if at not in units]
    above = int(np.floor(np.log10(total))) + 1
    with localcontext(Context(prec=PRECISION)):
        for digits in DIGITS:
            quantum = Decimal(1).scaleb(min(0, above - digits))
            found = SoftmaxSum(
                units=tuple(units),
                powers=tuple(_to(float(powers[at]), quantum) for at in units),
                told=units.index(unit),
                others=len(others),
                rest=_to(float(powers[others].sum()), quantum),
            )
            if approximate(float(found.own / found.total), 3) == approximate(share, 3):
                return found
    return None


def _shown(z: Values, unit: int, most: int) -> Sequence[int]:
    by_size = [at for at in np.argsort(-z, kind="stable").tolist() if at != unit]
    return sorted([unit, *by_size[: most - 1]])


def _to(number: float, quantum: Decimal) -> Decimal:
    return Decimal(number).quantize(quantum, ROUND_HALF_EVEN)
