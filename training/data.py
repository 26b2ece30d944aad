"""The samples a lecture trains on, checked before Keras is imported."""

from itertools import pairwise

import numpy as np

from epochreel.errors import BadData, BadRule, shown
from epochreel.files import size_of_regular
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.settings import Lecture, data_path
from epochreel.lecture.span import span
from training.files import read_csv, read_npz
from training.samples import Samples

MAX_PARAMETERS = 2_000_000  # they stand in the record, so this bounds its size


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
