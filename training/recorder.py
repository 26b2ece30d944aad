"""`EpochRecorder`: the callback that records anyone's own `model.fit`."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from epochreel.errors import CannotRecord, LectureError, shown
from epochreel.files import check_writable
from epochreel.lecture.rule import parse_rule
from epochreel.record.fields import MAX_NAME
from epochreel.record.file import save_record
from training.backend import require_tensorflow

# Before Keras is imported: on another backend that ends in an error of its own.
require_tensorflow()

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

from training.description import recorded_layers  # noqa: E402
from training.given import Given  # noqa: E402
from training.recording import Recording  # noqa: E402


class EpochRecorder(keras.callbacks.Callback):
    """Records a training run for epochreel, as a callback of `model.fit`.

        model.fit(x, y, epochs=50, callbacks=[EpochRecorder("run.json", data=(x, y))])

    The record (see RECORD.md) is written when training ends, and only then; a run that
    diverges is stopped and recorded up to its last finite epoch.

    Args:
        path: the JSON file to write; its folder is made.
        data: what is recorded of: inputs (n, ...) and targets as `fit` takes them, or a finite
            `tf.data.Dataset` of both.
        validation_data: likewise, if `fit` was given some.
        validation_split: what `fit` was given: so much of the end of `data` is for validation.
        batch_size: what `fit` was given, for the record; Keras does not tell a callback.
        seed: what the random seed was set to, for the record.
        rule: the targets as arithmetic on x, such as `2*x + 1`, if there is such a rule.
        shown_epochs: recorded in any case, where a long run is sampled.
        feature_names, target_names, class_names: what the film calls input values, outputs, and
            classes; the columns of a pandas table have their names.

    Raises:
        BadOutput: `path` cannot be written.
        CannotRecord: something given here has no form in a record; at the start of `fit`, the
            model or its data has none.
    """

    def __init__(
        self,
        path: str | Path,
        data: Any = None,
        *,
        validation_data: Any = None,
        validation_split: float | None = None,
        batch_size: int | None = None,
        seed: int | None = None,
        rule: str | None = None,
        shown_epochs: Sequence[int] = (),
        feature_names: Sequence[str] = (),
        target_names: Sequence[str] = (),
        class_names: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.path = Path(path)
        _check_count("batch_size", batch_size, least=1)
        _check_count("seed", seed, least=0)
        _check_split(validation_split, validation_data)
        self.given = Given(
            data,
            validation_data,
            validation_split,
            _checked_names("feature_names", feature_names),
            _checked_names("target_names", target_names),
            _checked_names("class_names", class_names),
        )
        try:
            self.given.check()
        except ValueError as error:
            raise _bad_data(error, data) from None
        said: dict[str, Any] = {"batch_size": batch_size, "seed": seed}
        if validation_split is not None:
            said["validation_split"] = validation_split
        self.said: Mapping[str, Any] = {
            "said": said,
            "rule": _checked_rule(rule),
            "shown_epochs": shown_epochs,
        }
        check_writable(self.path, "EpochRecorder: path")

    def on_train_begin(self, logs: Any = None) -> None:
        """Look at the model and the data, and refuse what cannot be recorded."""
        try:
            self.given.build(self.model)
            recorded_layers(self.model)
            samples = self.given.samples_for(self.model)
        except ValueError as error:
            raise _bad_data(error, self.given.data) from None
        self.recording = Recording(self.model, samples, self.params["epochs"], **self.said)
        self.state = tf.function(self.recording.state, autograph=False).get_concrete_function()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Record the state before training, which is epoch 0 unless `fit` resumes."""
        if self.recording.last is None:
            self.keep(epoch)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Record the state after epoch `epoch + 1`, which Keras calls `epoch`."""
        if "val_loss" in (logs or {}) and self.recording.data.validation is None:
            self._warn_of_validation()
        if not self.keep(epoch + 1):
            self.model.stop_training = True

    def on_train_end(self, logs: Any = None) -> None:
        """Write the record.

        Raises:
            CannotRecord: `fit` was asked for no epoch, so that there is no state.
        """
        if self.recording.last is None:
            raise CannotRecord("EpochRecorder: there is nothing to record; fit trained no epoch.")
        save_record(self.recording.record(), self.path)

    def keep(self, epoch: int) -> bool:
        """Record the model as it is now, as its state after `epoch`."""
        scores, predictions, parameters = self.state()
        arrays = [values.numpy() for values in parameters]
        return self.recording.keep(epoch, scores.numpy(), predictions.numpy(), arrays)

    def _warn_of_validation(self) -> None:
        if self.recording.last is not None and len(self.recording.every_score) == 1:
            warnings.warn(
                "fit validates, and EpochRecorder was not told on what: the record has no "
                "validation. Pass validation_data=(x, y) or validation_split= to it as to fit.",
                stacklevel=3,
            )


def _bad_data(error: ValueError, data: Any) -> CannotRecord:
    problem = str(error).removesuffix(".")
    return CannotRecord(f"EpochRecorder: data: {problem}.", field="data", value=data)


def _check_split(split: Any, data: Any) -> None:
    if split is None:
        return
    if data is not None:
        raise CannotRecord(
            "EpochRecorder: take validation_data or validation_split, not both.",
            field="validation_split",
            value=split,
        )
    if isinstance(split, bool) or not isinstance(split, int | float) or not 0 < split < 1:
        raise CannotRecord(
            f"EpochRecorder: validation_split must be between 0 and 1. Found {shown(split)}.",
            field="validation_split",
            value=split,
        )


def _checked_names(field: str, names: Sequence[str]) -> tuple[str, ...]:
    """Names that can be drawn, each once."""
    found = [] if isinstance(names, str) else [*names]
    drawn = all(isinstance(n, str) and n.isprintable() and 0 < len(n) <= MAX_NAME for n in found)
    if isinstance(names, str) or not drawn or len({*found}) < len(found):
        raise CannotRecord(
            f"EpochRecorder: {field} must be a list of different names of 1 to {MAX_NAME} "
            f"characters that print. Found {shown(names)}.",
            field=field,
            value=names,
        )
    return tuple(found)


def _check_count(name: str, value: Any, least: int) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and not (whole and least <= value < 2**63):
        raise CannotRecord(
            f"EpochRecorder: {name} must be a whole number from {least}, or None. "
            f"Found {shown(value)}.",
            field=name,
            value=value,
        )


def _checked_rule(rule: str | None) -> str | None:
    try:
        return None if rule is None else parse_rule(rule).text
    except LectureError as error:
        raise CannotRecord(f"EpochRecorder: rule: {error}", field="rule", value=rule) from None
