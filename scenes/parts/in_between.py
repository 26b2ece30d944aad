"""What a network says in some of its recorded states, and between two of them."""

from collections.abc import Callable

import numpy as np

from scenes.drawing.layout import Values
from scenes.drawing.motion import Epochs, position_in_sweep


class InBetween:
    """Values of the states that a sweep through all of them passes, and on the way values between.

    Early states differ most and stand longer, so that more of them are asked for.

    Args:
        epochs: those that were recorded, (E,).
        most: for how many of them values are asked for.
        ask: the values of a state by its number; all have one shape.
    """

    def __init__(self, epochs: Epochs, most: int, ask: Callable[[int], Values]) -> None:
        shares = np.linspace(0, 1, most)
        passed = {position_in_sweep(epochs, share) for share in shares}
        self._states = np.array(sorted(passed))
        self._values = [ask(int(state)) for state in self._states]

    def at(self, progress: float) -> Values:
        """The values where so many states have passed."""
        behind = int(np.searchsorted(self._states, progress + 1e-9, side="right")) - 1
        ahead = min(behind + 1, len(self._states) - 1)
        span = self._states[ahead] - self._states[behind]
        share = (progress - self._states[behind]) / span if span else 0.0
        return (1 - share) * self._values[behind] + share * self._values[ahead]
