"""A Keras model's states, epoch by epoch, turned into a record.

`EpochRecorder` is the callback for anyone's own `model.fit`; `Recording`, which it fills, is
also what `training.train` fills, so that both write the same record.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from epochreel.errors import RecordError
from epochreel.record.file import save_record
from epochreel.record.record import Record
from training.data import Floats, Samples
from training.description import describe_layer, describe_training, recorded_layers, versions

# About 12 MB of JSON, which takes no user of the recorder a tenth of their training to write.
# 10,000 epochs of the lecture that ships are half a million numbers.
MAX_RECORDED_NUMBERS = 1_000_000


@dataclass(frozen=True, eq=False)
class State:
    """What the network knows after `epoch`: parameters in the model's order."""

    epoch: int
    loss: Floats
    predictions: Floats
    parameters: list[Floats]

    @property
    def finite(self) -> bool:
        """Whether every number in it is one."""
        values = (self.loss, self.predictions, *self.parameters)
        return all(np.isfinite(value).all() for value in values)

    def copy(self) -> "State":
        """The same values in memory of their own."""
        parameters = [values.copy() for values in self.parameters]
        return State(self.epoch, self.loss.copy(), self.predictions.copy(), parameters)


def kept_epochs(last: int, room: int, always: Collection[int] = ()) -> set[int]:
    """Which of the epochs 0 to `last` are recorded, when there is room for `room` of them.

    All, if they fit. Else the first, the last, and others between them whose gaps grow with
    the epoch, since a network changes most at the start; and those of `always`.
    """
    if last < room:
        return {*range(last + 1)}
    spread = np.rint(last * np.linspace(0, 1, max(room, 2)) ** 2)
    return {*spread.astype(int).tolist(), *(epoch for epoch in always if epoch <= last)}


