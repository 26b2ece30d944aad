"""The losses that can be worked out term by term, in NumPy and exactly in decimals.

A loss here is a mean of terms, one for each output of each sample, and each term depends on one
error alone: true value less prediction.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, cast

import numpy as np

from epochreel.record.record import Array

NEAR = 2e-4  # of a mean: what a sum of many float32 numbers, one after the other, may be off
SMALLEST = float(np.finfo(np.float32).tiny)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Loss:
    """A loss as the mean of a function of each error.

    Attributes:
        name: by Keras.
        of_errors: the function, of errors of any shape.
        of_error: the same of one error in decimals, to 20 digits and more.
        rounding: how far Keras, which computes in float32, may be off in a term next to 0.
        delta: of the Huber loss, where it turns from a parabola into a line.
    """

    name: str
    of_errors: Callable[[Array], Array]
    of_error: Callable[[Decimal], Decimal]
    rounding: float = SMALLEST
    delta: Decimal | None = None

    def terms(self, targets: Array, predictions: Array) -> Array:
        """The terms whose mean is the loss.

        Args:
            targets: (samples, outputs), read as the float32 that Keras computed with.
            predictions: likewise, of the same shape.

        Returns:
            (samples, outputs), in float64.
        """
        return self.of_errors(in_float32(targets) - in_float32(predictions))

    def mean(self, targets: Array, predictions: Array) -> float:
        """The loss: the mean over all samples and all outputs."""
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


def loss_of(hyperparameters: Mapping[str, Any]) -> Loss | None:
    """The loss that a record was trained with, or None where it is none of these.

    `huber` is what Keras calls the function, `huber_loss` what it calls the class.
    """
    name, settings = hyperparameters["loss"], hyperparameters.get("loss_settings") or {}
    if hyperparameters.get("loss_kind") or settings.keys() - {"delta"}:
        return None  # somebody's own of that name, or one that is summed or weighted
    if name in ("huber", "huber_loss"):
        return _huber(settings.get("delta", 1.0))
    return _WITHOUT_SETTINGS.get(name)


def _huber(delta: float) -> Loss:
    exact_delta = Decimal(str(delta))

    def of_errors(errors: Array) -> Array:
        sizes = np.abs(errors)
        return np.where(sizes <= delta, sizes**2 / 2, delta * (sizes - delta / 2))

    def of_error(error: Decimal) -> Decimal:
        if abs(error) <= exact_delta:
            return HALF * error * error
        return exact_delta * (abs(error) - HALF * exact_delta)

    return Loss("huber", of_errors, of_error, delta=exact_delta)


def _log_cosh(errors: Array) -> Array:
    sizes = np.abs(errors)
    # cosh(e) is 1 + 2 sinh(e/2)^2: of small errors nothing is lost, as it would be from e - log(2).
    small = np.log1p(2 * np.sinh(np.minimum(sizes, 1) / 2) ** 2)
    large = sizes + np.log1p(np.exp(-2 * sizes)) - math.log(2)
    return cast(Array, np.where(sizes < 1, small, large))


def _log_cosh_of(error: Decimal) -> Decimal:
    size = abs(error)
    with localcontext() as context:
        # Of a small error about its square is left, of a large one its digits before the point.
        context.prec = 30 + 2 * abs(size.adjusted())
        return size + (1 + (-2 * size).exp()).ln() - Decimal(2).ln()


_WITHOUT_SETTINGS = {
    loss.name: loss
    for loss in (
        Loss("mean_squared_error", np.square, lambda error: error * error),
        Loss("mean_absolute_error", np.abs, abs),
        # Keras adds the error, softplus(-2 error) and -log(2), each rounded at about 1e-7.
        Loss("log_cosh", _log_cosh, _log_cosh_of, rounding=2**-22),
    )
}
