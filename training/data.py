"""The samples a lecture trains on, checked before Keras is imported."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from epochreel.errors import BadData, BadRule, shown
from epochreel.files import size_of_regular
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.settings import Lecture, data_files
from epochreel.lecture.span import span
from epochreel.lecture.table import suggestion
from training.classes import Found, class_names_of, encoded
from training.columns import Chosen
from training.csv_files import read_csv
from training.datasets import load_dataset
from training.model_check import outputs_of, problem_of_model
from training.npz_files import read_npz
from training.samples import Samples, check_size
from training.split import split

T = TypeVar("T")

# The seed draws weights and orders as well; the noise of a rule has a stream of its own.
NOISE_STREAM = 2
TEXT_TABLES = (".csv", ".tsv", ".txt")


def load_data(lecture: Lecture) -> Samples:
    """The lecture's samples, from its rule, file or data set, which its model is checked against.

    Targets are encoded as the model and its loss take them: see `Samples`.

    Raises:
        LectureError: the samples cannot be read or used, or the model does not fit them.
    """
    load = {"rule": _from_rule, "file": _from_file}.get(lecture.data.kind, _from_dataset)
    data = _split(lecture, load(lecture))
    problem = problem_of_model(lecture, data)
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
    if source.noise is not None:
        random = np.random.default_rng([lecture.training.seed, NOISE_STREAM])
        y = y + random.normal(0, source.noise, y.shape)
    return _told(lecture, "noise", lambda: Samples.of(x, y))


def _from_file(lecture: Lecture) -> Samples:
    source, paths = lecture.data, data_files(lecture)
    targets = [source.target] if source.target is not None else source.targets
    found = _told(lecture, "file", lambda: _read(paths["file"], Chosen(source.features, targets)))
    if "validation_file" in paths:
        apart = _told(lecture, "validation_file", lambda: _apart(lecture, found))
        found = replace(found, validation=apart)
    return _told(lecture, "file", lambda: _encoded(lecture, found))


def _read(path: Path, chosen: Chosen) -> Found:
    size_of_regular(path)
    if path.suffix.lower() in TEXT_TABLES:
        return read_csv(path, chosen)
    if path.suffix.lower() != ".npz":
        raise ValueError("it must end in .csv or .npz. A spreadsheet can be saved as CSV UTF-8.")
    found = read_npz(path)
    if chosen.targets is not None:
        raise ValueError("target and targets choose columns of a CSV; an NPZ has `targets`.")
    return _with_features(found, chosen.features)


def _apart(lecture: Lecture, found: Found) -> Found:
    """What the file to measure with holds; its columns may stand in another order."""
    if found.validation:
        raise ValueError("the file to train on holds validation_inputs of its own; drop one.")
    path = data_files(lecture)["validation_file"]
    if path.suffix.lower() in TEXT_TABLES:
        chosen = Chosen(found.feature_names or None, found.target_names or None)
    else:
        chosen = Chosen(lecture.data.features)
    return replace(_read(path, chosen), class_names=found.class_names)


def _from_dataset(lecture: Lecture) -> Samples:
    def load() -> Samples:
        found = load_dataset(lecture.data, lecture.training.seed)
        return _encoded(lecture, _with_features(found, lecture.data.features))

    return _told(lecture, "dataset", load)


def _with_features(found: Found, chosen: Sequence[str] | None) -> Found:
    """The samples with some of their features, in the order of `chosen`."""
    if chosen is None:
        return found
    if not found.feature_names or found.inputs.ndim != 2:
        raise ValueError("its features have no names to choose by; leave `features` out.")
    for name in chosen:
        if name not in found.feature_names:
            ending = suggestion(name, found.feature_names)
            raise ValueError(f"there is no feature {shown(name)}.{ending}")
    places = [found.feature_names.index(name) for name in chosen]
    validation = found.validation
    if validation and validation.inputs.shape[1:] != found.inputs.shape[1:]:
        raise ValueError("validation_inputs must have as many columns as inputs.")
    return replace(
        found,
        inputs=found.inputs[:, places],
        feature_names=tuple(chosen),
        validation=validation and replace(validation, inputs=validation.inputs[:, places]),
    )


def _encoded(lecture: Lecture, found: Found) -> Samples:
    loss, outputs = lecture.training.loss, outputs_of(lecture)
    classes = class_names_of(found, loss)
    data = encoded(found, classes, loss, outputs)
    apart = found.validation
    if apart is None:
        return data
    setting = "validation_file" if lecture.data.validation_file else "file"
    validation = _told(
        lecture, setting, lambda: _alike(encoded(apart, classes, loss, outputs), data)
    )
    return replace(data, validation=validation)


def _alike(validation: Samples, data: Samples) -> Samples:
    """The samples to measure with, if they have the shapes of those to train on."""
    for name in ("inputs", "targets"):
        have, want = (getattr(samples, name).shape[1:] for samples in (validation, data))
        if have != want:
            raise ValueError(
                f"{name} to measure with have shape {shown(have)}, those to train on {shown(want)}."
            )
    values = data.inputs[0].size + data.targets[0].size
    check_size(len(data.inputs) + len(validation.inputs), values)
    return validation


def _split(lecture: Lecture, data: Samples) -> Samples:
    share = lecture.data.validation_split
    if share is None:
        return data

    def part() -> Samples:
        if data.validation:
            raise ValueError("the file holds validation_inputs of its own; drop one.")
        return split(data, share, lecture.training.seed)

    return _told(lecture, "validation_split", part)


def _told(lecture: Lecture, setting: str, make: Callable[[], T]) -> T:
    """What `make` makes; a problem is said of the setting, and of the file or set it names."""
    path = data_files(lecture).get(setting)
    value = path or getattr(lecture.data, setting)
    try:
        return make()
    except OSError as error:
        problem = f"{shown(path)} cannot be read: {error.strerror or error}."
    except ValueError as error:
        named = path.name if path else lecture.data.dataset if setting == "dataset" else None
        problem = f"{named}: {error}" if named else str(error)
    raise BadData(
        f"{lecture.name}: [data] {setting}: {problem}", field=f"data.{setting}", value=value
    )
