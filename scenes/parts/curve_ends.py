"""Where curves end, in numbers right of their plane."""

from collections.abc import Sequence

import numpy as np

from epochreel.numbers import rounded
from scenes.drawing.layout import SMALL, pixels
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.parts.axes import Plane

BESIDE, PITCH = 12, 32  # pixels from the plane to a number, and from one number to the next


def values_at_ends(plane: Plane, ends: Sequence[tuple[float, str]]) -> list[Label]:
    """The last value of each curve as high as the curve ends, or next to where others stand.

    Args:
        ends: each curve's value and its colour; one that is not finite has no number.
    """
    area, labels, free = plane.region, [], -np.inf
    drawn = [(pixels(plane.at(plane.x.high, value))[1], value, color) for value, color in ends]
    for y, value, color in sorted(drawn):
        if np.isfinite(y):
            free = max(y, free + PITCH)
            label = Label(rounded(value), SMALL, color)
            labels.append(label.put(area.right + BESIDE, free + CAP_HEIGHT * SMALL / 2))
    return labels
