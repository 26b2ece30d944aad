"""`EpochRecorder`: the callback that records anyone's own `model.fit`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy.typing as npt

from epochreel.errors import CannotRecord, LectureError, shown
from epochreel.files import check_writable
from epochreel.lecture.rule import parse_rule
from epochreel.record.file import save_record
from training.backend import require_tensorflow
from training.samples import Samples

# Before Keras is imported: on another backend that ends in an error of its own.
require_tensorflow()

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

from training.recording import Recording  # noqa: E402


class EpochRecorder(keras.callbacks.Callback):
    """Records a training run for epochreel, as a callback of `model.fit`.

        model.fit(x, y, epochs=50, callbacks=[EpochRecorder("run.json", data=(x, y))])

    The record (see RECORD.md) is written when training ends, and only then; a run that
    diverges is stopped and recorded up to its last finite epoch.

    Args:
        path: the JSON file to write; its folder is made.
        data: inputs (n, d) and targets (n, k) whose predictions and loss are recorded.
        batch_size: what `fit` was given, for the record; Keras does not tell a callback.
        seed: what the random seed was set to, for the record.
        rule: the targets as arithmetic on x, such as `2*x + 1`, if there is such a rule.
        shown_epochs: recorded in any case, where a long run is sampled.

    Raises:
        BadOutput: `path` cannot be written.
        CannotRecord: something given here has no form in a record; at the start of `fit`, the
            model has none.
    """

    def __init__(
        self,
        path: str | Path,
        data: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
        *,
        batch_size: int | None = None,
        seed: int | None = None,
        rule: str | None = None,
        shown_epochs: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.path, self.data = Path(path), _samples(data)
        _check_count("batch_size", batch_size, least=1)
        _check_count("seed", seed, least=0)
        self.said: Mapping[str, Any] = {
            "batch_size": batch_size,
            "seed": seed,
            "rule": _checked_rule(rule),
            "shown_epochs": shown_epochs,
        }
        check_writable(self.path, "EpochRecorder: path")

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
        """Write the record.

        Raises:
            CannotRecord: `fit` was asked for no epoch, so that there is no state.
        """
        if self.recording.last is None:
            raise CannotRecord("EpochRecorder: there is nothing to record; fit trained no epoch.")
        save_record(self.recording.record(), self.path)

    def keep(self, epoch: int) -> bool:
        """Record the model as it is now, as its state after `epoch`."""
        loss, predictions, parameters = self.state()
        arrays = [values.numpy() for values in parameters]
        return self.recording.keep(epoch, loss.numpy(), predictions.numpy(), arrays)


def _samples(data: Any) -> Samples:
    if not (isinstance(data, tuple | list) and len(data) == 2):
        found = "nothing" if data is None else f"a {type(data).__name__}"
        raise _bad_data(
            f"found {found}, not inputs and targets. Pass arrays, data=(x, y): Keras does not "
            "tell a callback what it trains on",
            data,
        )
    try:
        return Samples.of(*data)
    except ValueError as error:
        raise _bad_data(str(error).removesuffix("."), data) from None


def _bad_data(problem: str, data: Any) -> CannotRecord:
    return CannotRecord(f"EpochRecorder: data: {problem}.", field="data", value=data)


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