class Recording:
    """A run being recorded: what is said of it once, and the states kept so far.

    Raises:
        RecordError: the model cannot be recorded, or the data does not fit it.
    """

    def __init__(
        self,
        model: keras.Model,
        data: Samples,
        epochs: int,
        *,
        batch_size: int | None = None,
        seed: int | None = None,
        rule: str | None = None,
        shown_epochs: Sequence[int] = (),
    ) -> None:
        self.model, self.data, self.rule = model, data, rule
        if isinstance(model, keras.Sequential) and not model.built:
            model.build((None, data.inputs.shape[1]))
        self.layers = recorded_layers(model)
        for values, tensor in ((data.inputs, model.inputs[0]), (data.targets, model.outputs[0])):
            if values.shape[1] != tensor.shape[1]:
                raise RecordError(
                    f"Model {model.name!r} goes from {model.inputs[0].shape[1]} inputs to "
                    f"{model.outputs[0].shape[1]} outputs; the data has {data.inputs.shape[1]} "
                    f"inputs and {data.targets.shape[1]} targets."
                )
        self.hyperparameters = describe_training(model, epochs, batch_size, seed)
        self.variables = [variable for layer in self.layers for variable in layer.weights]
        self.numbers = 1 + data.targets.size + sum(int(np.prod(v.shape)) for v in self.variables)
        self.kept = kept_epochs(epochs, MAX_RECORDED_NUMBERS // self.numbers, shown_epochs)
        self.states: list[State] = []
        self.losses: list[float] = []
        self.last: State | None = None
        self.diverged_at: int | None = None

    def state(self) -> tuple[tf.Tensor, tf.Tensor, list[tf.Tensor]]:
        """Loss (), predictions (n, k) and parameters now: symbolic inside a `tf.function`.

        The loss is that of exactly these predictions. Keras' own `logs["loss"]` is the mean
        over batches of a network that was still changing.
        """
        predictions = self.model(tf.constant(self.data.inputs), training=False)
        losses = keras.losses.get(self.model.loss)(tf.constant(self.data.targets), predictions)
        parameters = [tf.cast(variable.value, tf.float32) for variable in self.variables]
        loss = tf.cast(tf.reduce_mean(losses), tf.float32)
        return loss, tf.cast(predictions, tf.float32), parameters

    def keep(self, epoch: int, loss: Floats, predictions: Floats, parameters: list[Floats]) -> bool:
        """Add the state after `epoch`; False when it diverged and training should stop.

        Raises:
            RecordError: the state before training is not finite, so there is nothing to record.
        """
        state = State(epoch, loss, predictions, parameters)
        if not state.finite:
            if self.last is None:
                raise RecordError(f"The state before training (epoch {epoch}) is not finite.")
            self.diverged_at = epoch
            return False
        self.losses.append(float(loss))
        if self.last is None or epoch in self.kept:
            # What is handed in may be a view into the states of many epochs.
            state = state.copy()
            self.states.append(state)
        self.last = state
        return True

    def record(self) -> Record:
        """Everything kept, and the last finite state even where training ended early."""
        assert self.last is not None
        states = self.states if self.last is self.states[-1] else [*self.states, self.last]
        arrays = iter(
            np.array([state.parameters[at] for state in states], dtype=np.float64)
            for at in range(len(self.variables))
        )
        return Record(
            hyperparameters=self.hyperparameters,
            versions=versions(),
            inputs=self.data.inputs.astype(np.float64),
            targets=self.data.targets.astype(np.float64),
            rule=self.rule,
            layers=tuple(map(describe_layer, self.layers)),
            epochs=np.array([state.epoch for state in states], dtype=np.int64),
            losses=np.array([state.loss for state in states], dtype=np.float64),
            parameters=tuple(
                {variable.name: next(arrays) for variable in layer.weights} for layer in self.layers
            ),
            predictions=np.array([state.predictions for state in states], dtype=np.float64),
            diverged_at=self.diverged_at,
            every_loss=np.array(self.losses) if len(self.losses) > len(states) else None,
        )


class EpochRecorder(keras.callbacks.Callback):
    """Records a training run for epochreel, as a callback of `model.fit`.

        model.fit(x, y, epochs=50, callbacks=[EpochRecorder("run.json", data=(x, y))])

    The record (see RECORD.md) is written when training ends, and only then; a run that
    diverges is stopped and recorded up to its last finite epoch.

    Args:
        path: the JSON file to write.
        data: inputs (n, d) and targets (n, k) whose predictions and loss are recorded.
        batch_size: what `fit` was given, for the record; Keras does not tell a callback.
        seed: what the random seed was set to, for the record.
        rule: the targets as arithmetic on x, such as `2*x + 1`, if there is such a rule.
        shown_epochs: recorded in any case, where a long run is sampled.

    Raises:
        RecordError: the data are not finite numbers in rows; at the start of `fit`, also
            that the model cannot be recorded.
    """

    def __init__(
        self,
        path: str | Path,
        data: tuple[npt.ArrayLike, npt.ArrayLike],
        *,
        batch_size: int | None = None,
        seed: int | None = None,
        rule: str | None = None,
        shown_epochs: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.path = Path(path)
        try:
            self.data = Samples.of(*data)
        except ValueError as error:
            raise RecordError(f"EpochRecorder: {error}") from None
        self.said: Mapping[str, Any] = {
            "batch_size": batch_size,
            "seed": seed,
            "rule": rule,
            "shown_epochs": shown_epochs,
        }

    def on_train_begin(self, logs: Any = None) -> None:
        """Look at the model, and refuse one that cannot be recorded."""
        self.recording = Recording(self.model, self.data, self.params["epochs"], **self.said)
        self.state = tf.function(self.recording.state, autograph=False).get_concrete_function()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Record the state before training, which is epoch 0 unless `fit` resumes."""
        if self.recording.last is None:
            self.keep(epoch)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Record the state after epoch `epoch + 1`, which Keras calls `epoch`."""
        if not self.keep(epoch + 1):
            self.model.stop_training = True

    def on_train_end(self, logs: Any = None) -> None:
        """Write the record."""
        save_record(self.recording.record(), self.path)

    def keep(self, epoch: int) -> bool:
        """Record the model as it is now, as its state after `epoch`."""
        loss, predictions, parameters = self.state()
        arrays = [values.numpy() for values in parameters]
        return self.recording.keep(epoch, loss.numpy(), predictions.numpy(), arrays)
