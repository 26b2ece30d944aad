"""One neuron's sum worked out on the digits shown: values times weights, the bias, and z.

Products are decimal arithmetic on what stands beside them, and what stands there adds up to z as
the record's own arithmetic has it: digits are added until it does, or z is rounded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np

from epochreel.numbers import MANY, TINY, compact, exact
from epochreel.record.classes import Places
from scenes.drawing.layout import Values

DIGITS_OF_Z = (3, 4, 2)  # significant ones that are tried
DIGITS = range(4, 7)  # of values and weights: more have no room beside each other
PRECISION = 60  # of the arithmetic in between
CANCELLED = 1e-3  # of the largest product: a smaller z has no digits of its own


@dataclass(frozen=True)
class Product:
    """A value times its weight.

    Attributes:
        unit: the neuron that the value comes from, from 0.
        is_exact: whether no digit of the product is missing.
    """

    unit: int
    value: Decimal
    weight: Decimal
    product: Decimal

    @property
    def is_exact(self) -> bool:
        return self.value * self.weight == self.product


@dataclass(frozen=True)
class NeuronSum:
    """What a neuron comes to, as shown.

    Attributes:
        products: those that are shown, in the order of their units.
        others: how many are not; `rest` is what they come to, so that all adds up.
        bias: None where it has none.
        z: what all that is shown adds up to; `is_exact` where no digit of it is missing.
    """

    products: tuple[Product, ...]
    others: int
    rest: Decimal
    bias: Decimal | None
    z: Decimal
    is_exact: bool


def neuron_sum(
    values: Values,
    weights: Values,
    bias: float | None,
    z: float,
    units: Sequence[int],
    most: int,
    suits: Callable[[float], bool] = lambda z: True,
) -> NeuronSum:
    """A neuron's sum on the fewest digits on which it adds up.

    Args:
        values, weights: of all that goes into it, (n,) each.
        z: what that and the bias come to.
        units: those whose products may be shown.
        most: products that have room; of more, the largest are shown.
        suits: whether what comes of z can be said to come of it as it is shown.
    """
    sizes = np.abs(values * weights)
    shown = np.sort(np.asarray(units)[np.argsort(-sizes[[*units]], kind="stable")[:most]])
    scale = max(abs(z), CANCELLED * float(sizes.max(initial=abs(bias or 0.0))))
    with localcontext(Context(prec=PRECISION)):
        tries = [
            _tried(values, weights, bias, z, shown, digits, quantum.scaleb(-finer), quantum)
            for quantum in _quanta(scale)
            for finer in (0, 1)
            for digits in DIGITS
        ]
    agreeing = [each for each, agrees in tries if agrees] or [tries[-1][0]]
    return next((each for each in agreeing if suits(float(each.z))), agreeing[0])


def shown(number: Decimal) -> str:
    """A number of a sum with all its digits; a very large or small one has a power of ten."""
    is_plain = not number or TINY <= abs(number) < MANY
    return exact(number) if is_plain else compact(number)


def _tried(
    values: Values,
    weights: Values,
    bias: float | None,
    z: float,
    shown: Places,
    digits: int,
    quantum: Decimal,
    of_z: Decimal,
) -> tuple[NeuronSum, bool]:
    """The sum on so many digits, and whether it comes to z."""
    products = []
    for unit in shown:
        value, weight = (_significant(each, digits) for each in (values[unit], weights[unit]))
        products.append(Product(int(unit), value, weight, _to(value * weight, quantum)))
    own = None if bias is None else _to(Decimal(float(bias)), quantum)
    total = sum((each.product for each in products), own or Decimal(0))
    wanted, others = _to(Decimal(float(z)), of_z), len(values) - len(products)
    rest = wanted - total if others else Decimal(0)
    comes_to = _to(total + rest, of_z)
    found = NeuronSum(tuple(products), others, rest, own, comes_to, comes_to == total + rest)
    return found, found.z == wanted


def _quanta(scale: float) -> Iterator[Decimal]:
    """Units of the last digit."""
    power = int(np.floor(np.log10(scale))) if scale else 0
    for digits in DIGITS_OF_Z:
        yield Decimal(1).scaleb(power + 1 - digits)


def _to(number: Decimal, quantum: Decimal) -> Decimal:
    return number.quantize(quantum, ROUND_HALF_EVEN) + 0  # no negative zero


def _significant(value: float, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits}g}")
