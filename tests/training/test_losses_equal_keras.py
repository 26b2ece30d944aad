"""Losses term by term are Keras' own, as far as float32 goes."""

import keras
import numpy as np
import pytest

from epochreel.record.losses import loss_of
from tests.record.test_losses import NAMES, pairs

pytestmark = pytest.mark.keras


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e3, 1e6])
@pytest.mark.parametrize("name", NAMES)
def test_the_mean_is_the_loss_of_keras(name: str, scale: float) -> None:
    targets, predictions = pairs(scale)
    loss = loss_of({"loss": name})
    assert loss
    expected = keras.losses.get(name)(targets.astype("float32"), predictions.astype("float32"))

    found = loss.mean(targets, predictions)

    assert loss.terms(targets, predictions).shape == (7, 3)
    assert found == pytest.approx(float(np.mean(expected)), rel=1e-6, abs=loss.rounding)


def test_both_names_of_huber_and_its_delta_are_those_of_keras() -> None:
    targets, predictions = pairs(2.0)
    for delta in (0.1, 1.0, 2.5):
        recorded = keras.losses.Huber(delta=delta)
        loss = loss_of({"loss": recorded.name, "loss_settings": {"delta": delta}})
        assert loss
        expected = float(recorded(targets.astype("float32"), predictions.astype("float32")))
        assert loss.mean(targets, predictions) == pytest.approx(expected, rel=1e-6)


def test_short_names_are_recorded_as_long_ones() -> None:
    for short in ("mse", "mae", "huber", "log_cosh"):
        assert loss_of({"loss": keras.losses.get(short).__name__})
