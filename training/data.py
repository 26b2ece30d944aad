"""The samples a lecture trains on, checked before Keras is imported."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from epochreel.errors import BadData, BadRule, shown
from epochreel.files import size_of_regular
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.settings import MAX_SAMPLES, Lecture, data_path
from epochreel.lecture.span import span

Floats = npt.NDArray[np.float32]

# Inputs, targets and every parameter stand in the record, so these bound its size.
MAX_DATA_NUMBERS = 4_000_000
MAX_PARAMETERS = 2_000_000


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


def load_data(lecture: Lecture) -> Samples:
    """The lecture's samples, from its rule or its file, which its model is checked against.

    Raises:
        LectureError: the samples cannot be read or used, or the model does not fit them.
    """
    data = _from_rule(lecture) if lecture.data.file is None else _from_file(lecture)
    problem = _problem_of_model(lecture, data)
    if problem:
        raise BadData(f"{lecture.name}: [model] {problem}", field="model.layers")
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


def _from_rule(lecture: Lecture) -> Samples:
    source = lecture.data
    assert source.start is not None
    assert source.stop is not None
    assert source.rule is not None
    x = np.array(span(source.start, source.stop, source.step))
    y = parse_rule(source.rule)(x)
    with np.errstate(over="ignore"):
        bad = np.flatnonzero(~np.isfinite(y.astype(np.float32)))
    if bad.size:
        raise BadRule(
            f"{lecture.name}: [data] rule {shown(source.rule)} has no value at "
            f"x = {x[bad[0]]:g} that a network can learn (it gives {y[bad[0]]:g}). "
            "Choose start and stop where it has one.",
            field="data.rule",
            value=source.rule,
        )
    return Samples.of(x, y)


def _from_file(lecture: Lecture) -> Samples:
    from training.files import read_csv, read_npz

    path = data_path(lecture)
    readers = {".csv": read_csv, ".npz": read_npz}
    reader = readers.get(path.suffix.lower())
    try:
        if reader is None:
            raise ValueError("it must end in .csv or .npz.")
        size_of_regular(path)
        return reader(path)
    except OSError as error:
        problem = f"{shown(path)} cannot be read: {error.strerror or error}."
    except ValueError as error:
        problem = f"{path.name}: {error}"
    raise BadData(f"{lecture.name}: [data] file: {problem}", field="data.file", value=path)


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


def _problem_of_model(lecture: Lecture, data: Samples) -> str | None:
    layers = lecture.model.layers
    inputs, outputs = data.inputs.shape[1], data.targets.shape[1]
    kernel, last = layers[0].kernel, layers[-1].units
    if kernel is not None and len(kernel) != inputs:
        return (
            f"layer 1: kernel has shape ({len(kernel)}, {layers[0].units}); the data has "
            f"{inputs} inputs, so it must be ({inputs}, {layers[0].units})."
        )
    if last != outputs:
        return f"the last layer has {last} units; the data has {outputs} targets."
    widths = [inputs, *(layer.units for layer in layers)]
    parameters = sum((before + 1) * units for before, units in pairwise(widths))
    if parameters > MAX_PARAMETERS:
        return f"{parameters} parameters are more than {MAX_PARAMETERS}, the limit."
    return None
