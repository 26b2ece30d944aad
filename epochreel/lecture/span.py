"""The x of a rule: from start in steps up to, but not including, stop.

A lecturer who writes start = 1, stop = 1.3, step = 0.1 means 1, 1.1 and 1.2. In binary the step
is a little more than 0.1 and the range a little more than three of them, so all of this is
arithmetic on the decimals that were written.
"""

import math
from fractions import Fraction


def span_length(start: float, stop: float, step: float) -> int:
    """How many steps there are from start to before stop; none or fewer where stop is not above."""
    return math.ceil((_decimal(stop) - _decimal(start)) / _decimal(step))


def span(start: float, stop: float, step: float) -> list[float]:
    """Every x, each the float nearest to its decimal: 0.3, and not 0.1 + 0.2."""
    first, gap = _decimal(start), _decimal(step)
    whole = math.lcm(first.denominator, gap.denominator)
    offset, each = int(first * whole), int(gap * whole)
    return [(offset + number * each) / whole for number in range(span_length(start, stop, step))]


def _decimal(number: float) -> Fraction:
    return Fraction(repr(number))
