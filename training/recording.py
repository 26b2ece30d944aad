"""A run being recorded: which states of the network are kept, and the record they make.

`EpochRecorder` and `training.train` both fill a `Recording`, so that both write the same record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from epochreel.errors import CannotRecord
from epochreel.record.record import Record
from training.description import describe_layer, recorded_layers, recorded_parameters, versions
from training.fitting import check_fits, true_values
from training.hyperparameters import describe_training
from training.kept import MAX_RECORDED_NUMBERS, kept_epochs
from training.samples import Floats, Samples, validation_of
from training.scores import scores_of


@dataclass(frozen=True, eq=False)
class State:
    """What the network knows after `epoch`: scores and parameters in the recording's order."""

    epoch: int
    scores: Floats
    predictions: Floats
    parameters: list[Floats]

    @property
    def finite(self) -> bool:
        """Whether every number in it is one."""
        values = (self.scores, self.predictions, *self.parameters)
        return all(np.isfinite(value).all() for value in values)

    def copy(self) -> "State":
        """The same values in memory of their own."""
        parameters = [values.copy() for values in self.parameters]
        return State(self.epoch, self.scores.copy(), self.predictions.copy(), parameters)


class Recording:
    """A run being recorded: what is said of it once, and the states kept so far.

    Attributes:
        true: what the loss compares predictions with, one for each sample: targets or, of a loss
            that takes them, the numbers of classes.
        scores: what is recorded beside the predictions: the loss, metrics, and both for the
            validation samples, where there are any.

    Raises:
        CannotRecord: the model cannot be recorded, or the data does not fit it.
    """

    def __init__(
        self,
        model: keras.Model,
        data: Samples,
        epochs: int,
        *,
        said: Mapping[str, Any] | None = None,
        rule: str | None = None,
        shown_epochs: Sequence[int] = (),
    ) -> None:
        self.model, self.data, self.rule = model, data, rule
        self.layers = recorded_layers(model)
        check_fits(model, data)
        self.hyperparameters = {**describe_training(model, epochs), **(said or {})}
        self.true = true_values(self.hyperparameters["loss"], data)
        self._scores = scores_of(model, labels=self.true.ndim == 1)
        self.scores = [*self._scores]
        if data.validation is not None:
            self.scores += [f"val_{name}" for name in self._scores]
        self.parameters = [recorded_parameters(layer) for layer in self.layers]
        self.variables = [each for layer in self.parameters for each in layer.values()]
        sizes = [int(np.prod(variable.shape)) for variable in self.variables]
        self.numbers = len(self.scores) + data.targets.size + sum(sizes)
        self.kept = kept_epochs(epochs, MAX_RECORDED_NUMBERS // self.numbers, shown_epochs)
        self.states: list[State] = []
        self.every_score: list[Floats] = []
        self.last: State | None = None
        self.diverged_at: int | None = None

    def state(self) -> tuple[tf.Tensor, tf.Tensor, list[tf.Tensor]]:
        """Scores, predictions (n, k) and parameters now: symbolic inside a `tf.function`.

        The loss is that of exactly these predictions. Keras' own `logs["loss"]` is the mean
        over batches of a network that was still changing.
        """
        predictions = self.model(tf.constant(self.data.inputs), training=False)
        scores = self._mean_scores(self.true, predictions)
        held_out = self.data.validation
        if held_out is not None:
            true = true_values(self.hyperparameters["loss"], held_out)
            scores += self._mean_scores(
                true, self.model(tf.constant(held_out.inputs), training=False)
            )
        parameters = [tf.cast(tf.convert_to_tensor(each), tf.float32) for each in self.variables]
        return tf.stack(scores), tf.cast(predictions, tf.float32), parameters

    def _mean_scores(self, true: np.ndarray, predictions: tf.Tensor) -> list[tf.Tensor]:
        scores = (score(tf.constant(true), predictions) for score in self._scores.values())
        return [tf.cast(tf.reduce_mean(tf.cast(each, tf.float32)), tf.float32) for each in scores]

    def keep(
        self, epoch: int, scores: Floats, predictions: Floats, parameters: list[Floats]
    ) -> bool:
        """Add the state after `epoch`; False when it diverged and training should stop.

        Raises:
            CannotRecord: the state before training is not finite, so there is nothing to record.
        """
        state = State(epoch, scores, predictions, parameters)
        if not state.finite:
            if self.last is None:
                raise CannotRecord(f"The state before training (epoch {epoch}) is not finite.")
            self.diverged_at = epoch
            return False
        self.every_score.append(scores.copy())
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
        data = self.data
        return Record(
            hyperparameters=self.hyperparameters,
            versions=versions(),
            inputs=data.inputs.astype(np.float64),
            targets=data.targets.astype(np.float64),
            rule=self.rule,
            layers=tuple(map(describe_layer, self.layers)),
            epochs=np.array([state.epoch for state in states], dtype=np.int64),
            history=dict(zip(self.scores, np.array(self.every_score, dtype=np.float64).T)),
            parameters=tuple({name: next(arrays) for name in layer} for layer in self.parameters),
            predictions=np.array([state.predictions for state in states], dtype=np.float64),
            diverged_at=self.diverged_at,
            feature_names=data.feature_names,
            target_names=data.target_names,
            class_names=data.class_names,
            validation=validation_of(data),
        )
