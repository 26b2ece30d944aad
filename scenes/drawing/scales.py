"""From values to places on an axis, linear or logarithmic, and its ticks."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.drawing.layout import UNIT, Values

MOST_IN_COLUMN = 4  # points of a curve that are drawn in a column of pixels: see `thinned`


@dataclass(frozen=True)
class Scale:
    """From values to a share of the axis, 0 at its start and 1 at its end."""

    low: float
    high: float
    logarithmic: bool = False

    def share(self, values: Values) -> Values:
        values = np.asarray(values, dtype=float)
        if self.logarithmic:
            floor = np.log10(np.maximum(values, self.low))
            return (floor - np.log10(self.low)) / (np.log10(self.high) - np.log10(self.low))
        return (values - self.low) / (self.high - self.low)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values along the axis; powers of ten on a logarithmic one."""
        if self.logarithmic:
            low, high = round(np.log10(self.low)), round(np.log10(self.high))
            step = max(1, -(-(high - low) // most))
            return [10.0**power for power in range(high, low - 1, -step)]
        step = nice_step(self.high - self.low, most)
        first = np.ceil(self.low / step - 1e-9)
        return [
            float(first + n) * step
            for n in range(int((self.high - first * step) / step + 1e-9) + 1)
        ]


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that cuts `span` in at most so many parts."""
    rough = span / most
    power = 10.0 ** np.floor(np.log10(rough))
    return float(next(power * n for n in (1, 2, 5, 10) if power * n >= rough * (1 - 1e-9)))


def linear_scale(values: Values, margin: float = 0.06) -> Scale:
    """A scale over all values with some air; one unit wide where they are all the same."""
    low, high = float(np.min(values)), float(np.max(values))
    air = (high - low) * margin or max(abs(low) * 0.1, 0.5)
    return Scale(low - air, high + air)


def log_scale(values: Values) -> Scale:
    """Whole powers of ten around the positive values; linear where there is none."""
    positive = np.asarray(values)[np.asarray(values) > 0]
    if not positive.size:
        return linear_scale(values)
    low, high = np.floor(np.log10(positive.min())), np.ceil(np.log10(positive.max()))
    return Scale(10.0**low, 10.0 ** max(high, low + 1), logarithmic=True)


def thinned(places: Values, column: float = 1.0) -> npt.NDArray[np.int64]:
    """Which points of a long curve make the same picture, by their numbers; all of a short one.

    Of the points that come one after the other in a column of pixels, the first, the lowest, the
    highest and the last are kept: what the line between them covers stays covered.

    Args:
        places: points of the page (n, 3).
        column: how wide a column is, in pixels.
    """
    count, across = len(places), places[:, 0] / (column * UNIT)
    if count <= MOST_IN_COLUMN * np.ptp(across):
        return np.arange(count)
    starts = np.concatenate([[0], 1 + np.flatnonzero(np.diff(np.floor(across)))])
    ends = np.concatenate([starts[1:], [count]]) - 1
    column_of = np.repeat(np.arange(len(starts)), ends - starts + 1)
    by_height = np.lexsort((places[:, 1], column_of))
    return np.unique(np.concatenate([starts, by_height[starts], by_height[ends], ends]))
