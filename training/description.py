"""What a record says once about a Keras model: its layers, and the versions that made it."""

import platform
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

import epochreel
from epochreel.errors import CannotRecord, shown
from epochreel.record.layers import KINDS
from epochreel.record.record import Layer

MOST_AXES = 3  # of one sample: height, width, channels


def recorded_layers(model: keras.Model) -> list[keras.Layer]:
    """The model's layers in the order the samples pass them, without its input layer.

    Raises:
        CannotRecord: the model is no chain of layers, from arrays to (samples, outputs), all of
            kinds that a record holds.
    """
    problem = _problem(model)
    if problem:
        raise CannotRecord(f"Model {shown(model.name)} cannot be recorded: {problem}.")
    return _layers(model)


def describe_layer(layer: keras.Layer) -> Layer:
    """The layer as a record names it; one without an activation is linear."""
    activation = getattr(layer, "activation", None) or keras.activations.linear
    name = getattr(activation, "__name__", type(activation).__name__)
    kind = type(layer).__name__
    settings = {}
    for setting, default in KINDS[kind].settings.items():
        value = getattr(layer, setting)
        if value is not None and value != default:
            settings[setting] = float(str(np.float32(value)))
    return Layer(layer.name, kind, tuple(layer.output.shape[1:]), name, settings)


def recorded_parameters(layer: keras.Layer) -> Mapping[str, Any]:
    """The layer's variables by name, or where it is not trained what they are for good."""
    if isinstance(layer, keras.layers.Normalization):
        places = layer.input.shape[-1:]
        return {
            name: tf.constant(np.broadcast_to(np.ravel(getattr(layer, name)), places))
            for name in ("mean", "variance")
        }
    return {variable.name: variable.value for variable in layer.weights}


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
    inputs, outputs = (tuple(ends[0].shape) for ends in (model.inputs, model.outputs))
    if not 1 < len(inputs) <= 1 + MOST_AXES or None in inputs[1:]:
        return f"its inputs have shape {inputs}, not (samples, inputs) or (samples, height, width)"
    if len(outputs) != 2 or outputs[1] is None:
        return f"its outputs have shape {outputs}, not (samples, outputs)"
    if not (isinstance(model.loss, str) or callable(model.loss)):
        return "it is not compiled with one loss"
    if not isinstance(model, keras.Sequential) and (problem := _problem_of_chain(model)):
        return problem
    layers = _layers(model)
    problems = filter(None, map(_problem_of_layer, layers))
    if problem := next(problems, None):
        return problem
    if not any(isinstance(layer, keras.layers.Dense) for layer in layers):
        return "it has no Dense layer, so that there is no neuron to draw"
    return None


def _problem_of_layer(layer: keras.Layer) -> str | None:
    name, kind = shown(layer.name), type(layer).__name__
    if isinstance(layer, keras.Model):
        return f"{name} is a model inside the model"
    own = getattr(keras.layers, kind, None) is not type(layer)
    if kind not in KINDS or own:
        what = f"{kind} layer of your own" if own else f"{kind} layer"
        return f"{name} is a {what}; layers that are recorded: {', '.join(KINDS)}"
    names = [variable.name for variable in layer.weights]
    if len({*names}) != len(names):
        return f"{name} has two parameters of one name ({', '.join(names)})"
    return _problem_of_settings(layer)


def _problem_of_settings(layer: keras.Layer) -> str | None:
    """What a layer of a known kind does that a record does not tell."""
    name = shown(layer.name)
    match layer:
        case keras.layers.Dense() if len(layer.input.shape) > 2:
            shape = tuple(layer.input.shape[1:])
            return f"{name} is a Dense layer for arrays of shape {shape}; put a Flatten before it"
        case keras.layers.BatchNormalization() | keras.layers.Softmax():
            if layer.axis not in (-1, len(layer.input.shape) - 1):
                return f"{name} works along axis {layer.axis}; only the last one is recorded"
        case keras.layers.Rescaling():
            if not (np.isscalar(layer.scale) and np.isscalar(layer.offset)):
                return f"{name} rescales each value by its own number; only one for all is recorded"
        case keras.layers.Normalization():
            if layer.invert or np.size(layer.mean) not in (1, layer.input.shape[-1]):
                return f"{name} is inverted, or normalizes along other axes than the last"
    return None


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
