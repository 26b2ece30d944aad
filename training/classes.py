"""Samples as they were found, and their targets as a network learns them: numbers or classes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from epochreel.errors import shown
from epochreel.lecture.vocabulary import CROSS_ENTROPIES
from epochreel.record.classes import targets_of
from training.samples import Samples, check_size, checked_names

ONE_UNIT_PER_CLASS = ("categorical_crossentropy", "sparse_categorical_crossentropy")
MOST_LISTED = 4


@dataclass(frozen=True, eq=False)
class Found:
    """n samples as a file or a data set holds them.

    Attributes:
        inputs: numbers (n, *shape).
        targets: numbers (n, k) or (n,); words (n,), each the name of a class in one line; or where
            `class_names` are there, whole numbers (n,), which of these, or one-hot rows.
        feature_names: of the values of an input; none where nobody named them.
        target_names: of the columns of the targets; likewise.
        class_names: where the file or set itself has them.
        validation: what it holds to measure with.
    """

    inputs: npt.NDArray[Any]
    targets: npt.NDArray[Any]
    feature_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    validation: "Found | None" = None


def class_names_of(found: Found, loss: str) -> tuple[str, ...]:
    """The names of the classes that the targets are; none where they are numbers.

    Words are classes. Whole numbers in one column, and one-hot rows, are where the loss is a cross-
    entropy; their order is that of the numbers.

    Raises:
        ValueError: the loss is for classes, and these targets are none.
    """
    if found.class_names:
        names = found.class_names
    elif found.targets.dtype.kind == "U":
        names = checked_names(np.unique(found.targets).tolist(), "class")
    elif loss not in CROSS_ENTROPIES or not np.isfinite(found.targets).all():
        return ()
    elif _one_column(found.targets):
        if not _whole(found.targets):
            _check_probabilities(found, loss)
            return ()
        names = checked_names(
            [_number(label) for label in np.unique(found.targets).tolist()], "class"
        )
    elif _one_hot(found.targets) and loss in ONE_UNIT_PER_CLASS:
        names = found.target_names or tuple(map(str, range(found.targets.shape[1])))
    else:
        if loss == "sparse_categorical_crossentropy":
            raise ValueError(
                f'loss = "{loss}" takes the class of each sample, one whole number or word; '
                f"the targets are rows of {found.targets.shape[1]} numbers, and not one-hot."
            )
        return ()
    if len(names) < 2:
        raise ValueError(f"all samples are of one class, {shown(names[0])}; give two at least.")
    return names


def encoded(found: Found, classes: tuple[str, ...], loss: str, outputs: int | None) -> Samples:
    """The samples with targets for a network of so many outputs; `validation` is left out.

    Two classes are one column of 0 and 1 for a network with one output, unless the loss needs one
    for each; all others are one-hot rows.

    Args:
        classes: as `class_names_of` gives them; other samples than these may have fewer.
        outputs: None where they are not known.

    Raises:
        ValueError: the samples are not finite numbers, or of a class that is not there.
    """
    if not classes:
        return replace(
            Samples.of(found.inputs, found.targets),
            feature_names=found.feature_names,
            target_names=found.target_names,
        )
    labels = _labels(found, classes)
    one_column = len(classes) == 2 and outputs == 1 and loss not in ONE_UNIT_PER_CLASS
    if not one_column:
        check_size(len(labels), int(np.prod(found.inputs.shape[1:])) + len(classes))
    targets = targets_of(labels, 1 if one_column else len(classes))
    return replace(
        Samples.of(found.inputs, targets),
        feature_names=found.feature_names,
        class_names=classes,
    )


def listed(names: Sequence[str]) -> str:
    """The first of some names, for a message."""
    short = [name if len(name) <= 20 else f"{name[:17]}..." for name in names[:MOST_LISTED]]
    return ", ".join([*short, "..."] if len(names) > MOST_LISTED else short)


def _labels(found: Found, classes: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Which of the classes each sample is of, (n,)."""
    if not _one_column(found.targets):
        if found.targets.shape[1] != len(classes) or not _one_hot(found.targets):
            raise ValueError(f"targets must be one-hot rows of {len(classes)}, as many as classes.")
        return np.asarray(found.targets.argmax(axis=1), dtype=np.int64)
    if found.class_names:
        return _places(found.targets.reshape(-1), len(classes))
    flat = found.targets.reshape(-1)
    words = found.targets.dtype.kind == "U"
    names = flat.tolist() if words else [_number(label) for label in flat.tolist()]
    places = {name: place for place, name in enumerate(classes)}
    for number, name in enumerate(names, start=1):
        if name not in places:
            raise ValueError(
                f"sample {number} is of class {shown(name)}, which the network is not trained on: "
                f"{listed(classes)}."
            )
    return np.array([places[name] for name in names], dtype=np.int64)


def _number(label: float) -> str:
    return str(int(label)) if float(label).is_integer() else f"{label:g}"


def _places(labels: npt.NDArray[Any], classes: int) -> npt.NDArray[np.int64]:
    bad = np.flatnonzero(~np.isin(labels, np.arange(classes)))
    if bad.size:
        raise ValueError(
            f"targets: sample {bad[0] + 1} has label {labels[bad[0]]:g}; there are {classes} class "
            f"names, for 0 to {classes - 1}."
        )
    return np.asarray(labels, dtype=np.int64)


def _one_column(targets: npt.NDArray[Any]) -> bool:
    return targets.ndim == 1 or targets.shape[1:] == (1,)


def _whole(targets: npt.NDArray[Any]) -> bool:
    return targets.dtype.kind in "biu" or bool((targets % 1 == 0).all())


def _one_hot(targets: npt.NDArray[Any]) -> bool:
    return bool(np.isin(targets, (0, 1)).all() and (targets.sum(axis=1) == 1).all())


def _check_probabilities(found: Found, loss: str) -> None:
    """Refuse targets that are no classes and that a cross-entropy cannot take as probabilities."""
    targets = found.targets.reshape(-1)
    wrong = (targets < 0) | (targets > 1) if loss == "binary_crossentropy" else targets % 1 != 0
    if not wrong.any():
        return
    column = f" column {shown(found.target_names[0])}" if found.target_names else "s"
    verb = "holds" if found.target_names else "hold"
    raise ValueError(
        f'loss = "{loss}" is for classes; the target{column} {verb} numbers such as '
        f'{targets[wrong][0]:g}. For numbers take loss = "mean_squared_error".'
    )
