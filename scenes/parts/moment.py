"""A place between two recorded states."""

from dataclasses import dataclass

import numpy as np

from scenes.drawing.layout import Values


@dataclass(frozen=True)
class Moment:
    """A place on the way from one recorded state to the next.

    Attributes:
        before, after: their places along the recorded epochs.
        share: how much of the way is behind it.
    """

    before: int
    after: int
    share: float

    @classmethod
    def at(cls, position: float, count: int) -> "Moment":
        """The place at a position along `count` states, 0 being the first."""
        before = min(int(position), count - 1)
        return cls(before, min(before + 1, count - 1), position - before)

    @property
    def nearer(self) -> int:
        """The state whose numbers stand on the page."""
        return self.after if self.share >= 0.5 else self.before

    def between(self, states: Values, end: float = np.inf) -> Values:
        """What is between the two of the states (E, ...), cut at a scale's end to both sides.

        What leaves its scale moves to its end: else a run that diverges would leap there.
        """
        first, last = (np.clip(states[at], -end, end) for at in (self.before, self.after))
        return (1 - self.share) * first + self.share * last
