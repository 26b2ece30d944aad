"""A recorded network in NumPy is Keras' own: its outputs, its loss, the gradient of that.

Networks, data and weights are drawn at random. Keras computes in float32, where each step is off
by up to 6e-8 of its numbers: what a chain of some layers makes of that is still less than a
ten-thousandth of the largest number beside it.
"""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from epochreel.lecture.vocabulary import ACTIVATIONS
from epochreel.record import activations
from epochreel.record.layers import KINDS
from epochreel.record.losses import loss_of
from epochreel.record.network import can_follow, gradients, outputs
from epochreel.record.record import Array, Record
from training.description import describe_layer, recorded_parameters

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore")]

NEAR = 1e-4
SAMPLES = 9
LOSSES: dict[str, tuple[str, dict[str, Any]]] = {
    "mean_squared_error": ("MeanSquaredError", {}),
    "mean_absolute_error": ("MeanAbsoluteError", {}),
    "huber": ("Huber", {}),
    "huber, delta": ("Huber", {"delta": 0.3}),
    "log_cosh": ("LogCosh", {}),
    "binary_crossentropy": ("BinaryCrossentropy", {}),
    "binary_crossentropy, smooth": ("BinaryCrossentropy", {"label_smoothing": 0.2}),
    "binary_crossentropy, logits": ("BinaryCrossentropy", {"from_logits": True}),
    "categorical_crossentropy": ("CategoricalCrossentropy", {}),
    "categorical_crossentropy, smooth": ("CategoricalCrossentropy", {"label_smoothing": 0.1}),
    "categorical_crossentropy, logits": ("CategoricalCrossentropy", {"from_logits": True}),
    "sparse_categorical_crossentropy": ("SparseCategoricalCrossentropy", {}),
    "sparse_categorical_crossentropy, logits": (
        "SparseCategoricalCrossentropy",
        {"from_logits": True},
    ),
}
# What the last layer may put out for a loss to make sense of it; the first is what is usual.
ENDS = {"binary": ("sigmoid", "hard_sigmoid"), "categorical": ("softmax", "sigmoid", "softplus")}
# Of each kind of layer the settings that a record holds of it.


def test_every_kind_of_layer_is_tried() -> None:
    tried = {type(layer).__name__ for seed in SEEDS for layer in drawn(seed)[0].layers}
    assert tried == {*KINDS}


def drawn(seed: int) -> tuple[Any, str, Array, Array]:
    """A network with weights, the name of a loss in LOSSES, inputs and targets."""
    random = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    name = [*LOSSES][seed % len(LOSSES)]
    is_image = seed % 3 == 0
    shape = (4, 3) if is_image else (int(random.integers(1, 6)),)
    inputs = 3 * random.normal(size=(SAMPLES, *shape)) + 1
    if seed % 4 == 0:
        inputs[..., -1] = 1  # a feature that is always the same has no variance
    outputs = 1 if "binary" in name and seed % 2 else int(random.integers(2, 5))
    layers = [*beginning(random, inputs), *middle(random, seed)]
    layers.append(keras.layers.Dense(outputs, end_of(random, name)))
    if seed % 2 and layers[-1].activation is keras.activations.softmax:
        layers[-1:] = [keras.layers.Dense(outputs), keras.layers.Softmax()]
    model = keras.Sequential([keras.Input(shape), *layers])
    for layer in model.layers:
        shake(layer, random)
    return model, name, in_float32(inputs), targets_for(random, name, outputs)


def beginning(random: np.random.Generator, inputs: Array) -> list[Any]:
    """From inputs in their own units to a row of values."""
    layers: list[Any] = []
    if random.random() < 0.4:
        layers.append(keras.layers.Normalization())
        layers[0].adapt(inputs.astype("float32"))
    elif random.random() < 0.4:
        layers.append(keras.layers.Rescaling(0.3, offset=-0.5))
    if inputs.ndim == 3:
        if random.random() < 0.5:
            layers.append(keras.layers.Dense(5, "tanh"))
        layers.append(keras.layers.Flatten())
    return layers


