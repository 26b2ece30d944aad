"""The samples a lecture trains on, checked before Keras is imported."""

import csv
import math
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from epochreel.errors import LectureError
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.settings import MAX_SAMPLES, Lecture, data_path

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
    try:
        data = _from_rule(lecture) if lecture.data.file is None else _from_file(lecture)
        _check_size(data)
    except ValueError as error:
        raise LectureError(f"{lecture.name}: [data] {error}") from None
    try:
        _check_model(lecture, data)
    except ValueError as error:
        raise LectureError(f"{lecture.name}: [model] {error}") from None
    return data


def _from_rule(lecture: Lecture) -> Samples:
    source = lecture.data
    assert source.start is not None
    assert source.stop is not None
    assert source.rule is not None
    samples = math.ceil((source.stop - source.start) / source.step)
    x = source.start + source.step * np.arange(samples, dtype=np.float64)
    y = parse_rule(source.rule)(x)
    with np.errstate(over="ignore"):
        bad = np.flatnonzero(~np.isfinite(y.astype(np.float32)))
    if bad.size:
        raise ValueError(
            f"rule {source.rule!r} has no value at x = {x[bad[0]]:g} that a network can learn "
            f"(it gives {y[bad[0]]:g}). Choose start and stop where it has one."
        )
    return Samples.of(x, y)


def _from_file(lecture: Lecture) -> Samples:
    path = data_path(lecture)
    readers = {".csv": _read_csv, ".npz": _read_npz}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ValueError(f"file: {path.name} must end in .csv or .npz.")
    try:
        return reader(path)
    except OSError as error:
        raise ValueError(f"file: {path} cannot be read: {error.strerror or error}.") from None
    except ValueError as error:
        raise ValueError(f"file: {path.name}: {error}") from None


def _read_csv(path: Path) -> Samples:
    rows: list[list[float]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            for cells in reader:
                first = not rows and reader.line_num == 1
                if any(cells) and not (first and not any(map(_is_number, cells))):
                    rows.append(_numbers(cells, reader.line_num, rows[0] if rows else None))
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}.") from None
        except UnicodeDecodeError:
            raise ValueError("it is not UTF-8 text.") from None
    if not rows:
        raise ValueError("it holds no sample.")
    table = np.array(rows)
    return Samples.of(table[:, :-1], table[:, -1])


def _numbers(cells: list[str], line: int, first: list[float] | None) -> list[float]:
    if len(cells) < 2:
        raise ValueError(f"line {line} has one column; it needs inputs, a comma and the target.")
    if first is not None and len(cells) != len(first):
        raise ValueError(f"line {line} has {len(cells)} columns, the first sample {len(first)}.")
    for column, cell in enumerate(cells, start=1):
        if not _is_number(cell):
            raise ValueError(f"line {line}, column {column}: {cell[:40]!r} is not a number.")
    numbers = [float(cell) for cell in cells]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"line {line} holds a value that is not a finite number.")
    return numbers


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _read_npz(path: Path) -> Samples:
    try:
        # A pickled array would run the code in it on loading.
        with path.open("rb") as file:
            arrays = np.load(file, allow_pickle=False)
            if not isinstance(arrays, np.lib.npyio.NpzFile):
                raise ValueError("it is one array; NPZ needs `inputs` and `targets`.")
            missing = {"inputs", "targets"} - {*arrays.files}
            if missing:
                found = ", ".join(arrays.files) or "none"
                raise ValueError(f"array {sorted(missing)[0]!r} is missing; found: {found}.")
            return Samples.of(arrays["inputs"], arrays["targets"])
    except (zipfile.BadZipFile, EOFError, MemoryError):
        raise ValueError("it is not a whole NPZ file.") from None
    except ValueError as error:
        if "pickle" not in str(error):
            raise
        raise ValueError("it is not an NPZ file of plain numbers.") from None


def _matrix(values: npt.ArrayLike, name: str) -> Floats:
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be numbers; found {array.dtype}.")
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} must have shape (samples, values); found {array.shape}.")
    with np.errstate(over="ignore"):
        matrix = np.ascontiguousarray(array, dtype=np.float32)
    bad = np.argwhere(~np.isfinite(matrix))
    if bad.size:
        raise ValueError(f"{name}: sample {bad[0][0] + 1} holds a value that is not finite.")
    return matrix


def _check_size(data: Samples) -> None:
    samples, numbers = len(data.inputs), data.inputs.size + data.targets.size
    limit = min(MAX_SAMPLES, MAX_DATA_NUMBERS * samples // numbers)
    if samples > limit:
        raise ValueError(
            f"{samples} samples of {numbers // samples} values are more than a record holds; "
            f"give at most {limit} of them."
        )


def _check_model(lecture: Lecture, data: Samples) -> None:
    layers = lecture.model.layers
    inputs, outputs = data.inputs.shape[1], data.targets.shape[1]
    kernel, last = layers[0].kernel, layers[-1].units
    if kernel is not None and len(kernel) != inputs:
        raise ValueError(
            f"layer 1: kernel has shape ({len(kernel)}, {layers[0].units}); the data has "
            f"{inputs} inputs, so it must be ({inputs}, {layers[0].units})."
        )
    if last != outputs:
        raise ValueError(f"the last layer has {last} units; the data has {outputs} targets.")
    widths = [inputs, *(layer.units for layer in layers)]
    parameters = sum((before + 1) * units for before, units in pairwise(widths))
    if parameters > MAX_PARAMETERS:
        raise ValueError(f"{parameters} parameters are more than {MAX_PARAMETERS}, the limit.")
