"""A record as a lecture's training would leave it, without training: to plan a film with."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from epochreel.lecture.settings import Lecture
from epochreel.record.kind import Shape
from epochreel.record.layers import KINDS
from epochreel.record.losses import in_float32, loss_of
from epochreel.record.network import outputs
from epochreel.record.record import Array, Layer, Record
from training.data import load_data
from training.kept import MAX_RECORDED_NUMBERS, kept_epochs
from training.planned import planned_layers
from training.samples import Samples, validation_of


def stand_in(lecture: Lecture) -> Record:
    """A record of the right shapes, with the lecture's data and hyperparameters.

    What a training would find out is random in it, so that it differs from that of any other
    record; a run that diverges is not foreseen.

    Raises:
        LectureError: the data cannot be read or used, or does not fit the model.
    """
    random = np.random.default_rng(0)
    data, training = load_data(lecture), lecture.training
    targets = data.targets.astype(np.float64)
    layers = planned_layers(lecture, data.inputs.shape[1:])
    shapes = _shapes(layers, data.inputs.shape[1:])
    numbers = sum(int(np.prod(shape)) for layer in shapes for shape in layer.values())
    names = ["loss", *training.metrics]
    if data.validation is not None:
        names += [f"val_{name}" for name in names]
    room = MAX_RECORDED_NUMBERS // (len(names) + targets.size + numbers)
    epochs = np.array(sorted(kept_epochs(training.epochs, room)), dtype=np.int64)
    distances = random.uniform(0.5, 1.0, training.epochs + 1) / np.arange(1, training.epochs + 2)
    # Positive, as variances are.
    parameters = tuple(
        {name: random.uniform(0.1, 1, (len(epochs), *shape)) for name, shape in layer.items()}
        for layer in shapes
    )
    predictions = _predictions(data, distances[epochs, None, None], random)
    inputs = data.inputs.astype(np.float64)
    # What works out the first step goes by what this very network predicts there.
    first = in_float32(outputs(_Untrained(inputs, layers, parameters), 0, inputs)[-1])
    if np.isfinite(first).all():
        predictions[0] = first
    losses = distances**2
    loss = loss_of({"loss": training.loss})
    if loss:
        losses[epochs] = [loss.mean(targets, each) for each in predictions]
    return Record(
        hyperparameters={
            "loss": training.loss,
            "optimizer": training.optimizer,
            "learning_rate": training.learning_rate,
            "optimizer_settings": training.optimizer_settings,
            "epochs": training.epochs,
            "batch_size": training.batch_size,
            "seed": training.seed,
        },
        versions={},
        inputs=inputs,
        targets=targets,
        rule=lecture.data.rule,
        layers=layers,
        epochs=epochs,
        history={name: _history(name, losses) for name in names},
        parameters=parameters,
        predictions=predictions,
        feature_names=data.feature_names,
        target_names=data.target_names,
        class_names=data.class_names,
        validation=validation_of(data),
    )


@dataclass(frozen=True, eq=False)
class _Untrained:
    """A network with the states of its parameters."""

    inputs: Array
    layers: tuple[Layer, ...]
    parameters: tuple[Mapping[str, Array], ...]


def _history(name: str, losses: Array) -> Array:
    """A loss or a metric of every epoch."""
    if name == "val_loss":
        return losses[::-1]  # it rises: a beat that only an overfitting has is foreseen
    return losses if name == "loss" else 1 / (1 + losses)


def _shapes(layers: tuple[Layer, ...], shape: Shape) -> list[Mapping[str, Shape]]:
    """Of every layer the shapes of its parameters."""
    before = [shape, *(layer.shape for layer in layers)]
    return [KINDS[layer.type].parameters(layer, at) for layer, at in zip(layers, before)]


def _predictions(data: Samples, distances: Array, random: np.random.Generator) -> Array:
    """Predictions (E, n, k) so far from the truth, to one side or the other."""
    if not data.class_names:
        aside = random.choice([-1, 1], data.targets.shape)
        return in_float32(data.targets + distances * aside)
    shares = random.uniform(0, 1, data.targets.shape)
    outputs = data.targets.shape[1]
    if outputs > 1:
        shares /= shares.sum(axis=1, keepdims=True)
    return in_float32(data.targets * (1 - distances) + shares * distances)
