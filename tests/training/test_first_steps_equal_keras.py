"""The first step of every optimizer is the one that Keras takes."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from epochreel.lecture.settings import Lecture
from epochreel.lecture.vocabulary import OPTIMIZERS
from epochreel.record import optimizers
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.update import Update, first_updates, why_no_update
from tests.training.conftest import MakeLecture
from training import train

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore")]

GIVEN: dict[str, list[dict[str, Any]]] = {
    "sgd": [{"momentum": 0.9}, {"momentum": 0.8, "nesterov": True}],
    "adam": [{"beta_1": 0.8, "beta_2": 0.9, "epsilon": 0.01}, {"amsgrad": True}],
    "adamw": [{"weight_decay": 0.1, "epsilon": 0.01}],
    "adamax": [{"beta_1": 0.7, "epsilon": 0.1}],
    "nadam": [{"beta_1": 0.8, "beta_2": 0.9, "epsilon": 0.1}],
    "rmsprop": [{"rho": 0.7, "epsilon": 0.1}, {"centered": True}, {"momentum": 0.5}],
    "adagrad": [{"initial_accumulator_value": 0.5, "epsilon": 0.1}],
    "adadelta": [{"rho": 0.5, "epsilon": 0.01}],
    "lion": [{"beta_1": 0.5}],
}
TRIED: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in OPTIMIZERS]
TRIED += [(name, settings) for name, all_given in GIVEN.items() for settings in all_given]


def test_every_optimizer_that_a_lecture_may_name_is_known() -> None:
    assert {name: {*known} for name, (_, known) in optimizers.OPTIMIZERS.items()} == {
        name: {*settings} for name, settings in OPTIMIZERS.items()
    }


@pytest.mark.parametrize(("name", "settings"), TRIED)
def test_the_first_step_is_that_of_keras(name: str, settings: dict[str, Any]) -> None:
    weights, gradients = np.array([[0.5, -2.0, 30.0]]), np.array([[3.0, -0.04, 200.0]])
    variable = keras.Variable(weights.astype("float32"))
    optimizer = keras.optimizers.get({"class_name": name, "config": settings})
    optimizer.learning_rate = 0.1
    used = {"optimizer": name, "learning_rate": 0.1, "optimizer_settings": settings}

    optimizer.apply([gradients.astype("float32")], [variable])
    step = optimizers.first_step(used, gradients, weights)

    assert step is not None
    moved = np.array(variable, dtype=np.float64) - weights
    assert moved == pytest.approx(step, rel=2e-5, abs=4e-6)
    # In decimals it is the same, up to their digits.
    for gradient, weight, far in zip(gradients[0], weights[0], step[0]):
        stages = optimizers.first_stages(used, Decimal(str(gradient)), Decimal(str(weight)))
        assert stages
        *_, (last, direction) = stages
        assert last == "direction"
        assert -0.1 * float(direction) == pytest.approx(far)


def trained(lecture: Lecture, folder: Path) -> Record:
    train(lecture, folder / "record.json")
    return load_record(folder / "record.json")


def update_of(record: Record, **said: Any) -> Update:
    told = replace(record, hyperparameters={**record.hyperparameters, **said})
    (found,) = first_updates(told, told.epochs, told.targets, told.dense, 1)
    return found


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_record_of_whole_batches_proves_its_first_step(
    name: str, make_lecture: MakeLecture, tmp_path: Path
) -> None:
    record = trained(make_lecture(optimizer=name, batch_size=32, epochs=2), tmp_path)
    given = record.targets, record.losses, record.epochs, record.dense
    assert why_no_update(record, *given) is None
    found = update_of(record)

    assert found.is_one_step
    assert found.goes_down
    # By another learning rate that record's weights were never changed.
    assert not update_of(record, learning_rate=0.06).is_one_step
    assert not update_of(record, batch_size=4).is_one_step


def test_steps_of_batches_prove_nothing(make_lecture: MakeLecture, tmp_path: Path) -> None:
    record = trained(make_lecture(optimizer="sgd", batch_size=4, epochs=2), tmp_path)
    assert not update_of(record).is_one_step
    assert not update_of(record, batch_size=None).is_one_step
