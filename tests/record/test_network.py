"""The forward pass in NumPy is Keras' own."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.vocabulary import ACTIVATIONS
from epochreel.record import network
from epochreel.record.record import Layer
from tests.records import a_record


def test_it_knows_every_activation_that_a_lecture_may_name() -> None:
    assert set(network.ACTIVATIONS) == set(ACTIVATIONS)


@pytest.mark.keras
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.filterwarnings("ignore")
def test_activations_are_those_of_keras(activation: str) -> None:
    import keras

    z = np.linspace(-7, 7, 141).reshape(-1, 3)
    expected = np.asarray(keras.activations.get(activation)(z.astype("float32")))
    assert np.allclose(network.ACTIVATIONS[activation](z), expected, rtol=2e-5, atol=2e-6)


def test_large_values_neither_overflow_nor_warn() -> None:
    z = np.array([[-1e4, 0.0, 1e4]])
    for name, activation in network.ACTIVATIONS.items():
        if name != "exponential":
            assert np.isfinite(activation(z)).all(), name


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu"])
def test_the_last_layer_gives_the_recorded_predictions(activation: str) -> None:
    record = a_record(widths=(3, 5, 4, 2), activation=activation, rule=None)
    for at in (0, 7):
        found = network.outputs(record, at, record.inputs)
        assert [values.shape for values in found] == [(20, 5), (20, 4), (20, 2)]
        assert np.allclose(found[-1], record.predictions[at])
        assert not np.allclose(found[-1], record.predictions[at + 1])


def test_a_layer_that_is_not_known_is_told() -> None:
    assert network.can_follow(a_record(activation="tanh"))
    record = a_record()
    for unknown in (Layer("last", "Dense", 1, "my_own"), Layer("last", "Dropout", 1, "linear")):
        assert not network.can_follow(replace(record, layers=(*record.layers[:-1], unknown)))


def test_a_layer_without_bias_adds_none() -> None:
    record = a_record(widths=(2, 3, 1), rule=None)
    bare = [{"kernel": layer["kernel"]} for layer in record.parameters]
    first, last = network.outputs(replace(record, parameters=tuple(bare)), 4, record.inputs)
    assert np.allclose(first, record.inputs @ bare[0]["kernel"][4])
    assert np.allclose(last, first @ bare[1]["kernel"][4])
