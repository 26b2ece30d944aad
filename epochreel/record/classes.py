"""Predictions as probabilities of classes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from epochreel.record.activations import ACTIVATIONS
from epochreel.record.record import Array, Record

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Classes:
    """n samples of c classes, and what a network says of them in each recorded epoch.

    Attributes:
        names: of the classes, c.
        true: which class each sample is of, (n,).
        probabilities: of each class, (E, n, c).
    """

    names: tuple[str, ...]
    true: Places
    probabilities: Array

    @property
    def predicted(self) -> Places:
        """The most probable class, (E, n)."""
        return np.asarray(self.probabilities.argmax(axis=-1))

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether that is the true one, (E, n)."""
        return np.asarray(self.predicted == self.true)


def classes_of(record: Record) -> Classes | None:
    """What a record's network says of classes; None where its targets are no classes."""
    if not record.class_names:
        return None
    probabilities = probabilities_of(record.predictions, record.hyperparameters)
    return Classes(record.class_names, labels_of(record.targets), probabilities)


def labels_of(targets: Array) -> Places:
    """Which class each sample is of, (n,)."""
    if targets.shape[1] == 1:
        return (targets[:, 0] > 0.5).astype(np.int64)
    return np.asarray(targets.argmax(axis=1))


def probabilities_of(predictions: Array, hyperparameters: Mapping[str, Any]) -> Array:
    """The probability of each class, (..., n, c), from what the network puts out, (..., n, k).

    One output is the probability of the second of two classes.
    """
    logits = (hyperparameters.get("loss_settings") or {}).get("from_logits") is True
    if predictions.shape[-1] == 1:
        second = ACTIVATIONS["sigmoid"].of(predictions) if logits else predictions
        return np.concatenate([1 - second, second], axis=-1)
    return ACTIVATIONS["softmax"].of(predictions) if logits else predictions


def targets_of(labels: Places, outputs: int) -> Array:
    """The targets of samples whose classes are known: (n, k) for k `outputs`, one-hot or 0 and 1.

    Args:
        labels: which class each sample is of, (n,).
    """
    if outputs == 1:
        return labels[:, None].astype(np.float64)
    return np.eye(outputs)[labels]
