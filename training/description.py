"""What a record says once about a compiled Keras model: layers, hyperparameters, versions."""

import platform
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

import epochreel
from epochreel.errors import CannotRecord, shown
from epochreel.lecture.vocabulary import OPTIMIZERS
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


def describe_training(
    model: keras.Model, epochs: int, batch_size: int | None, seed: int | None
) -> Mapping[str, Any]:
    """The hyperparameters by Keras' names; None where they are not known.

    Of the optimizer's settings those that are not Keras' defaults, as one writes them in code.
    """
    loss, optimizer = keras.losses.get(model.loss), model.optimizer
    while isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        # What mixed precision wraps around the optimizer that was asked for.
        optimizer = optimizer.inner_optimizer
    return {
        "loss": getattr(loss, "name", None) or getattr(loss, "__name__", type(loss).__name__),
        "optimizer": type(optimizer).__name__.lower(),
        "learning_rate": _plain(optimizer.learning_rate),
        "optimizer_settings": _optimizer_settings(optimizer),
        "epochs": epochs,
        "batch_size": batch_size,
        "seed": seed,
    }


def _optimizer_settings(optimizer: keras.optimizers.Optimizer) -> Mapping[str, bool | float]:
    known = OPTIMIZERS.get(type(optimizer).__name__.lower())
    if known is None:
        return {}
    config, defaults = optimizer.get_config(), type(optimizer)().get_config()
    return {
        setting: _plain(config[setting])
        for setting in known
        if config.get(setting) not in (None, defaults.get(setting))
    }


def versions() -> Mapping[str, str]:
    """What made the record, by package."""
    return {
        "epochreel": epochreel.__version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


def _plain(value: Any) -> bool | float:
    # The decimal that was written, 0.1, and not its float32 neighbour 0.10000000149.
    return value if isinstance(value, bool) else float(str(np.float32(value)))


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
