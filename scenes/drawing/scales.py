"""From values to places on an axis, linear or logarithmic, and its ticks."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from epochreel.numbers import MINUS, SUPERSCRIPT, rounded
from scenes.drawing.layout import Values

STEPS = (1, 2, 5)  # times a power of ten: what ticks are apart, or on few decades where they are
FEW_DECADES = 2  # up to so many, a logarithmic axis need not end at powers of ten
TICK_DIGITS = 6  # a tick's at least; it has as many as tell it from its neighbours
MOST_DIGITS = 15  # of a float
ROOM_BETWEEN = 1.6  # times what first and last state take up: what the way between may take
SAME = 1e-12  # of a value: what differs by less does not differ


class Tick(NamedTuple):
    """A value on an axis with its number.

    Attributes:
        text: exact, and the only one on its axis that reads so.
        power: the exponent, where the text is a power of ten: 10⁻³.
    """

    value: float
    text: str
    power: int | None = None


@dataclass(frozen=True)
class Scale:
    """From values to a share of the axis, 0 at its start and 1 at its end.

    Attributes:
        logarithmic: equal steps are equal factors.
        whole: only whole values have ticks, as on an axis of epochs.
        zero_below: on a logarithmic axis the value below which all stands at its start, as zero.
    """

    low: float
    high: float
    logarithmic: bool = False
    whole: bool = False
    zero_below: float | None = None

    def share(self, values: Values) -> Values:
        """Where values are along the axis: less than 0 or more than 1 for those outside."""
        values = np.asarray(values, dtype=float)
        if self.logarithmic:
            floor = np.log10(np.maximum(values, self.low))
            return (floor - np.log10(self.low)) / (np.log10(self.high) - np.log10(self.low))
        return (values - self.low) / (self.high - self.low)

    def outside(self, values: Values) -> Values:
        """On which side of the axis values lie: 1 behind its end, -1 before its start, else 0."""
        shares = self.share(values)
        return np.where(shares > 1, 1, np.where(shares < 0, -1, 0))

    def ticks(self, parts: int = 6) -> list[Tick]:
        """Round values that cut the axis in about so many parts or fewer, rising; at least one.

        They are multiples of 1, 2 or 5 times a power of ten; on a logarithmic axis these values
        themselves, or where they would be too many, powers of ten.
        """
        if not self.logarithmic:
            return self._even_ticks(parts)
        if self.zero_below is not None:
            positive = replace(self, low=self.zero_below, zero_below=None)
            return [Tick(self.low, "0"), *positive.ticks(parts)]
        low, high = np.log10(self.low) - 1e-9, np.log10(self.high) + 1e-9
        decades = range(int(np.floor(low)), int(np.floor(high)) + 1)
        values = [step * 10.0**power for power in decades for step in STEPS]
        fine = [value for value in values if low <= np.log10(value) <= high]
        if len(fine) <= parts:
            return [Tick(value, rounded(value, TICK_DIGITS)) for value in fine]
        powers = [power for power in decades if power >= low]
        # From the top down, where a loss begins.
        return [_power_tick(power) for power in powers[:: -max(1, -(-len(powers) // parts))]][::-1]

    def _even_ticks(self, parts: int) -> list[Tick]:
        step = nice_step(self.high - self.low, parts)
        step = max(step, 1.0) if self.whole else step
        first, last = np.ceil(self.low / step - 1e-9), np.floor(self.high / step + 1e-9)
        if first > last:
            return self._even_ticks(parts + 1)
        last_digit = 10.0 ** np.floor(np.log10(step) + 1e-9)
        needed = int(np.log10(max(abs(first), abs(last), 1.0) * step / last_digit) + 1e-9) + 1
        digits = MOST_DIGITS if self.whole else max(TICK_DIGITS, needed)
        numbers = range(int(first), int(last) + 1)
        return [Tick(number * step, rounded(number * step, digits)) for number in numbers]


def _power_tick(power: int) -> Tick:
    exponent = str(power).replace("-", MINUS).translate(SUPERSCRIPT)
    return Tick(10.0**power, f"10{exponent}", power)


def nice_step(span: float, parts: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that cuts `span` in at most so many parts."""
    rough = span / parts
    power = 10.0 ** np.floor(np.log10(rough))
    return float(next(power * n for n in (*STEPS, 10) if power * n >= rough * (1 - 1e-9)))


def linear_scale(values: Values, margin: float = 0.06) -> Scale:
    """A scale over all values with some air; where they are all the same, a tenth to each side."""
    low, high = float(np.min(values)), float(np.max(values))
    largest = max(abs(low), abs(high))
    differ = high - low > SAME * largest
    air = (high - low) * margin if differ else largest / 10 or 0.5
    return Scale(low - air, high + air)


def states_in_view(states: Values, truth: Values) -> list[int]:
    """Which of the states (E, ...) an axis holds: all, if the way from first to last stays near.

    Where it goes far beyond both and the truth, they alone: else the end would be flat.
    """
    ends = [0, len(states) - 1]
    near = np.ptp(np.concatenate([states[ends].ravel(), truth.ravel()]))
    far = np.ptp(np.concatenate([states.ravel(), truth.ravel()]))
    return [*range(len(states))] if far <= ROOM_BETWEEN * near else ends


def epoch_scale(epochs: Values) -> Scale:
    """A scale from the first epoch to the last, or to the next where there is only one."""
    first, last = float(np.min(epochs)), float(np.max(epochs))
    return Scale(first, max(last, first + 1), whole=True)


def loss_scale(losses: Values) -> Scale:
    """The scale on which losses are best seen: what they are decides.

    Positive ones that differ by a factor of ten or more have a logarithmic one. Where some of them
    are zero, it starts with a place for zero. All others have a linear one.
    """
    losses = np.asarray(losses, dtype=float)
    positive = losses[losses > 0]
    if (losses < 0).any() or not positive.size or positive.max() < 10 * positive.min():
        return linear_scale(losses)
    decades = float(np.log10(positive.max() / positive.min()))
    steps = STEPS if decades < FEW_DECADES else STEPS[:1]
    low = max(value for value in _near(positive.min(), steps) if value <= positive.min())
    high = min(value for value in _near(positive.max(), steps) if value >= positive.max())
    scale = Scale(low, high, logarithmic=True)
    if positive.size == losses.size:
        return scale
    room = max(1.0, decades / 8)  # of the whole axis, so that zero stands apart from the rest
    return replace(scale, low=low / 10.0**room, zero_below=low)


def _near(value: float, steps: tuple[int, ...]) -> list[float]:
    """Round values around a positive one: `steps` times powers of ten."""
    power = int(np.floor(np.log10(value)))
    return [float(f"{step}e{power + more}") for more in (-1, 0, 1) for step in steps]
