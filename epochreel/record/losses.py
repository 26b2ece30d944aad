"""The losses that can be worked out term by term, in NumPy and exactly in decimals.

Each is a mean of terms. In those of this file there is one for each output of each sample, and
it depends on one error alone: true value less prediction. `cross_entropy` has those of classes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, cast

import numpy as np

from epochreel.record.cross_entropy import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    CrossEntropy,
    SparseCategoricalCrossEntropy,
)
from epochreel.record.layers import activation_of
from epochreel.record.loss import SMALLEST, Loss, in_float32
from epochreel.record.record import Array, Layer

__all__ = ["HALF", "ErrorLoss", "Loss", "in_float32", "loss_of"]

HALF = Decimal("0.5")


@dataclass(frozen=True)
class ErrorLoss(Loss):
    """A loss as the mean of a function of each error.

    Attributes:
        of_errors: the function, of errors of any shape.
        slopes_of_errors: its derivative.
        of_error: the function of one error in decimals, to 20 digits and more.
        rounding: how far Keras, which computes in float32, may be off in a term next to 0.
        delta: of the Huber loss, where it turns from a parabola into a line.
    """

    of_errors: Callable[[Array], Array]
    slopes_of_errors: Callable[[Array], Array]
    of_error: Callable[[Decimal], Decimal]
    rounding: float = SMALLEST
    delta: Decimal | None = None

    def terms(self, targets: Array, predictions: Array) -> Array:
        return self.of_errors(in_float32(targets) - in_float32(predictions))

    def slopes(self, targets: Array, predictions: Array) -> Array:
        # The error falls as the prediction rises.
        return -self.slopes_of_errors(targets - predictions) / targets.size


def loss_of(hyperparameters: Mapping[str, Any], layers: Sequence[Layer] = ()) -> Loss | None:
    """The loss that a record was trained with, or None where it is none of these.

    `huber` is what Keras calls the function, `huber_loss` what it calls the class.

    Args:
        layers: of the network whose predictions it is taken of; by default of none that is known.
            The last one's activation may spare a cross-entropy its clipping.
    """
    name, settings = hyperparameters["loss"], hyperparameters.get("loss_settings") or {}
    if hyperparameters.get("loss_kind"):
        return None  # somebody's own of that name
    if name in CROSS_ENTROPIES:
        known = settings.keys() <= {"from_logits", "label_smoothing"}
        last = activation_of(layers[-1]) if layers else None
        return CROSS_ENTROPIES[name](name, **settings).after(last) if known else None
    if settings.keys() - {"delta"}:
        return None  # one that is summed or weighted
    if name in ("huber", "huber_loss"):
        return _huber(settings.get("delta", 1.0))
    return _WITHOUT_SETTINGS.get(name)


def _huber(delta: float) -> ErrorLoss:
    exact_delta = Decimal(str(delta))

    def of_errors(errors: Array) -> Array:
        sizes = np.abs(errors)
        return np.where(sizes <= delta, sizes**2 / 2, delta * (sizes - delta / 2))

    def slopes(errors: Array) -> Array:
        return np.clip(errors, -delta, delta)

    def of_error(error: Decimal) -> Decimal:
        if abs(error) <= exact_delta:
            return HALF * error * error
        return exact_delta * (abs(error) - HALF * exact_delta)

    return ErrorLoss("huber", of_errors, slopes, of_error, delta=exact_delta)


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
        ErrorLoss(
            "mean_squared_error",
            np.square,
            lambda errors: 2 * errors,
            lambda error: error * error,
        ),
        ErrorLoss("mean_absolute_error", np.abs, np.sign, abs),
        # Keras adds the error, softplus(-2 error) and -log(2), each rounded at about 1e-7.
        ErrorLoss("log_cosh", _log_cosh, np.tanh, _log_cosh_of, rounding=2**-22),
    )
}
CROSS_ENTROPIES: Mapping[str, type[CrossEntropy]] = {
    "binary_crossentropy": BinaryCrossEntropy,
    "categorical_crossentropy": CategoricalCrossEntropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossEntropy,
}
