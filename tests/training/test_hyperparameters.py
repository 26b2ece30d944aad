"""What a record says of the calls that its model was compiled and trained with."""

import inspect
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from epochreel.record.file import load_record
from scenes.parts.calls import loss_name, optimizer_name
from training.hyperparameters import describe_training
from training.recorder import EpochRecorder

pytestmark = pytest.mark.keras

X = np.linspace(-1, 1, 12, dtype=np.float32).reshape(-1, 1)
NEITHER = ("Loss", "LossScaleOptimizer", "MultiOptimizer", "Optimizer", "OptimizerMap")


def a_model(loss: Any = "mean_squared_error", optimizer: Any = "adam") -> Any:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss=loss, optimizer=optimizer)
    return model


def said_of(**compiled: Any) -> dict[str, Any]:
    """What a record says of these, without what it says of every training."""
    said = dict(describe_training(a_model(**compiled), 5))
    return {name: value for name, value in said.items() if value not in (5, None, {})}


def classes_of(module: Any) -> list[type]:
    return [
        thing
        for name, thing in vars(module).items()
        if inspect.isclass(thing) and name not in NEITHER
    ]


def own_loss(truth: Any, prediction: Any) -> Any:
    return keras.ops.mean(keras.ops.abs(truth - prediction))


class OwnLoss(keras.losses.Loss):
    def __init__(self, weight: float = 1.0) -> None:
        super().__init__()
        self.weight = weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return self.weight * own_loss(y_true, y_pred)


class OwnAdam(keras.optimizers.Adam):
    pass


class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """As people write them: without get_config."""

    def __call__(self, step: Any) -> Any:
        return 0.25 / (keras.ops.cast(step, "float32") + 1)


def own_rate() -> float:
    return 0.25


@pytest.mark.parametrize("kind", classes_of(keras.losses), ids=lambda kind: kind.__name__)
def test_code_names_every_loss_as_keras_does(kind: type) -> None:
    said = said_of(loss=kind())

    assert loss_name(said) == kind.__name__
    assert said.keys() == {"loss", "optimizer", "learning_rate"}


@pytest.mark.parametrize("kind", classes_of(keras.optimizers), ids=lambda kind: kind.__name__)
def test_code_names_every_optimizer_as_keras_does(kind: type) -> None:
    said = said_of(optimizer=kind())

    assert optimizer_name(said) == kind.__name__
    assert said.keys() == {"loss", "optimizer", "learning_rate"}


@pytest.mark.parametrize("loss", ["huber", keras.losses.huber, keras.losses.Huber(name="mine")])
def test_a_loss_has_one_name_however_it_was_given(loss: Any) -> None:
    assert said_of(loss=loss)["loss"] == "huber"


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (keras.losses.Huber(delta=2.0), {"loss": "huber", "loss_settings": {"delta": 2.0}}),
        (
            keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
            {
                "loss": "binary_crossentropy",
                "loss_settings": {"from_logits": True, "label_smoothing": 0.1},
            },
        ),
        (
            keras.losses.MeanSquaredError(reduction="sum"),
            {"loss": "mean_squared_error", "loss_settings": {"reduction": "sum"}},
        ),
        (own_loss, {"loss": "own_loss", "loss_kind": "function"}),
        (OwnLoss(), {"loss": "OwnLoss", "loss_kind": "class"}),
        (
            OwnLoss(0.5),
            {"loss": "OwnLoss", "loss_kind": "class", "loss_settings": {"weight": 0.5}},
        ),
    ],
)
def test_a_loss_is_recorded_as_it_was_called(loss: Any, expected: dict[str, Any]) -> None:
    said = said_of(loss=loss)

    assert {name: value for name, value in said.items() if name.startswith("loss")} == expected


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        (
            keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True, clipnorm=1.5),
            {
                "optimizer": "sgd",
                "learning_rate": 0.1,
                "optimizer_settings": {"momentum": 0.9, "nesterov": True, "clipnorm": 1.5},
            },
        ),
        (
            keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.2, 10, 0.9)),
            {
                "optimizer": "adam",
                "learning_rate": 0.2,
                "learning_rate_schedule": "ExponentialDecay",
            },
        ),
        (
            keras.optimizers.Adam(OwnSchedule()),
            {"optimizer": "adam", "learning_rate": 0.25, "learning_rate_schedule": "OwnSchedule"},
        ),
        (
            keras.optimizers.Adam(own_rate),
            {"optimizer": "adam", "learning_rate": 0.25, "learning_rate_schedule": "own_rate"},
        ),
        (
            OwnAdam(0.1, beta_1=0.8),
            {
                "optimizer": "OwnAdam",
                "optimizer_kind": "class",
                "learning_rate": 0.1,
                "optimizer_settings": {"beta_1": 0.8},
            },
        ),
    ],
)
def test_an_optimizer_is_recorded_as_it_was_called(
    optimizer: Any, expected: dict[str, Any]
) -> None:
    said = said_of(optimizer=optimizer)

    assert {name: value for name, value in said.items() if not name.startswith("loss")} == expected


def test_a_run_that_stops_early_says_what_was_asked_and_what_was_trained(tmp_path: Path) -> None:
    model = a_model(OwnLoss(0.5), keras.optimizers.SGD(OwnSchedule(), momentum=0.9))
    callbacks = [
        EpochRecorder(tmp_path / "run.json", data=(X, X), batch_size=4),
        keras.callbacks.EarlyStopping("loss", min_delta=1e9, patience=2),
    ]

    model.fit(X, X, epochs=50, batch_size=4, verbose=0, callbacks=callbacks)

    record = load_record(tmp_path / "run.json")
    assert (record.hyperparameters["epochs"], record.epochs[-1]) == (50, 3)
    assert record.hyperparameters["batch_size"] == 4
    assert record.hyperparameters["loss_settings"] == {"weight": 0.5}
    assert record.hyperparameters["learning_rate_schedule"] == "OwnSchedule"
