"""What a record says of how a Keras model was compiled and is trained: its hyperparameters."""

import inspect
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from epochreel.record.fields import MAX_NAME

Setting = bool | int | float | str


def describe_training(model: keras.Model, epochs: int) -> Mapping[str, Any]:
    """The hyperparameters that a model knows, as RECORD.md lists them.

    Of the settings those that are not the defaults, as one writes them in code.
    """
    optimizer = model.optimizer
    while isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        # What mixed precision wraps around the optimizer that was asked for.
        optimizer = optimizer.inner_optimizer
    return {
        **describe_loss(model),
        **_optimizer(optimizer),
        "epochs": epochs,
    }


def describe_loss(model: keras.Model) -> Mapping[str, Any]:
    """The loss that a model was compiled with, as RECORD.md lists it."""
    loss = keras.losses.get(model.loss)
    function = getattr(loss, "__name__", None)
    name = function or type(loss).__name__
    if getattr(keras.losses, name, None) is (loss if function else type(loss)):
        said = {"loss": _name_of_function(name)}
    else:
        said = {"loss": name, "loss_kind": "function" if function else "class"}
    settings: Mapping[str, Setting] = {}
    if isinstance(loss, keras.losses.Loss):
        # The configuration of Keras' own Huber says nothing of its delta.
        given = {**loss.get_config(), **getattr(loss, "_fn_kwargs", {})}
        settings = _settings(loss, given, left_out=("name", "dtype"))
    return {**said, "loss_settings": settings} if settings else said


def _name_of_function(name: str) -> str:
    """What Keras calls the function of one of its losses: kl_divergence, of KLDivergence."""
    letters = name.replace("_", "").lower()
    functions = (known for known, thing in vars(keras.losses).items() if inspect.isfunction(thing))
    return next((known for known in functions if known.replace("_", "") == letters), name)


def _optimizer(optimizer: keras.optimizers.Optimizer) -> Mapping[str, Any]:
    name = type(optimizer).__name__
    own = getattr(keras.optimizers, name, None) is not type(optimizer)
    schedule = _schedule(optimizer)
    return {
        "optimizer": name if own else name.lower(),
        **({"optimizer_kind": "class"} if own else {}),
        "learning_rate": _plain(optimizer.learning_rate),
        **({"learning_rate_schedule": schedule} if schedule else {}),
        # Not from its configuration: that of a schedule of one's own need not exist.
        "optimizer_settings": _settings(optimizer, {}, left_out=("name", "learning_rate")),
    }


def _schedule(optimizer: keras.optimizers.Optimizer) -> str | None:
    """What computes the learning rate, if it is not one number: a function or a class."""
    # The public attribute is the rate that it gives at the moment.
    rate = optimizer._learning_rate
    if isinstance(rate, keras.Variable) or not callable(rate):
        return None
    return str(getattr(rate, "__name__", type(rate).__name__))


def _settings(
    thing: Any, given: Mapping[str, Any], left_out: tuple[str, ...]
) -> Mapping[str, Setting]:
    """What its class was given, by the names that the class has for it.

    Args:
        given: where that is known; all else is looked for among the attributes.
    """
    found = {}
    for name, parameter in inspect.signature(type(thing)).parameters.items():
        value = given.get(name, getattr(thing, name, parameter.default))
        if name not in left_out and np.isscalar(value) and value != parameter.default:
            found[name] = _plain(value)
    return {name: value for name, value in found.items() if _has_a_place(value)}


def _plain(value: Any) -> Setting:
    # The decimal that was written, 0.1, and not its float32 neighbour 0.10000000149.
    return value if isinstance(value, bool | int | str) else float(str(np.float32(value)))


def _has_a_place(value: Setting) -> bool:
    """Whether a record can hold it."""
    if isinstance(value, str):
        return value.isprintable() and 0 < len(value) <= MAX_NAME
    return bool(np.isfinite(np.float32(value)))
