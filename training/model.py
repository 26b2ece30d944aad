"""The lecture's Keras model, built and compiled as a Keras user would write it."""

from collections import Counter
from collections.abc import Iterator

import keras
import numpy as np

from epochreel.errors import BadSetting, shown
from epochreel.lecture.layers import Dense
from epochreel.lecture.settings import Lecture
from training.planned import layer_name
from training.samples import Floats


def build_model(lecture: Lecture, inputs: Floats) -> keras.Model:
    """A compiled Sequential model at epoch 0.

    Sets Keras', NumPy's and Python's random seed to the lecture's.

    Args:
        inputs: of the samples it will train on, (n, *shape).

    Raises:
        BadSetting: Keras refuses an optimizer setting.
    """
    keras.utils.set_random_seed(lecture.training.seed)
    layers = [*_layers(lecture)]
    model = keras.Sequential([keras.Input(inputs.shape[1:]), *_normalization(lecture, inputs)])
    for layer, settings in zip(layers, lecture.model.layers, strict=True):
        model.add(layer)
        if isinstance(settings, Dense):
            if settings.kernel is not None:
                layer.kernel.assign(np.array(settings.kernel, dtype=np.float32))
            if settings.bias is not None:
                layer.bias.assign(np.array(settings.bias, dtype=np.float32))
    training = lecture.training
    model.compile(loss=training.loss, optimizer=_optimizer(lecture), metrics=training.metrics)
    return model


def _layers(lecture: Lecture) -> Iterator[keras.Layer]:
    """The layers as Keras has them, not joined yet."""
    counted: Counter[str] = Counter()
    for layer in lecture.model.layers:
        settings = layer.model_dump(exclude={"type", "kernel", "bias"})
        counted[layer.type] += 1
        kind = getattr(keras.layers, layer.type)
        yield kind(**settings, name=layer_name(layer.type, counted[layer.type]))


def _normalization(lecture: Lecture, inputs: Floats) -> list[keras.Layer]:
    """A layer that brings inputs to mean 0 and variance 1, if the lecture wants one."""
    if not lecture.data.normalize:
        return []
    # One mean for each column of a table, one for all pixels of an image.
    axis = -1 if inputs.ndim == 2 else None
    layer = keras.layers.Normalization(axis=axis, name="normalization")
    layer.adapt(inputs)
    return [layer]


def _optimizer(lecture: Lecture) -> keras.optimizers.Optimizer:
    training = lecture.training
    settings = {"learning_rate": training.learning_rate, **training.optimizer_settings}
    try:
        return keras.optimizers.get({"class_name": training.optimizer, "config": settings})
    except (TypeError, ValueError) as error:
        raise BadSetting(
            f"{lecture.name}: [training] optimizer_settings: Keras refuses "
            f"{shown(training.optimizer_settings)}: {str(error)[:200]}",
            field="training.optimizer_settings",
            value=training.optimizer_settings,
        ) from error
