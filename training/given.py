"""What a script trains on, as arrays: pairs of arrays, tables of pandas, finite data sets."""

from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from training.classes import Found, class_names_of, encoded
from training.hyperparameters import describe_loss
from training.samples import MAX_DATA_NUMBERS, Samples

Pair = tuple[Any, Any]


@dataclass(frozen=True, eq=False)
class Given:
    """What a script trains on and what it calls that, before its model is known."""

    data: Any
    validation_data: Any
    validation_split: float | None
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    class_names: tuple[str, ...]

    def check(self) -> None:
        """What can be known of the data before there is a model.

        Raises:
            ValueError: it is nothing that can be recorded.
        """
        for data in (self.data, *([] if self.validation_data is None else [self.validation_data])):
            if not isinstance(data, tf.data.Dataset | keras.utils.PyDataset):
                Samples.of(*arrays_of(data, None))

    def build(self, model: keras.Model) -> None:
        """Give a Sequential model the shape of the inputs that `fit` would find."""
        if isinstance(model, keras.Sequential) and not model.built:
            inputs, _ = arrays_of(self.data, None)
            model.build((None, *(np.shape(inputs)[1:] or (1,))))

    def samples_for(self, model: keras.Model) -> Samples:
        """The samples as a model takes them, a part of them for validation if it is so.

        Raises:
            ValueError: they are no samples, or none for this model.
        """
        whole = self._found(self.data, model)
        loss, outputs = describe_loss(model)["loss"], model.outputs[0].shape[-1]
        classes = class_names_of(whole, loss)
        samples = encoded(whole, classes, loss, outputs)
        for names, what, count in (
            (samples.feature_names, "feature_names", samples.inputs[0].size),
            (samples.target_names, "target_names", outputs),
            (samples.class_names, "class_names", max(2, outputs)),
        ):
            if names and len(names) != count:
                raise ValueError(f"{what} has {len(names)} names, and there are {count} to name")
        if self.validation_data is not None:
            apart = encoded(self._found(self.validation_data, model), classes, loss, outputs)
            return replace(samples, validation=apart)
        return samples if self.validation_split is None else _parted(samples, self.validation_split)

    def _found(self, data: Any, model: keras.Model) -> Found:
        """The arrays of data, with names."""
        loss, outputs = describe_loss(model)["loss"], model.outputs[0].shape[-1]
        table, true = arrays_of(data, len(model.inputs[0].shape))
        inputs, targets = np.asarray(table), np.asarray(true)
        single = targets.ndim == 1 or targets.shape[1:] == (1,)
        if single and outputs > 1 and loss == "categorical_crossentropy":
            raise ValueError(
                "targets are one number each; categorical_crossentropy takes one-hot rows. Write "
                "y = keras.utils.to_categorical(y), or compile with "
                'loss="sparse_categorical_crossentropy"'
            )
        names = self.class_names
        if not names and loss == "sparse_categorical_crossentropy":
            names = tuple(map(str, range(max(2, outputs))))
        if not names and loss == "binary_crossentropy" and outputs == 1:
            names = ("0", "1") if np.isin(targets, (0, 1)).all() else ()
        features = self.feature_names or names_of(table)
        return Found(inputs, targets, features, self.target_names, names)


def arrays_of(data: Any, axes: int | None) -> Pair:
    """Inputs and targets of all samples.

    Args:
        data: a pair of arrays or tables, a finite `tf.data.Dataset` of pairs, or a PyDataset.
        axes: of a batch of inputs, so that single samples are told from batches; None where
            a data set has batches.

    Raises:
        ValueError: it is none of these, or has no end.
    """
    if isinstance(data, tuple | list) and len(data) == 2:
        return data[0], data[1]
    if isinstance(data, tf.data.Dataset):
        if data.cardinality() == tf.data.INFINITE_CARDINALITY:
            raise ValueError("the data set repeats without end; pass it before .repeat()")
        return _joined(data.as_numpy_iterator(), axes)
    if isinstance(data, keras.utils.PyDataset):
        return _joined((data[at] for at in range(len(data))), axes)
    found = "nothing" if data is None else f"a {type(data).__name__}"
    raise ValueError(
        f"found {found}, not inputs and targets. Pass arrays, data=(x, y), or a finite "
        "tf.data.Dataset of pairs: Keras does not tell a callback what it trains on"
    )


def _parted(samples: Samples, split: float) -> Samples:
    """So much of the end for validation, as Keras takes it before it shuffles."""
    at = int(len(samples.inputs) * (1 - split))
    if not 0 < at < len(samples.inputs):
        raise ValueError(
            f"validation_split={split} leaves one side of {len(samples.inputs)} samples empty"
        )
    apart = Samples(samples.inputs[at:], samples.targets[at:])
    return replace(
        samples, inputs=samples.inputs[:at], targets=samples.targets[:at], validation=apart
    )


def names_of(table: Any) -> tuple[str, ...]:
    """What pandas calls the columns of a table; nothing for an array."""
    columns = getattr(table, "columns", None)
    return () if columns is None else tuple(map(str, columns))


def _joined(parts: Any, axes: int | None) -> Pair:
    inputs, targets, numbers = [], [], 0
    for part in parts:
        if not (isinstance(part, tuple | list) and len(part) >= 2):
            raise ValueError("the data set must give pairs of inputs and targets")
        x, y = np.asarray(part[0]), np.asarray(part[1])
        if axes is not None and x.ndim < axes:
            x, y = x[None], y[None]
        numbers += x.size + y.size
        if numbers > MAX_DATA_NUMBERS:
            raise ValueError(
                f"the data set has more than {MAX_DATA_NUMBERS:,} numbers, which is what a record "
                "holds; pass fewer of its samples, data=dataset.take(100)"
            )
        inputs.append(x)
        targets.append(y)
    if not inputs:
        raise ValueError("the data set is empty")
    return np.concatenate(inputs), np.concatenate(targets)
