"""What a record says once about a Keras model: its layers, and the versions that made it."""

import platform
from collections.abc import Mapping

import keras
import numpy as np
import tensorflow as tf

import epochreel
from epochreel.errors import CannotRecord, shown
from epochreel.record.record import Layer


def recorded_layers(model: keras.Model) -> list[keras.Layer]:
    """The model's layers in the order the samples pass them, without its input layer.

    Raises:
        CannotRecord: the model is no chain of layers from (samples, inputs) to (samples, outputs).
    """
    problem = _problem(model)
    if problem:
        raise CannotRecord(f"Model {shown(model.name)} cannot be recorded: {problem}.")
    return _layers(model)


def describe_layer(layer: keras.Layer) -> Layer:
    """The layer as a record names it; one without an activation is linear."""
    activation = getattr(layer, "activation", None) or keras.activations.linear
    name = getattr(activation, "__name__", type(activation).__name__)
    return Layer(layer.name, type(layer).__name__, int(layer.output.shape[-1]), name)


def versions() -> Mapping[str, str]:
    """What made the record, by package."""
    return {
        "epochreel": epochreel.__version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def _problem(model: keras.Model) -> str | None:
    if keras.backend.backend() != "tensorflow":
        return f"Keras runs on {keras.backend.backend()}; set KERAS_BACKEND=tensorflow"
    if not getattr(model, "inputs", None):
        return "it is not Sequential and not functional, so its layers have no known order"
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        return f"it has {len(model.inputs)} inputs and {len(model.outputs)} outputs, not one each"
    for tensor, end in ((model.inputs[0], "inputs"), (model.outputs[0], "outputs")):
        if len(tensor.shape) != 2 or tensor.shape[1] is None:
            return f"its {end} have shape {tuple(tensor.shape)}, not (samples, {end})"
    if not (isinstance(model.loss, str) or callable(model.loss)):
        return "it is not compiled with one loss"
    for layer in _layers(model):
        if isinstance(layer, keras.Model):
            return f"{shown(layer.name)} is a model inside the model"
        names = [variable.name for variable in layer.weights]
        if len({*names}) != len(names):
            return f"{shown(layer.name)} has two parameters of one name ({', '.join(names)})"
    return None if isinstance(model, keras.Sequential) else _problem_of_chain(model)


def _problem_of_chain(model: keras.Model) -> str | None:
    tensor = model.inputs[0]
    for layer in _layers(model):
        if layer.input is not tensor:
            name = shown(layer.name)
            return f"{name} does not take the output of the layer before it, and only that"
        tensor = layer.output
    if tensor is not model.outputs[0]:
        return "its output is not that of its last layer, used once"
    return None


def _layers(model: keras.Model) -> list[keras.Layer]:
    return [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
