"""A recorded network in NumPy; `tests/training` holds it against Keras."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.lecture.vocabulary import ACTIVATIONS
from epochreel.record import activations, network
from epochreel.record.layers import KINDS, told
from epochreel.record.losses import ErrorLoss, loss_of
from epochreel.record.record import Array, Layer, Record
from tests.records import a_record


def test_it_knows_every_activation_that_a_lecture_may_name() -> None:
    assert set(activations.ACTIVATIONS) == set(ACTIVATIONS)


def test_large_values_neither_overflow_nor_warn() -> None:
    z = np.array([[-1e4, 0.0, 1e4]])
    for name, activation in activations.ACTIVATIONS.items():
        if name != "exponential":
            found = activation.of(z)
            assert np.isfinite(found).all(), name
            assert np.isfinite(activation.back(np.ones((1, 3)), z, found)).all(), name


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu"])
def test_the_last_layer_gives_the_recorded_predictions(activation: str) -> None:
    record = a_record(widths=(3, 5, 4, 2), activation=activation, rule=None)
    for at in (0, 7):
        found = network.outputs(record, at, record.inputs)
        assert [values.shape for values in found] == [(20, 5), (20, 4), (20, 2)]
        assert np.allclose(found[-1], record.predictions[at])
        assert not np.allclose(found[-1], record.predictions[at + 1])


def test_a_layer_without_bias_adds_none() -> None:
    record = a_record(widths=(2, 3, 1), rule=None)
    bare = [{"kernel": layer["kernel"]} for layer in record.parameters]
    first, last = network.outputs(replace(record, parameters=tuple(bare)), 4, record.inputs)
    assert np.allclose(first, record.inputs @ bare[0]["kernel"][4])
    assert np.allclose(last, first @ bare[1]["kernel"][4])


def chain(
    layers: list[tuple[Layer, Mapping[str, Any]]],
    *,
    input_shape: tuple[int, ...] = (3,),
    loss: str = "mean_squared_error",
    classes: bool = False,
) -> Record:
    """A record of two epochs of these layers, each with its parameters of the last."""
    random = np.random.default_rng(4)
    outputs = layers[-1][0].units
    targets = random.normal(size=(6, outputs))
    if classes:
        targets = np.eye(outputs)[random.integers(outputs, size=6)]
    parameters = [
        {name: np.stack([np.zeros_like(value), value]) for name, value in each.items()}
        for _, each in layers
    ]
    return replace(
        a_record(),
        hyperparameters={"loss": loss},
        inputs=random.normal(size=(6, *input_shape)),
        targets=targets,
        layers=tuple(layer for layer, _ in layers),
        parameters=tuple(parameters),
    )


def dense(
    name: str, inputs: int, units: int, activation: str = "linear"
) -> tuple[Layer, Mapping[str, Array]]:
    random = np.random.default_rng(units)
    kernel, bias = random.normal(size=(inputs, units)), random.normal(size=units)
    return Layer(name, "Dense", (units,), activation), {"kernel": kernel, "bias": bias}


VECTOR = np.array([0.5, 2.0, 1.0])
# Per kind: the layer after 3 values, its parameters, what it makes of (1, −2, 3).
CASES: dict[str, tuple[Layer, Mapping[str, Any], Any]] = {
    "Dense": (
        Layer("it", "Dense", (1,), "relu"),
        {"kernel": np.array([[1.0], [1.0], [1.0]]), "bias": np.array([0.5])},
        [2.5],
    ),
    "Dropout": (Layer("it", "Dropout", (3,), settings={"rate": 0.2}), {}, [1, -2, 3]),
    "BatchNormalization": (
        Layer("it", "BatchNormalization", (3,), settings={"epsilon": 1.0}),
        {
            **{"gamma": 10 * VECTOR, "beta": VECTOR, "moving_mean": np.ones(3)},
            "moving_variance": np.array([3.0, 8.0, 0.0]),
        },
        [0.5, -18.0, 21.0],
    ),
    "Normalization": (
        Layer("it", "Normalization", (3,)),
        {"mean": np.array([0.0, 0.0, 3.0]), "variance": np.array([4.0, 16.0, 0.0])},
        [0.5, -0.5, 0.0],
    ),
    "Rescaling": (
        Layer("it", "Rescaling", (3,), settings={"scale": 2.0, "offset": -1}),
        {},
        [1, -5, 5],
    ),
    "Activation": (Layer("it", "Activation", (3,), "relu"), {}, [1, 0, 3]),
    "ReLU": (
        Layer(
            *("it", "ReLU", (3,)),
            settings={"max_value": 2.5, "negative_slope": 0.5, "threshold": 1.5},
        ),
        {},
        [-0.25, -1.75, 2.5],
    ),
    "LeakyReLU": (Layer("it", "LeakyReLU", (3,)), {}, [1, -0.6, 3]),
    "Softmax": (Layer("it", "Softmax", (3,)), {}, [0.1185, 0.0059, 0.8756]),
    "Flatten": (Layer("it", "Flatten", (3,)), {}, [1, -2, 3]),
    "Reshape": (Layer("it", "Reshape", (3, 1)), {}, [[1], [-2], [3]]),
}


def test_every_kind_of_layer_has_a_case() -> None:
    assert CASES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", CASES)
def test_what_a_layer_makes_of_values(kind: str) -> None:
    layer, parameters, expected = CASES[kind]
    record = chain([(layer, parameters)])
    values = np.array([[1.0, -2.0, 3.0]])
    before = values.copy()

    (found,) = network.outputs(record, 1, values)

    assert network.can_follow(record)
    assert found[0] == pytest.approx(np.array(expected), abs=1e-4)
    assert np.array_equal(values, before)


def test_values_that_are_all_the_same_are_not_divided_by_zero() -> None:
    layer, _, _ = CASES["Normalization"]
    record = chain([(layer, {"mean": np.zeros(3), "variance": np.zeros(3)})])
    (found,) = network.outputs(record, 1, np.array([[0.0, 1e-7, 1.0]]))
    assert found[0] == pytest.approx([0, 1, 1e7])


DIGITS = [
    (Layer("scaled", "Rescaling", (4, 2), settings={"scale": 0.5, "offset": 0.1}), {}),
    (Layer("flat", "Flatten", (8,)), {}),
    dense("hidden", 8, 5, "tanh"),
    (
        Layer("even", "BatchNormalization", (5,)),
        {
            **{"gamma": np.arange(1.0, 6), "beta": np.ones(5) / 3},
            **{"moving_mean": np.arange(5.0) / 10, "moving_variance": np.arange(1.0, 6)},
        },
    ),
    (Layer("dropped", "Dropout", (5,), settings={"rate": 0.5}), {}),
]
ENDS: dict[str, tuple[str, bool]] = {
    "mean_squared_error": ("linear", False),
    "mean_absolute_error": ("linear", False),
    "huber": ("softplus", False),
    "log_cosh": ("gelu", False),
    "binary_crossentropy": ("sigmoid", True),
    "categorical_crossentropy": ("softmax", True),
    "sparse_categorical_crossentropy": ("softmax", True),
}


def nudged(record: Record, layer: int, name: str, place: tuple[int, ...], by: float) -> Record:
    states = {each: values.copy() for each, values in record.parameters[layer].items()}
    states[name][(1, *place)] += by
    parameters = list(record.parameters)
    parameters[layer] = states
    return replace(record, parameters=tuple(parameters))


def entries(gradients: tuple[Mapping[str, Array], ...]) -> Iterator[tuple[int, str, Any, float]]:
    for layer, by_name in enumerate(gradients):
        for name, values in by_name.items():
            for place, value in np.ndenumerate(values):
                yield layer, name, place, float(value)


@pytest.mark.parametrize("loss", ENDS)
def test_a_gradient_says_how_the_loss_changes_with_a_parameter(loss: str) -> None:
    activation, classes = ENDS[loss]
    layers = [*DIGITS, dense("last", 5, 3, activation)]
    record = chain(layers, input_shape=(4, 2), loss=loss, classes=classes)

    def lost(record: Record) -> float:
        predictions = network.outputs(record, 1, record.inputs)[-1]
        # Of float32 predictions a loss would be too coarse to be compared with a nearby one.
        if "categorical" in loss:
            return float(-(record.targets * np.log(predictions)).sum(axis=1).mean())
        if "binary" in loss:
            true = np.where(record.targets == 1, predictions, 1 - predictions)
            return float(-np.log(true).mean())
        found = loss_of(record.hyperparameters)
        assert isinstance(found, ErrorLoss)
        return float(found.of_errors(record.targets - predictions).mean())

    found = network.gradients(record, 1, record.inputs, record.targets)

    assert [{*each} for each in found] == [
        *(set(), set(), {"kernel", "bias"}, {"gamma", "beta"}, set()),
        {"kernel", "bias"},
    ]
    for layer, name, place, slope in entries(found):
        rise = lost(nudged(record, layer, name, place, 1e-6))
        fall = lost(nudged(record, layer, name, place, -1e-6))
        assert slope == pytest.approx((rise - fall) / 2e-6, rel=1e-5, abs=1e-7), (layer, name)


def test_a_probability_next_to_0_still_has_a_gradient() -> None:
    layer, parameters = dense("only", 3, 2, "softmax")
    record = chain(
        [(layer, {**parameters, "bias": np.array([0.0, 300.0])})],
        loss="categorical_crossentropy",
        classes=True,
    )
    wrong = np.array([[1.0, 0.0]] * 6)
    (found,) = network.gradients(record, 1, record.inputs, wrong)
    assert found["bias"] == pytest.approx([-1, 1])


def test_a_loss_that_is_not_known_has_no_gradient() -> None:
    record = chain([dense("only", 3, 2)], loss="my_own")
    with pytest.raises(ValueError, match="my_own"):
        network.gradients(record, 1, record.inputs, record.targets)


@pytest.mark.parametrize(
    "unknown",
    [
        (Layer("it", "Dense", (1,), "my_own"), CASES["Dense"][1]),
        (Layer("it", "MyLayer", (3,)), {}),
        (Layer("it", "Softmax", (3,), settings={"axis": 1}), {}),
        (Layer("it", "BatchNormalization", (3,)), {"gamma": VECTOR}),
        (Layer("it", "Dropout", (3,)), {"kernel": VECTOR}),
        (Layer("it", "Dense", (1,)), {"kernel": np.ones((2, 1))}),
        (Layer("it", "Flatten", (4,)), {}),
        (Layer("it", "Reshape", (2, 2)), {}),
    ],
)
def test_a_layer_that_is_not_known_is_told(unknown: tuple[Layer, Mapping[str, Any]]) -> None:
    assert network.can_follow(a_record(activation="tanh"))
    assert not network.can_follow(chain([unknown]))


def test_a_card_says_what_its_layer_does() -> None:
    said = {kind: told(layer) for kind, (layer, _, _) in CASES.items()}
    for kind, (text, values) in said.items():
        assert 3 <= len(text.format(**values).split()) <= 10, kind
    assert said["Dropout"][0].format(**said["Dropout"][1]) == (
        "drops 20 % of the values while training"
    )
    assert said["Rescaling"][1] == {"scale": "2", "offset": "−1"}
    assert said["LeakyReLU"][1] == {"slope": "0.3"}
    assert told(Layer("it", "MyLayer", (3,))) == ("", {})
