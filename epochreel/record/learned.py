"""Small records that really learned, in NumPy: classes, tables, images, chains of all layers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from epochreel.record.classes import labels_of, probabilities_of, targets_of
from epochreel.record.kind import Shape
from epochreel.record.layers import KINDS
from epochreel.record.losses import in_float32, loss_of
from epochreel.record.network import gradients, outputs
from epochreel.record.record import Array, Layer, Record, Validation

IRIS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
STEPS, RATE, KEPT = 6, 0.03, (0.9, 0.99)  # of Adam; the first between two epochs
TASKS = ("moons", "flowers", "digits", "pixels", "labels", "houses", "noise")


@dataclass(frozen=True, eq=False)
class Task:
    """Samples, and what they and their classes are called."""

    inputs: Array
    targets: Array
    loss: str
    names: Mapping[str, Any]


def learned(
    task: str,
    layers: Sequence[tuple[Any, ...]],
    *,
    count: int = 24,
    held_out: int = 0,
    trained: int = 12,
    steps: int = STEPS,
    said: Mapping[str, Any] | None = None,
    named: Mapping[str, Any] | None = None,
) -> Record:
    """A record of a network that learned a task by gradient descent.

    Args:
        task: one of TASKS.
        layers: per layer its type, its shape or None where that is the input's, and its settings;
            an `activation` among them.
        count: how many samples it is trained on.
        trained: how many epochs.
        steps: by the gradient over all samples, in each epoch.
        held_out: how many more samples are for validation.
        said: hyperparameters beside those of the task, or in their place.
        named: names in place of the task's own.
    """
    random = np.random.default_rng(3)
    whole = _task(task, count + held_out, random)
    inputs, targets = whole.inputs[:count], whole.targets[:count]
    hyperparameters = {
        "loss": whole.loss,
        "optimizer": "adam",
        "optimizer_settings": {},
        "learning_rate": RATE,
        "epochs": trained,
        "batch_size": 32,
        "seed": 3,
        **(said or {}),
    }
    record = Record(
        hyperparameters=hyperparameters,
        versions={"keras": "3"},
        inputs=inputs,
        targets=targets,
        rule=None,
        layers=tuple(_layers(layers, inputs.shape[1:])),
        epochs=np.array([0]),
        history={},
        parameters=(),
        predictions=np.empty(0),
        validation=Validation(whole.inputs[count:], whole.targets[count:]) if held_out else None,
        **{**whole.names, **(named or {})},
    )
    states = [*_states(record, trained, steps, random)]
    return _told(
        replace(
            record,
            epochs=np.arange(trained + 1),
            parameters=tuple(
                {name: np.stack([state[at][name][0] for state in states]) for name in layer}
                for at, layer in enumerate(states[0])
            ),
        )
    )


def _layers(layers: Sequence[tuple[Any, ...]], shape: Shape) -> Iterator[Layer]:
    for number, (kind, own, *rest) in enumerate(layers, start=1):
        settings = dict(rest[0]) if rest else {}
        activation = settings.pop("activation", "linear")
        layer = Layer(f"{kind.lower()}_{number}", kind, own or shape, activation, settings)
        shape = KINDS[kind].output_shape(layer, shape)
        yield replace(layer, shape=shape)


def _states(record: Record, epochs: int, steps: int, random: np.random.Generator) -> Iterator[Any]:
    """The parameters after each epoch, as a record of one epoch holds them."""
    now = [*_start(record, random)]
    yield now
    moments = [{name: (0 * v, 0 * v) for name, v in layer.items()} for layer in now]
    for step in range(1, epochs * steps + 1):
        at_hand = replace(record, parameters=tuple(now))
        slopes = gradients(at_hand, 0, record.inputs, record.targets)
        now = [dict(layer) for layer in now]
        for layer, moment, slope in zip(now, moments, slopes):
            for name, value in slope.items():
                first, second = (
                    kept * old + (1 - kept) * new
                    for kept, old, new in zip(KEPT, moment[name], (value, value**2))
                )
                moment[name] = first, second
                size = np.sqrt(second / (1 - KEPT[1] ** step)) + 1e-7
                layer[name] = layer[name] - RATE * first / (1 - KEPT[0] ** step) / size
        if step % steps == 0:
            yield now


def _start(record: Record, random: np.random.Generator) -> Iterator[dict[str, Array]]:
    """Parameters before training, (1, *shape)."""
    shape = record.inputs.shape[1:]
    for layer in record.layers:
        shapes = KINDS[layer.type].parameters(layer, shape)
        started = {name: np.zeros((1, *each)) for name, each in shapes.items()}
        for name in started.keys() & {"gamma", "moving_variance"}:
            started[name] += 1
        if "kernel" in started:
            size = np.sqrt(2 / sum(shapes["kernel"]))
            started["kernel"] = random.normal(size=started["kernel"].shape) * size
        if "variance" in started:
            others = tuple(range(record.inputs.ndim - 1))
            started["mean"][0] = record.inputs.mean(axis=others)
            started["variance"][0] = record.inputs.var(axis=others)
        yield started
        shape = layer.shape


def _told(record: Record) -> Record:
    """The record with its predictions, and with what they score."""

    def predictions(inputs: Array) -> Array:
        found = [outputs(record, at, inputs)[-1] for at in range(len(record.epochs))]
        return np.stack(found).astype(np.float32).astype(np.float64)

    predicted = predictions(record.inputs)
    history = _scores(record, record.targets, predicted)
    if record.validation:
        held_out = predictions(record.validation.inputs)
        others = _scores(record, record.validation.targets, held_out)
        history |= {f"val_{name}": values for name, values in others.items()}
    return replace(record, history=history, predictions=predicted)


def _scores(record: Record, targets: Array, predictions: Array) -> dict[str, Array]:
    loss = loss_of(record.hyperparameters, record.layers)
    assert loss
    scores = {"loss": np.array([loss.mean(targets, each) for each in predictions])}
    if record.class_names:
        found = probabilities_of(predictions, record.hyperparameters).argmax(axis=-1)
        scores["accuracy"] = (found == labels_of(targets)).mean(axis=1)
    return {name: in_float32(values) for name, values in scores.items()}


def _task(name: str, count: int, random: np.random.Generator) -> Task:
    labels = np.arange(count) % {"flowers": 3, "digits": 10, "pixels": 10}.get(name, 2)
    if name == "moons":
        turn = random.uniform(0, np.pi, count)
        arcs = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.where(labels, -1, 1)[:, None]
        inputs = arcs + labels[:, None] * [1, 0.5] + random.normal(size=(count, 2)) * 0.12
        return Task(
            inputs, targets_of(labels, 1), "binary_crossentropy", {"class_names": ("0", "1")}
        )
    if name == "flowers":
        middles = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.5, 2.0]])
        spread = np.array([0.5, 0.4, 0.7, 0.4])
        inputs = np.abs(middles[labels] + random.normal(size=(count, 4)) * spread).round(1) + 0.1
        names = {"feature_names": IRIS, "class_names": ("setosa", "versicolor", "virginica")}
        return Task(inputs, targets_of(labels, 3), "sparse_categorical_crossentropy", names)
    if name in ("digits", "pixels"):
        size = 8 if name == "digits" else 28
        shapes = random.uniform(0, 16, (10, size, size)) * (random.random((10, size, size)) > 0.6)
        inputs = np.clip(
            shapes[labels] + 5 * random.normal(size=(count, size, size)), 0, 16
        ).round()
        names = {"class_names": tuple("0123456789")}
        return Task(inputs, targets_of(labels, 10), "sparse_categorical_crossentropy", names)
    inputs = random.normal(size=(count, 2)).round(3)
    if name == "labels":
        targets = np.stack([inputs[:, 0] > 0, inputs[:, 1] > 0, inputs.sum(axis=1) > 0], axis=1)
        return Task(inputs, targets.astype(float), "binary_crossentropy", {})
    if name == "houses":
        inputs = np.stack(
            [random.uniform(40, 200, count).round(), random.integers(1, 6, count)], axis=1
        ).astype(float)
        prices = inputs @ [[0.02, 0.01], [0.3, -0.1]] + random.normal(size=(count, 2)) * 0.1
        names = {"feature_names": ("面积 (m²)", "房间"), "target_names": ("price", "rent")}
        return Task(inputs, prices.round(2), "mean_squared_error", names)
    x = np.sort(random.uniform(-3, 3, (count, 1)), axis=0)[random.permutation(count)].round(3)
    return Task(x, np.sin(x) + random.normal(size=x.shape) * 0.3, "mean_squared_error", {})
