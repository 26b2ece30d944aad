"""Cross-entropies: −ln of the probability that a network gave to what is true.

Predictions are probabilities, or the logits that become such. Keras takes no probability for
nearer to 0 or to 1 than 1e-7, so that every logarithm is finite. But where the network's last step
is the sigmoid or the softmax that such a loss is made for, it goes back to the logits before that
step, and what it comes to is the logarithm of the probability as it is.
"""

from abc import abstractmethod
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import ClassVar, Self, cast

import numpy as np

from epochreel.record.activations import ACTIVATIONS, Activation
from epochreel.record.loss import SMALLEST, Loss, in_float32
from epochreel.record.record import Array

LEAST, MOST = float(np.float32(1e-7)), float(np.float32(1 - 1e-7))
STEP = 2.0**-24  # of a float32 next to 1: what is left of a probability that reads 1
DIGITS = 40  # of an exact logarithm
_sigmoid, _softmax = ACTIVATIONS["sigmoid"].of, ACTIVATIONS["softmax"].of


@dataclass(frozen=True)
class CrossEntropy(Loss):
    """A mean of logarithms of probabilities.

    Attributes:
        from_logits: whether predictions are logits.
        label_smoothing: how much of the truth is shared out among all classes.
        clips: whether it keeps probabilities away from 0 and 1.
    """

    made_for: ClassVar[Activation]  # the activation before it

    from_logits: bool = False
    label_smoothing: float = 0.0
    clips: bool = True

    @property
    def rounding(self) -> float:
        """A probability next to 1 is so far from it, or some of that, in float32."""
        return 2.0**-22

    def terms(self, targets: Array, predictions: Array) -> Array:
        return self._terms(self._smoothed(in_float32(targets)), in_float32(predictions))

    def slopes(self, targets: Array, predictions: Array) -> Array:
        return self._slopes(self._smoothed(targets), predictions)

    @abstractmethod
    def probabilities(self, targets: Array, predictions: Array) -> Array:
        """What the network gave to what is true: for each term one probability.

        Args:
            targets: (samples, outputs) of 0 and 1.
            predictions: likewise, read as the float32 that Keras computed with.

        Returns:
            Of the shape of `terms`. Each term is −ln of it where `is_plain`.
        """

    def is_plain(self, targets: Array) -> bool:
        """Whether each term is −ln of one probability: what is true, is so wholly."""
        return not self.label_smoothing and bool(np.isin(targets, (0, 1)).all())

    def of_probability(self, probability: Decimal) -> Decimal:
        """−ln of a probability above 0, to 40 digits."""
        with localcontext(prec=DIGITS):
            return -probability.ln()

    def of_logits(self) -> Self:
        """The same loss of logits."""
        return replace(self, from_logits=True)

    def after(self, activation: Activation | None) -> Self:
        """The loss of a network whose last step is that activation, or one that is not known."""
        if activation is not self.made_for:
            return self
        return replace(self, from_logits=False, clips=False)

    @abstractmethod
    def _smoothed(self, targets: Array) -> Array:
        """Targets as they count."""

    @abstractmethod
    def _terms(self, targets: Array, predictions: Array) -> Array: ...

    @abstractmethod
    def _slopes(self, targets: Array, predictions: Array) -> Array: ...


class BinaryCrossEntropy(CrossEntropy):
    """Of outputs that each say how probable one thing is: one term for every output."""

    made_for = ACTIVATIONS["sigmoid"]

    def probabilities(self, targets: Array, predictions: Array) -> Array:
        return np.where(targets == 1, *self._shares(in_float32(predictions)))

    def _smoothed(self, targets: Array) -> Array:
        return targets * (1 - self.label_smoothing) + self.label_smoothing / 2

    def _terms(self, targets: Array, predictions: Array) -> Array:
        if self.from_logits:
            yes, no = np.logaddexp(0, -predictions), np.logaddexp(0, predictions)
        else:
            yes, no = (-np.log(shares) for shares in self._shares(predictions))
        return targets * yes + (1 - targets) * no

    def _slopes(self, targets: Array, predictions: Array) -> Array:
        if self.from_logits:
            return (_sigmoid(predictions) - targets) / targets.size
        yes, no = self._shares(predictions)
        slopes = ((1 - targets) / no - targets / yes) / targets.size
        return slopes * _moves(predictions) if self.clips else slopes

    def _shares(self, predictions: Array) -> tuple[Array, Array]:
        """How probable it is, and how probable it is not."""
        if self.from_logits:
            return _sigmoid(predictions), _sigmoid(-predictions)
        if self.clips:
            shares = np.clip(predictions, LEAST, MOST)
            return shares, 1 - shares
        return np.maximum(predictions, SMALLEST), np.maximum(1 - predictions, STEP)


class CategoricalCrossEntropy(CrossEntropy):
    """Of outputs that share one probability among classes: one term for every sample."""

    made_for = ACTIVATIONS["softmax"]

    def probabilities(self, targets: Array, predictions: Array) -> Array:
        return _sums(targets * self._shares(in_float32(predictions)))

    def _smoothed(self, targets: Array) -> Array:
        share: float = self.label_smoothing / targets.shape[1]
        return targets * (1 - self.label_smoothing) + share

    def _terms(self, targets: Array, predictions: Array) -> Array:
        if self.from_logits:
            top = predictions - predictions.max(axis=1, keepdims=True)
            logarithms = top - np.log(_sums(np.exp(top)))
        else:
            logarithms = np.log(self._shares(predictions))
        return -_sums(targets * logarithms)

    def _slopes(self, targets: Array, predictions: Array) -> Array:
        if self.from_logits:
            slopes = _softmax(predictions) - targets
        elif self.clips:
            slopes = self._slopes_of_clipped(targets, predictions)
        else:
            slopes = -targets / self._shares(predictions)
        return slopes / len(targets)

    def _shares(self, predictions: Array) -> Array:
        """How probable each class is."""
        if self.from_logits:
            return _softmax(predictions)
        return self._clipped(predictions) if self.clips else np.maximum(predictions, SMALLEST)

    def _clipped(self, predictions: Array) -> Array:
        # Other activations than the softmax, and rounding, leave a sum beside 1.
        return np.clip(predictions / _sums(predictions), LEAST, MOST)

    def _slopes_of_clipped(self, targets: Array, predictions: Array) -> Array:
        shares = predictions / _sums(predictions)
        by_share = -targets / np.clip(shares, LEAST, MOST) * _moves(shares)
        return (by_share - _sums(by_share * shares)) / _sums(predictions)


class SparseCategoricalCrossEntropy(CategoricalCrossEntropy):
    """The same of targets that Keras gets as the numbers of classes.

    Here they are rows of 0 and 1 all the same. It clips before it divides by the sum.
    """

    def _clipped(self, predictions: Array) -> Array:
        clipped = np.clip(predictions, LEAST, MOST)
        return clipped / _sums(clipped)

    def _slopes_of_clipped(self, targets: Array, predictions: Array) -> Array:
        clipped = np.clip(predictions, LEAST, MOST)
        return (1 / _sums(clipped) - targets / clipped) * _moves(predictions)


def _sums(values: Array) -> Array:
    """Of each row, (n, 1)."""
    return cast(Array, values.sum(axis=1, keepdims=True))


def _moves(probabilities: Array) -> Array:
    """1 where a clipped probability still moves with what it is clipped from, else 0."""
    return np.where((probabilities >= LEAST) & (probabilities <= MOST), 1.0, 0.0)
