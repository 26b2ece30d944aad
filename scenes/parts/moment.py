"""A place between two recorded states."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.drawing.layout import Values


def nearest_state(position: float) -> int:
    """The state whose numbers stand on the page at a position along the states."""
    return int(position + 0.5)


@dataclass(frozen=True)
class Moment:
    """A place on the way from one recorded state to the next.

    Attributes:
        before, after: their places along the recorded epochs.
        share: how much of the way is behind it; of all samples, (n,), where each has its own.
    """

    before: int
    after: int
    share: float | Values

    @classmethod
    def at(cls, position: float, count: int) -> "Moment":
        """The place at a position along `count` states, 0 being the first."""
        before = min(int(position), count - 1)
        return cls(before, min(before + 1, count - 1), position - before)

    def of(self, sample: int) -> "Moment":
        """Where one of the samples is."""
        share = self.share if isinstance(self.share, float | int) else float(self.share[sample])
        return Moment(self.before, self.after, share)

    @property
    def nearer(self) -> int:
        """The state whose numbers stand on the page, where all samples are at one place."""
        return self.after if self.share >= 0.5 else self.before

    def nearest(self, states: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of the states (E, ...) the nearer one's values; (E, n, ...) where samples differ."""
        return np.where(self._shares(states) >= 0.5, states[self.after], states[self.before])

    def between(self, states: Values, end: float = np.inf) -> Values:
        """What is between the two of the states (E, ...), cut at a scale's end to both sides.

        What leaves its scale moves to its end: else a run that diverges would leap there.
        """
        first, last = (np.clip(states[at], -end, end) for at in (self.before, self.after))
        share = self._shares(states)
        return (1 - share) * first + share * last

    def _shares(self, states: npt.NDArray[Any]) -> float | Values:
        """The share beside what belongs to it."""
        if isinstance(self.share, float | int):
            return self.share
        return self.share.reshape(-1, *[1] * (states.ndim - 2))
