"""Numbers as text: the one place that turns a number into what stands on a page or is said.

All but code share one minus sign, have no negative zero, and write a power of ten as Keras prints
it, less its plus: `1.5e06`. Numbers are finite.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

import numpy as np
import numpy.typing as npt

MINUS = "\N{MINUS SIGN}"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
SUPERSCRIPT = str.maketrans(f"0123456789{MINUS}", RAISED)
LEVEL = str.maketrans(RAISED, f"0123456789{MINUS}")
SPOKEN_POWER = re.compile(f" × 10([{RAISED}]+)")
NEGATIVE_POWER = re.compile(f"⁻[{RAISED}]+")
MOST_DECIMALS = 8  # numpy's and Keras' print of a float32
MOST_IN_MANTISSA = 5
MANY = 1e6  # from it on a number is written with a power of ten
TINY = 1e-4  # below it a reading, such as the loss, is written with a power of ten
SMALL = 1e-6  # below it a column is: MOST_DECIMALS would leave it two digits
NEGLIGIBLE = 1e-6  # of a column's largest number: below it float32 itself has no digits left


class Powers(StrEnum):
    """Which numbers of a place have a power of ten."""

    NONE = "none"
    ALL = "all"
    EACH = "each"  # those that need one


@dataclass(frozen=True)
class Notation:
    """How the numbers of one place are written.

    Numbers of a column or a matrix are compared with each other, so all of them have a power of
    ten or none has, at every epoch. A reading such as the loss stands alone, and falls from
    hundreds to 1e−13: each of its values has a power of ten if it needs one.

    Attributes:
        decimals: digits behind the point: at most so many, or in a power's mantissa just as many.
    """

    decimals: int = MOST_DECIMALS
    powers: Powers = Powers.NONE

    def text(self, value: float) -> str:
        """A value in this notation."""
        if self.powers is Powers.EACH:
            return printed(value, self.decimals, TINY)
        if self.powers is Powers.NONE:
            return _without_power(value, self.decimals)
        return _written(f"{value:.{self.decimals}e}") if value else "0"


READING = Notation(powers=Powers.EACH)


def notations(
    values: npt.NDArray[np.float64],
    standing: npt.NDArray[np.float64] | None = None,
    decimals: int | None = None,
) -> Iterator[Notation]:
    """The notations in which all numbers of a column can be written, the most exact one first.

    In those without a power of ten no number that stands still reads 0 unless it is 0 or
    negligible beside the largest, but where a lecture asks for so few decimals.

    Args:
        values: every one that will ever stand there.
        standing: those that stand still, by default all. They alone say that numbers are too
            small: a weight that changes its sign is tiny for a thirtieth of a second, and is
            no reason to write all others with powers of ten for a whole film.
        decimals: at most so many, as a lecture asks.
    """
    still = np.abs(values if standing is None else standing)
    still = still[still > 0]
    smallest, largest = (float(still.min()), float(still.max())) if still.size else (1.0, 1.0)
    seen = max(smallest, NEGLIGIBLE * largest)
    never_zero = seen if decimals is None else largest
    most = MOST_DECIMALS if decimals is None else decimals
    if np.abs(values).max() < MANY and (decimals is not None or seen >= SMALL):
        for places in range(most, -1, -1):
            if never_zero * 10**places > 0.5:
                yield Notation(places)
    for places in range(min(most, _mantissa(values)), -1, -1):
        yield Notation(places, Powers.ALL)


def printed(value: float, decimals: int = MOST_DECIMALS, tiny: float = 0.0) -> str:
    """A float32 with the digits Keras prints: as many as tell it apart, at most `decimals`.

    Values of a million and more, and those below `tiny`, get a power of ten.
    """
    if abs(value) >= MANY or 0 < abs(value) < tiny:
        return _written(f"{value:.{min(decimals, MOST_IN_MANTISSA)}e}")
    return _without_power(value, decimals)


def rounded(value: float, digits: int = 4) -> str:
    """A number of so many significant digits, without needless ones: 1.1e−21."""
    return _written(f"{value:.{digits}g}")


def approximate(value: float, digits: int) -> str:
    """A number of so many significant digits, with zeros where more follow: 0.360 for 0.3602."""
    short = f"{value:.{digits}g}"
    return _written(short if float(short) == value else f"{value:#.{digits}g}".rstrip("."))


def spoken(value: float, digits: int = 4) -> str:
    """The same as a caption says it: 1.1e−21 as 1.1 × 10⁻²¹."""
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    times = f" × 10{_written(str(int(power))).translate(SUPERSCRIPT)}" if power else ""
    return _written(mantissa) + times


def percent(share: float) -> str:
    """A share of a whole, in percent: 0.125 as 12.5 %."""
    return f"{rounded(100 * share, 3)} %"


def as_on_a_page(caption: str) -> str:
    """A caption with its numbers written as pages write them: 1.1 × 10⁻²¹ as 1.1e−21.

    Another negative power, x⁻², becomes x^(−2): the fonts of pages have no raised minus.
    """
    caption = SPOKEN_POWER.sub(lambda found: f"e{found[1].translate(LEVEL)}", caption)
    return NEGATIVE_POWER.sub(lambda found: f"^({found[0].translate(LEVEL)})", caption)


def exact(number: Decimal) -> str:
    """A decimal with all its digits, and no power of ten."""
    return _written(f"{number:f}")


def compact(number: Decimal) -> str:
    """A decimal with all its digits but needless zeros: 1548145.93, and 1.5e06 where shorter.

    As in `printed`, none from TINY up to a million has a power of ten.
    """
    plain = _written(_trimmed(f"{number:f}"))
    if not number or TINY <= float(abs(number)) < MANY:
        return plain
    mantissa, _, power = f"{number:e}".partition("e")
    powered = _written(f"{_trimmed(mantissa)}e{int(power):+03}")
    return plain if len(plain) <= len(powered) else powered


def ranges(whole: Sequence[int]) -> list[str]:
    """Whole numbers in rising order, three and more in a row as a range: 0–5 and 500."""
    runs: list[list[int]] = []
    for number in whole:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return [*chain.from_iterable(told)]


def read(text: str) -> Decimal:
    """The very number that such a text shows, but for those of captions and code."""
    return Decimal(text.replace(MINUS, "-"))


def in_code(value: float | str) -> str:
    """A setting as Python code says it: 0.1, 1e-07, True."""
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_power(value: float, decimals: int) -> str:
    digits = np.format_float_positional(
        np.float32(value), precision=decimals, unique=True, fractional=True, trim="-"
    )
    return _written(digits)


def _mantissa(values: npt.NDArray[np.float64]) -> int:
    """How many digits behind the mantissa's point all values need, and MOST_IN_MANTISSA at most."""
    needed = 0
    for value in values.ravel():
        text = np.format_float_scientific(np.float32(value), unique=True, trim="-")
        needed = max(needed, len(text.partition("e")[0].partition(".")[2]))
        if needed >= MOST_IN_MANTISSA:
            return MOST_IN_MANTISSA
    return needed


def _written(text: str) -> str:
    return "0" if text == "-0" else text.replace("e+", "e").replace("-", MINUS)
