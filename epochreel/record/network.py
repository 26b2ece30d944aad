"""What every layer of a network of Dense layers puts out, as Keras computes it, in NumPy."""

import math
from collections.abc import Callable
from typing import cast

import numpy as np

from epochreel.record.record import Array, Record

_erf = np.vectorize(math.erf, otypes=[float])


def _elu(z: Array, scale: float = 1.0, alpha: float = 1.0) -> Array:
    return scale * np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def _sigmoid(z: Array) -> Array:
    return cast(Array, np.exp(-np.logaddexp(0, -z)))  # of a large −z it is 0, without overflow


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return cast(Array, powers / powers.sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "softplus": lambda z: np.logaddexp(z, 0),
    "softsign": lambda z: z / (1 + np.abs(z)),
    "elu": _elu,
    "selu": lambda z: _elu(z, 1.0507009873554805, 1.6732632423543772),
    "gelu": lambda z: z * (1 + _erf(z / math.sqrt(2))) / 2,
    "silu": lambda z: z * _sigmoid(z),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "exponential": np.exp,
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
}


def can_follow(record: Record) -> bool:
    """Whether `outputs` knows every layer of a record's network."""
    return all(layer.type == "Dense" and layer.activation in ACTIVATIONS for layer in record.layers)


def outputs(record: Record, at: int, inputs: Array) -> list[Array]:
    """What each layer puts out in one recorded state.

    Args:
        at: the state's place along the recorded epochs.
        inputs: of the network, (n, d).

    Returns:
        Per layer (n, units); the last one's are the predictions.
    """
    values, found = inputs, []
    with np.errstate(all="ignore"):  # what is infinite in Keras is so here, without a warning
        for layer, parameters in zip(record.layers, record.parameters):
            z = values @ parameters["kernel"][at]
            if "bias" in parameters:
                z = z + parameters["bias"][at]
            values = ACTIVATIONS[layer.activation](z)
            found.append(values)
    return found
