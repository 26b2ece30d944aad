"""A record as a lecture's training would leave it, without training: to plan a film with."""

from itertools import pairwise

import numpy as np

from epochreel.lecture.settings import Lecture
from epochreel.record.losses import in_float32, loss_of
from epochreel.record.record import Layer, Record
from training.data import load_data
from training.kept import MAX_RECORDED_NUMBERS, kept_epochs


def stand_in(lecture: Lecture) -> Record:
    """A record of the right shapes, with the lecture's data and hyperparameters.

    What a training would find out is random in it, so that it differs from that of any other
    record; a run that diverges is not foreseen.

    Raises:
        LectureError: the data cannot be read or used, or does not fit the model.
    """
    random = np.random.default_rng(0)
    data = load_data(lecture)
    inputs, targets = data.inputs.astype(np.float64), data.targets.astype(np.float64)
    layers, training = lecture.model.layers, lecture.training
    widths = [inputs.shape[1], *(layer.units for layer in layers)]
    numbers = 1 + targets.size + sum((one + 1) * other for one, other in pairwise(widths))
    room = MAX_RECORDED_NUMBERS // numbers
    epochs = np.array(sorted(kept_epochs(training.epochs, room)), dtype=np.int64)
    distances = random.uniform(0.5, 1.0, training.epochs + 1) / np.arange(1, training.epochs + 2)
    predictions = in_float32(
        targets + distances[epochs, None, None] * random.choice([-1, 1], targets.shape)
    )
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
        layers=tuple(
            Layer(f"dense_{number}", "Dense", layer.units, layer.activation)
            for number, layer in enumerate(layers, start=1)
        ),
        epochs=epochs,
        losses=losses[epochs],
        parameters=tuple(
            {
                "kernel": random.normal(size=(len(epochs), one, other)),
                "bias": random.normal(size=(len(epochs), other)),
            }
            for one, other in pairwise(widths)
        ),
        predictions=predictions,
        every_loss=losses if len(epochs) <= training.epochs else None,
    )
