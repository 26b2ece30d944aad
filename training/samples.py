"""Samples as arrays, and how many of them a record holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from epochreel.errors import shown
from epochreel.lecture.source import MAX_SAMPLES
from epochreel.record.fields import MAX_NAME
from epochreel.record.record import Validation

Floats = npt.NDArray[np.float32]

MAX_DATA_NUMBERS = 4_000_000  # they stand in the record, so this bounds its size
MAX_AXES = 4  # samples, rows, columns, channels


@dataclass(frozen=True, eq=False)
class Samples:
    """n samples: `inputs` (n, *shape) and `targets` (n, k), finite.

    Attributes:
        targets: of classes one-hot rows, or of two classes one column of 0 and 1.
        feature_names: of the values of an input; none where nobody named them.
        target_names: of the columns of the targets, where they are no classes; likewise.
        class_names: of the classes, where the targets are classes.
        validation: samples to measure with, and not to train on.
    """

    inputs: Floats
    targets: Floats
    feature_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    validation: "Samples | None" = None

    @classmethod
    def of(cls, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> "Samples":
        """Samples from anything NumPy reads as numbers; a single column may be flat.

        Raises:
            ValueError: they are not finite float32 numbers, one target row per input.
        """
        data = cls(_floats(inputs, "inputs", MAX_AXES), _floats(targets, "targets", 2))
        if len(data.inputs) != len(data.targets):
            raise ValueError(
                f"there are {len(data.inputs)} inputs and {len(data.targets)} targets; "
                "every sample needs both."
            )
        return data


def validation_of(data: Samples) -> Validation | None:
    """What a record says of the samples to measure with."""
    apart = data.validation
    if apart is None:
        return None
    return Validation(apart.inputs.astype(np.float64), apart.targets.astype(np.float64))


def check_size(samples: int, values: int) -> None:
    """Refuse n samples of d + k values that a record has no room for.

    Raises:
        ValueError: says how many samples there may be.
    """
    limit = most_samples(values)
    if samples > limit:
        raise ValueError(
            f"{samples} samples of {values} values are more than a record holds; "
            f"give at most {limit} of them."
        )


def most_samples(values: int) -> int:
    """How many samples of d + k values a record holds."""
    return min(MAX_SAMPLES, MAX_DATA_NUMBERS // values)


def checked_names(names: Sequence[str], what: str) -> tuple[str, ...]:
    """Names in one line each, as a record holds them.

    Args:
        what: one of them is: "column".

    Raises:
        ValueError: one is empty, too long, cannot be printed, or is there twice.
    """
    clean = tuple(" ".join(name.split()) for name in names)
    for number, name in enumerate(clean, start=1):
        if not name:
            raise ValueError(f"{what} {number} has no name; give it one.")
        if len(name) > MAX_NAME:
            raise ValueError(
                f"{what} {number} has a name of {len(name)} characters, {shown(name[:20])}...; "
                f"{MAX_NAME} is the limit."
            )
        if not name.isprintable():
            raise ValueError(f"{what} {number} has a name that cannot be printed, {shown(name)}.")
    name, times = Counter(clean).most_common(1)[0] if clean else ("", 1)
    if times > 1:
        raise ValueError(f"{times} {what} names are {shown(name)}; rename all but one.")
    return clean


def _floats(values: npt.ArrayLike, name: str, axes: int) -> Floats:
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers in rows of one length.") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be numbers; found {shown(array.dtype)}.")
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    check_shape(array.shape, name, axes)
    with np.errstate(over="ignore"):
        floats = np.ascontiguousarray(array, dtype=np.float32)
    bad = np.argwhere(~np.isfinite(floats))
    if bad.size:
        raise ValueError(f"{name}: sample {bad[0][0] + 1} holds a value that is not finite.")
    return floats


def check_shape(shape: tuple[int, ...], name: str, axes: int) -> None:
    """Refuse what is not one value, a row, or where there are more axes an image per sample.

    Raises:
        ValueError: says what shape it must have.
    """
    if not 1 <= len(shape) <= axes or min(shape) < 1:
        images = ", or of images (samples, rows, columns[, channels])" if axes > 2 else ""
        raise ValueError(f"{name} must have shape (samples, values){images}; found {shown(shape)}.")
