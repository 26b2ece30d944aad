"""Numbers as text: the one place that turns a number into what stands on a page or is said.

All but code share one minus sign, have no negative zero, and write a power of ten as Keras prints
it, less its plus: `1.5e06`. Numbers are finite.
"""

import re
from decimal import Decimal

import numpy as np

MINUS = "\N{MINUS SIGN}"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
SUPERSCRIPT = str.maketrans(f"0123456789{MINUS}", RAISED)
LEVEL = str.maketrans(RAISED, f"0123456789{MINUS}")
SPOKEN_POWER = re.compile(f" × 10([{RAISED}]+)")
MOST_DECIMALS = 8  # numpy's and Keras' print of a float32
TINY = 1e-4  # below it a reading, such as the loss, is written with a power of ten


def printed(value: float, decimals: int = MOST_DECIMALS, tiny: float = 0.0) -> str:
    """A float32 with the digits Keras prints: as many as tell it apart, at most `decimals`.

    Values of a million and more, and those below `tiny`, get a power of ten.
    """
    if abs(value) >= 1e6 or 0 < abs(value) < tiny:
        return _written(f"{value:.{min(decimals, 5)}e}")
    digits = np.format_float_positional(
        np.float32(value), precision=decimals, unique=True, fractional=True, trim="-"
    )
    return _written(digits)


def rounded(value: float, digits: int = 4) -> str:
    """A number of so many significant digits, without needless ones: 1.1e−21."""
    return _written(f"{value:.{digits}g}")


def spoken(value: float, digits: int = 4) -> str:
    """The same as a caption says it: 1.1e−21 as 1.1 × 10⁻²¹."""
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    times = f" × 10{_written(str(int(power))).translate(SUPERSCRIPT)}" if power else ""
    return _written(mantissa) + times


def as_on_a_page(caption: str) -> str:
    """A caption with its numbers written as pages write them: 1.1 × 10⁻²¹ as 1.1e−21."""
    return SPOKEN_POWER.sub(lambda found: f"e{found[1].translate(LEVEL)}", caption)


def exact(number: Decimal) -> str:
    """A decimal with all its digits, and no power of ten."""
    return _written(f"{number:f}")


def read(text: str) -> Decimal:
    """The very number that such a text shows, but for those of captions and code."""
    return Decimal(text.replace(MINUS, "-"))


def in_code(value: float | str) -> str:
    """A setting as Python code says it: 0.1, 1e-07, True."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _written(text: str) -> str:
    return "0" if text == "-0" else text.replace("e+", "e").replace("-", MINUS)
