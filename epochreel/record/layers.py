"""What kinds of layers a network may have: the arithmetic of each, its parameters, its words.

Every layer first does something linear, as its parameters and settings say, and then puts that
through its activation. Nothing else in the house asks what a layer's type is: it asks its kind.
"""

from collections.abc import Mapping
from math import prod
from typing import Any, ClassVar, cast

import numpy as np

from epochreel.lecture.words import N_
from epochreel.numbers import percent, rounded
from epochreel.record.activations import ACTIVATIONS, Activation, rectifier
from epochreel.record.kind import Drawn, Kind, Shape, State
from epochreel.record.record import Array, Layer

EPSILON = 1e-7  # Keras' own, which keeps it from dividing by 0


class Dense(Kind):
    """activation(values @ kernel + bias), along the last axis."""

    required = frozenset({"kernel"})
    trained = frozenset({"kernel", "bias"})
    drawn = Drawn.NEURONS
    says = N_("weighs all values and adds them up")

    def parameters(self, layer: Layer, input_shape: Shape) -> Mapping[str, Shape]:
        units = layer.shape[-1]
        return {"kernel": (input_shape[-1], units), "bias": (units,)}

    def output_shape(self, layer: Layer, input_shape: Shape) -> Shape:
        return (*input_shape[:-1], layer.shape[-1])

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        z: Array = values @ parameters["kernel"]
        if "bias" in parameters:
            z += parameters["bias"]
        return z

    def slopes(
        self, layer: Layer, parameters: State, values: Array, gradient: Array
    ) -> dict[str, Array]:
        rows = gradient.reshape(-1, gradient.shape[-1])
        found = {"kernel": values.reshape(-1, values.shape[-1]).T @ rows, "bias": rows.sum(axis=0)}
        return {name: found[name] for name in found if name in parameters}

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        found: Array = gradient @ parameters["kernel"].T
        return found


class Dropout(Kind):
    """Nothing but in training, where it drops a share of the values."""

    settings: ClassVar[Mapping[str, Any]] = {"rate": 0.0}
    says = N_("drops {rate} of the values while training")

    def values(self, layer: Layer) -> Mapping[str, str]:
        return {"rate": percent(self.setting(layer, "rate"))}


class BatchNormalization(Kind):
    """(values - moving mean) / sqrt(moving variance + epsilon), times gamma, plus beta.

    The mean and the variance are those that it found along the training, per place of the last
    axis; with `training=False` Keras takes no others.
    """

    settings: ClassVar[Mapping[str, Any]] = {"epsilon": 1e-3}
    required = frozenset({"moving_mean", "moving_variance"})
    trained = frozenset({"gamma", "beta"})
    says = N_("normalizes values batch by batch")

    def parameters(self, layer: Layer, input_shape: Shape) -> Mapping[str, Shape]:
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        return dict.fromkeys(names, input_shape[-1:])

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        found = (values - parameters["moving_mean"]) * self._scale(layer, parameters)
        return found + parameters.get("beta", 0.0)

    def slopes(
        self, layer: Layer, parameters: State, values: Array, gradient: Array
    ) -> dict[str, Array]:
        others = tuple(range(gradient.ndim - 1))
        found = {}
        if "gamma" in parameters:
            standard = (values - parameters["moving_mean"]) / self._deviation(layer, parameters)
            found["gamma"] = (gradient * standard).sum(axis=others)
        if "beta" in parameters:
            found["beta"] = gradient.sum(axis=others)
        return found

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        return gradient * self._scale(layer, parameters)

    def _deviation(self, layer: Layer, parameters: State) -> Array:
        epsilon: float = self.setting(layer, "epsilon")
        return np.sqrt(parameters["moving_variance"] + epsilon)

    def _scale(self, layer: Layer, parameters: State) -> Array:
        return parameters.get("gamma", 1.0) / self._deviation(layer, parameters)