def middle(random: np.random.Generator, seed: int) -> list[Any]:
    """Some hidden layers; along the seeds every activation has its turn."""
    layers: list[Any] = []
    for turn in range(int(random.integers(1, 4))):
        activation = ACTIVATIONS[(3 * seed + turn) % len(ACTIVATIONS)]
        layers.append(keras.layers.Dense(4, activation, use_bias=random.random() < 0.8))
        with_or_without = {name: random.random() < 0.7 for name in ("center", "scale")}
        between = (
            keras.layers.BatchNormalization(epsilon=0.01, **with_or_without),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.4),
            keras.layers.LeakyReLU(negative_slope=0.15),
            keras.layers.ReLU(max_value=1.5, negative_slope=0.1),
            keras.layers.ReLU(threshold=0.2),
            keras.layers.Activation("tanh"),
            keras.layers.Reshape((2, -1)),
        )[int(random.integers(8))]
        layers.append(between)
        if isinstance(between, keras.layers.Reshape):
            layers += [keras.layers.Dense(3, "sigmoid"), keras.layers.Flatten()]
    return layers


def end_of(random: np.random.Generator, name: str) -> str:
    """The last layer's activation."""
    kind = next((kind for kind in ENDS if kind in name), None)
    if kind is None or "logits" in name:
        return "linear"
    return ENDS[kind][int(random.integers(len(ENDS[kind])))]


def targets_for(random: np.random.Generator, name: str, outputs: int) -> Array:
    if "categorical" in name:
        return np.eye(outputs)[random.integers(outputs, size=SAMPLES)]
    if "binary" in name:
        return random.integers(2, size=(SAMPLES, outputs)).astype(float)
    return in_float32(2 * random.normal(size=(SAMPLES, outputs)))


def shake(layer: Any, random: np.random.Generator) -> None:
    """Give a layer weights as training would: no bias is 0, no moving variance 1."""
    if isinstance(layer, keras.layers.Normalization):
        return
    for variable in layer.weights:
        values = random.normal(size=variable.shape) * 0.7
        if variable.name in ("moving_variance", "gamma"):
            values = 0.05 + values**2
        variable.assign(values)


def in_float32(values: Array) -> Array:
    return values.astype(np.float32).astype(np.float64)


def recorded(model: Any, name: str, inputs: Array, targets: Array) -> Record:
    """What a record of the model holds, in one epoch."""
    _, settings = LOSSES[name]
    return Record(
        hyperparameters={"loss": name.partition(",")[0], "loss_settings": settings},
        versions={},
        inputs=inputs,
        targets=targets,
        rule=None,
        layers=tuple(describe_layer(layer) for layer in model.layers),
        epochs=np.array([0]),
        history={"loss": np.zeros(1)},
        parameters=tuple(
            {
                name: np.array([each], dtype=np.float64)
                for name, each in recorded_parameters(layer).items()
            }
            for layer in model.layers
        ),
        predictions=np.zeros((1, *targets.shape)),
    )


def of_keras(
    model: Any, name: str, inputs: Array, targets: Array
) -> tuple[list[Array], float, list[dict[str, Array]], Array]:
    """What each layer puts out, the loss, its gradients, and the loss of each sample."""
    class_name, settings = LOSSES[name]
    loss = getattr(keras.losses, class_name)(**settings)
    truth = targets.argmax(axis=1) if "sparse" in name else targets.astype("float32")
    values, found = tf.constant(inputs, tf.float32), []
    with tf.GradientTape() as tape:
        for layer in model.layers:
            values = layer(values, training=False) if takes_training(layer) else layer(values)
            found.append(values)
        lost = loss(truth, values)
    by_layer = [
        {
            variable.name: np.array(tape_gradient, dtype=np.float64)
            for variable, tape_gradient in zip(layer.trainable_variables, each)
        }
        for layer, each in zip(
            model.layers, tape.gradient(lost, [layer.trainable_variables for layer in model.layers])
        )
    ]
    alone = getattr(keras.losses, class_name)(**settings, reduction="none")
    per_sample = np.array(alone(truth, np.array(values)), dtype=np.float64)
    return [np.array(each, np.float64) for each in found], float(lost), by_layer, per_sample


