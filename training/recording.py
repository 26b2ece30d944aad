"""A run being recorded: which states of the network are kept, and the record they make.

`EpochRecorder` and `training.train` both fill a `Recording`, so that both write the same record.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from epochreel.errors import CannotRecord, shown
from epochreel.record.record import Record
from training.description import describe_layer, recorded_layers, versions
from training.hyperparameters import describe_training
from training.kept import MAX_RECORDED_NUMBERS, kept_epochs
from training.samples import Floats, Samples


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


class Recording:
    """A run being recorded: what is said of it once, and the states kept so far.

    Raises:
        CannotRecord: the model cannot be recorded, or the data does not fit it.
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
                raise CannotRecord(
                    f"Model {shown(model.name)} goes from {model.inputs[0].shape[1]} inputs to "
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
            CannotRecord: the state before training is not finite, so there is nothing to record.
        """
        state = State(epoch, loss, predictions, parameters)
        if not state.finite:
            if self.last is None:
                raise CannotRecord(f"The state before training (epoch {epoch}) is not finite.")
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