class Normalization(Kind):
    """(values - mean) / sqrt(variance), of what it was adapted to before any training."""

    required = frozenset({"mean", "variance"})
    says = N_("subtracts the mean, divides by the standard deviation")

    def parameters(self, layer: Layer, input_shape: Shape) -> Mapping[str, Shape]:
        return dict.fromkeys(("mean", "variance"), input_shape[-1:])

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        return (values - parameters["mean"]) / self._deviation(parameters)

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        return gradient / self._deviation(parameters)

    def _deviation(self, parameters: State) -> Array:
        # Of values that are all the same Keras does not divide by 0.
        return np.maximum(np.sqrt(parameters["variance"]), EPSILON)


class Rescaling(Kind):
    """values * scale + offset."""

    settings: ClassVar[Mapping[str, Any]] = {"scale": 1.0, "offset": 0.0}
    says = N_("multiplies by {scale} and adds {offset}")

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        scale, offset = self.setting(layer, "scale"), self.setting(layer, "offset")
        return cast(Array, values * scale + offset)

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        return cast(Array, gradient * self.setting(layer, "scale"))

    def values(self, layer: Layer) -> Mapping[str, str]:
        return {name: rounded(self.setting(layer, name)) for name in self.settings}


class ActivationAlone(Kind):
    """Keras' Activation: one by its name."""

    says = N_("puts its values through {activation}")

    def values(self, layer: Layer) -> Mapping[str, str]:
        return {"activation": layer.activation}


class ReLU(Kind):
    """The values that are above a threshold, those below on a line of their own."""

    settings: ClassVar[Mapping[str, Any]] = {
        "max_value": None,
        "negative_slope": 0.0,
        "threshold": 0.0,
    }
    says = N_("puts its values through {activation}")

    def activation(self, layer: Layer) -> Activation:
        return rectifier(
            self.setting(layer, "negative_slope"),
            self.setting(layer, "max_value"),
            self.setting(layer, "threshold"),
        )

    def values(self, layer: Layer) -> Mapping[str, str]:
        return {"activation": "relu"}


class LeakyReLU(Kind):
    """Positive values as they are, negative ones times a slope."""

    settings: ClassVar[Mapping[str, Any]] = {"negative_slope": 0.3}
    says = N_("multiplies negative values by {slope}")

    def activation(self, layer: Layer) -> Activation:
        return rectifier(self.setting(layer, "negative_slope"))

    def values(self, layer: Layer) -> Mapping[str, str]:
        return {"slope": rounded(self.setting(layer, "negative_slope"))}


class Softmax(Kind):
    """Probabilities along the last axis."""

    says = N_("turns values into probabilities")

    def activation(self, layer: Layer) -> Activation:
        return ACTIVATIONS["softmax"]


class Reshape(Kind):
    """The same values in another shape, which `Layer.shape` says."""

    says = N_("arranges the values anew")

    def output_shape(self, layer: Layer, input_shape: Shape) -> Shape:
        """The layer's own shape, or a row of all values where that has not as many."""
        count = prod(input_shape)
        return layer.shape if prod(layer.shape) == count else (count,)

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        return values.reshape(len(values), *layer.shape)

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        return gradient.reshape(values.shape)


class Flatten(Reshape):
    """The same values in a row."""

    says = N_("puts all values in one row")

    def output_shape(self, layer: Layer, input_shape: Shape) -> Shape:
        return (prod(input_shape),)


# By Keras' names of their classes.
KINDS: Mapping[str, Kind] = {
    "Dense": Dense(),
    "Dropout": Dropout(),
    "BatchNormalization": BatchNormalization(),
    "Normalization": Normalization(),
    "Rescaling": Rescaling(),
    "Activation": ActivationAlone(),
    "ReLU": ReLU(),
    "LeakyReLU": LeakyReLU(),
    "Softmax": Softmax(),
    "Flatten": Flatten(),
    "Reshape": Reshape(),
}


def activation_of(layer: Layer) -> Activation | None:
    """What a layer puts its values through last; None where that, or its kind, is not known."""
    kind = KINDS.get(layer.type)
    return kind.activation(layer) if kind and layer.activation in ACTIVATIONS else None


def told(layer: Layer) -> tuple[str, Mapping[str, str]]:
    """What a layer does, for its card: `words(text, **values)`.

    A layer of a kind that is not known has its type's name, and no words.
    """
    kind = KINDS.get(layer.type)
    return (kind.says, kind.values(layer)) if kind else ("", {})
