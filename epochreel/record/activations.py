"""What layers put their values through, as Keras computes it, and how a gradient comes back."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from epochreel.record.record import Array

SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
LEAK = 0.2  # of the activation; the layer LeakyReLU has its own

_erf = np.vectorize(math.erf, otypes=[float])


@dataclass(frozen=True)
class Activation:
    """A function of what a layer comes to before it, z, and its way back.

    Attributes:
        of: z, (..., units), to what the layer puts out, of the same shape.
        back: the gradient by what is put out, with z and what is put out, to the gradient by z.
    """

    of: Callable[[Array], Array]
    back: Callable[[Array, Array, Array], Array]


def rectifier(slope: float = 0.0, most: float | None = None, threshold: float = 0.0) -> Activation:
    """ReLU as the layer of that name has it: z above the threshold, up to `most`.

    Args:
        slope: of the line below the threshold.
    """
    top = math.inf if most is None else most

    def of(z: Array) -> Array:
        return np.where(z > threshold, np.minimum(z, top), slope * (z - threshold))

    def back(gradient: Array, z: Array, _: Array) -> Array:
        return gradient * np.where(z > threshold, z < top, slope)

    return Activation(of, back)


def _elementwise(of: Callable[[Array], Array], slope: Callable[[Array], Array]) -> Activation:
    """One whose slope, with which gradients are multiplied, its own output tells."""
    return Activation(of, lambda gradient, _, outputs: gradient * slope(outputs))


def _elu(z: Array) -> Array:
    return cast(Array, np.where(z > 0, z, np.expm1(np.minimum(z, 0))))


def _selu(z: Array) -> Array:
    return SELU_SCALE * np.where(z > 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0)))


def _sigmoid(z: Array) -> Array:
    return cast(Array, np.exp(-np.logaddexp(0, -z)))  # of a large −z it is 0, without overflow


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return cast(Array, powers / powers.sum(axis=-1, keepdims=True))


def _softmax_back(gradient: Array, _: Array, outputs: Array) -> Array:
    # The Jacobian is diag(p) - p pᵀ; its product with the gradient needs no matrix.
    mean = (gradient * outputs).sum(axis=-1, keepdims=True)
    return cast(Array, outputs * (gradient - mean))


def _silu_back(gradient: Array, z: Array, _: Array) -> Array:
    share = _sigmoid(z)
    return gradient * share * (1 + z * (1 - share))


def _normal(z: Array) -> Array:
    """The share of the standard normal distribution below z."""
    return cast(Array, (1 + _erf(z / math.sqrt(2))) / 2)


def _gelu_back(gradient: Array, z: Array, _: Array) -> Array:
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return gradient * (_normal(z) + z * density)


# By Keras' names.
ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(lambda z: z, lambda gradient, *_: gradient),
    "relu": _elementwise(lambda z: np.maximum(z, 0), np.sign),
    "tanh": _elementwise(np.tanh, lambda outputs: 1 - outputs**2),
    "sigmoid": _elementwise(_sigmoid, lambda outputs: outputs * (1 - outputs)),
    "softmax": Activation(_softmax, _softmax_back),
    "softplus": _elementwise(lambda z: np.logaddexp(z, 0), lambda outputs: -np.expm1(-outputs)),
    "softsign": _elementwise(
        lambda z: z / (1 + np.abs(z)), lambda outputs: (1 - np.abs(outputs)) ** 2
    ),
    "elu": _elementwise(_elu, lambda outputs: np.minimum(outputs, 0) + 1),
    "selu": _elementwise(
        _selu,
        lambda outputs: np.where(outputs < 0, outputs + SELU_SCALE * SELU_ALPHA, SELU_SCALE),
    ),
    "gelu": Activation(lambda z: z * _normal(z), _gelu_back),
    "silu": Activation(lambda z: z * _sigmoid(z), _silu_back),
    "leaky_relu": rectifier(slope=LEAK),
    "exponential": _elementwise(np.exp, lambda outputs: outputs),
    "hard_sigmoid": _elementwise(
        lambda z: np.clip(z / 6 + 0.5, 0, 1), lambda outputs: ((outputs > 0) & (outputs < 1)) / 6
    ),
}
