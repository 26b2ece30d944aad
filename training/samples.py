"""Samples as arrays, and how many of them a record holds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from epochreel.errors import shown
from epochreel.lecture.settings import MAX_SAMPLES

Floats = npt.NDArray[np.float32]

MAX_DATA_NUMBERS = 4_000_000  # they stand in the record, so this bounds its size


@dataclass(frozen=True, eq=False)
class Samples:
    """n samples: `inputs` (n, d) and `targets` (n, k), finite."""

    inputs: Floats
    targets: Floats

    @classmethod
    def of(cls, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> "Samples":
        """Samples from anything NumPy reads as numbers; a single column may be flat.

        Raises:
            ValueError: they are not finite float32 numbers in rows, one target row per input row.
        """
        data = cls(_matrix(inputs, "inputs"), _matrix(targets, "targets"))
        if len(data.inputs) != len(data.targets):
            raise ValueError(
                f"there are {len(data.inputs)} inputs and {len(data.targets)} targets; "
                "every sample needs both."
            )
        return data


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


def _matrix(values: npt.ArrayLike, name: str) -> Floats:
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers in rows of one length.") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be numbers; found {shown(array.dtype)}.")
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} must have shape (samples, values); found {shown(array.shape)}.")
    with np.errstate(over="ignore"):
        matrix = np.ascontiguousarray(array, dtype=np.float32)
    bad = np.argwhere(~np.isfinite(matrix))
    if bad.size:
        raise ValueError(f"{name}: sample {bad[0][0] + 1} holds a value that is not finite.")
    return matrix
