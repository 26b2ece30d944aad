"""The lecture's Keras model, built and compiled as a Keras user would write it."""

import keras
import numpy as np

from epochreel.errors import BadSetting, shown
from epochreel.lecture.settings import Lecture


def build_model(lecture: Lecture, inputs: int) -> keras.Model:
    """A compiled Sequential model at epoch 0, for samples of `inputs` values each.

    Sets Keras', NumPy's and Python's random seed to the lecture's.

    Raises:
        BadSetting: Keras refuses an optimizer setting.
    """
    keras.utils.set_random_seed(lecture.training.seed)
    model = keras.Sequential(
        [
            keras.Input((inputs,)),
            *(
                # Keras' own names count all layers made so far, and so differ between runs.
                keras.layers.Dense(layer.units, activation=layer.activation, name=f"dense_{number}")
                for number, layer in enumerate(lecture.model.layers, start=1)
            ),
        ]
    )
    for dense, layer in zip(model.layers, lecture.model.layers, strict=True):
        if layer.kernel is not None:
            dense.kernel.assign(np.array(layer.kernel, dtype=np.float32))
        if layer.bias is not None:
            dense.bias.assign(np.array(layer.bias, dtype=np.float32))
    model.compile(loss=lecture.training.loss, optimizer=_optimizer(lecture))
    return model


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
