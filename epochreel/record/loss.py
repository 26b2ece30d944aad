"""What every loss can tell that is worked out in NumPy: a mean of terms, and its slopes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from epochreel.record.record import Array

NEAR = 2e-4  # of a mean: what a sum of many float32 numbers, one after the other, may be off
SMALLEST = float(np.finfo(np.float32).tiny)


@dataclass(frozen=True)
class Loss(ABC):
    """A loss that is the mean of terms.

    Attributes:
        name: by Keras, as its function is called.
    """

    name: str

    @property
    def rounding(self) -> float:
        """How far Keras, which computes in float32, may be off in a term next to 0."""
        return SMALLEST

    @abstractmethod
    def terms(self, targets: Array, predictions: Array) -> Array:
        """The terms whose mean is the loss.

        Args:
            targets: (samples, outputs), read as the float32 that Keras computed with.
            predictions: likewise, of the same shape.

        Returns:
            (samples, outputs), or (samples, 1) where all outputs make one term; in float64.
        """

    @abstractmethod
    def slopes(self, targets: Array, predictions: Array) -> Array:
        """How fast the loss rises with each prediction: its gradient.

        Args:
            targets: (samples, outputs).
            predictions: likewise, of the same shape; taken as they are.

        Returns:
            (samples, outputs).
        """

    def mean(self, targets: Array, predictions: Array) -> float:
        """The loss: the mean over all terms."""
        return float(self.terms(targets, predictions).mean())

    def gives(self, recorded: float, targets: Array, predictions: Array) -> bool:
        """Whether a recorded loss is this mean, as far as float32 goes.

        It is not where samples had weights, or the loss only has this name.
        """
        mean = self.mean(targets, predictions)
        return abs(recorded - mean) <= NEAR * mean + self.rounding


def in_float32(values: Array) -> Array:
    """The float32 numbers that a record's digits stand for, in float64: 0.1 as 0.10000000149."""
    return values.astype(np.float32).astype(np.float64)