def takes_training(layer: Any) -> bool:
    return isinstance(layer, keras.layers.Dropout | keras.layers.BatchNormalization)


def assert_near(found: Array, expected: Array, what: str) -> None:
    assert found.shape == expected.shape, what
    reach = NEAR * max(np.abs(expected).max(initial=0), 1e-3)
    assert np.abs(found - expected).max(initial=0) <= reach, (what, found, expected)


SEEDS: Sequence[int] = range(26)  # each loss twice


@pytest.mark.parametrize("seed", SEEDS)
def test_a_network_of_any_layers_is_that_of_keras(seed: int) -> None:
    model, name, inputs, targets = drawn(seed)
    record = recorded(model, name, inputs, targets)
    put_out, lost, by_layer, per_sample = of_keras(model, name, inputs, targets)
    assert can_follow(record)

    found = outputs(record, 0, inputs)
    for layer, values, expected in zip(record.layers, found, put_out, strict=True):
        assert_near(values, expected, layer.name)
    told = loss_of(record.hyperparameters)
    assert told
    assert_near(told.terms(targets, put_out[-1]).mean(axis=1), per_sample, name)
    loss = loss_of(record.hyperparameters, record.layers)
    assert loss
    # Given what a sigmoid put out Keras takes the softmax of that sigmoid's own logits.
    if record.layers[-1].activation != "sigmoid" or "categorical" not in name:
        assert loss.gives(lost, targets, put_out[-1])
    found_gradients = gradients(record, 0, inputs, targets)
    for layer, given, wanted in zip(record.layers, found_gradients, by_layer, strict=True):
        assert given.keys() == wanted.keys(), layer
        for parameter, gradient in given.items():
            assert_near(gradient, wanted[parameter], f"{layer} {parameter}")


@pytest.mark.parametrize(
    ("name", "activation", "logits", "truth"),
    [
        ("binary_crossentropy", "sigmoid", [[-60], [-30], [5]], [[1], [1], [1]]),
        ("categorical_crossentropy", "softmax", [[0, 30, 60], [1, 2, 0]], [[1, 0, 0], [0, 1, 0]]),
    ],
)
def test_after_its_own_activation_a_loss_is_not_clipped(
    name: str, activation: str, logits: list[list[float]], truth: list[list[float]]
) -> None:
    inputs, targets = np.array(logits, dtype=float), np.array(truth, dtype=float)
    width = inputs.shape[1]
    layer = keras.layers.Dense(width, activation, kernel_initializer="identity")
    model = keras.Sequential([keras.Input((width,)), layer])
    model.compile(loss=name)
    evaluated = model.evaluate(inputs, targets, verbose=0)
    record = recorded(model, name, inputs, targets)
    predictions = np.array(model(inputs), dtype=np.float64)

    loss = loss_of(record.hyperparameters, record.layers)
    clipping = loss_of(record.hyperparameters)

    assert loss and clipping
    assert loss.gives(evaluated, targets, predictions)
    assert not clipping.gives(evaluated, targets, predictions)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_and_their_slopes_are_those_of_keras(activation: str) -> None:
    z = np.linspace(-7, 7, 141).reshape(-1, 3)
    values = tf.constant(z, tf.float32)
    weights = np.random.default_rng(2).normal(size=z.shape)
    with tf.GradientTape() as tape:
        tape.watch(values)
        expected = keras.activations.get(activation)(values)
        weighed = tf.reduce_sum(expected * weights.astype("float32"))
    ours = activations.ACTIVATIONS[activation]

    found = ours.of(z)

    assert np.allclose(found, expected, rtol=2e-5, atol=2e-6)
    slopes = np.array(tape.gradient(weighed, values))
    assert np.allclose(ours.back(weights, z, found), slopes, rtol=2e-5, atol=2e-5)
