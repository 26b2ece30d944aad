"""Whether a lecture's model fits its samples, and what to write where it does not."""

from collections.abc import Sequence
from math import prod
from typing import Any

from epochreel.errors import shown
from epochreel.lecture.settings import Lecture
from epochreel.record.layers import KINDS
from training.classes import ONE_UNIT_PER_CLASS, listed
from training.planned import planned_layers
from training.samples import Samples

MANY_CLASSES = 20  # of more, somebody may have taken what are no classes for them
MAX_PARAMETERS = 2_000_000  # they stand in the record, so this bounds its size


def outputs_of(lecture: Lecture) -> int | None:
    """How many outputs the model has: the units of its last Dense layer, where nothing reshapes."""
    for layer in reversed(lecture.model.layers):
        if _units(layer) is not None:
            return _units(layer)
        if _kind(layer) in ("Flatten", "Reshape"):
            return None
    return None


def problem_of_model(lecture: Lecture, data: Samples) -> str | None:
    """What does not fit, and what to write instead; None where all does."""
    return (
        _problem_of_inputs(lecture.model.layers, data)
        or _problem_of_outputs(lecture, data)
        or _problem_of_size(lecture, data)
    )


def _problem_of_inputs(layers: Sequence[Any], data: Samples) -> str | None:
    shape = data.inputs.shape[1:]
    for number, layer in enumerate(layers, start=1):
        if _kind(layer) in ("Flatten", "Reshape"):
            shape = (prod(shape),) if _kind(layer) == "Flatten" else tuple(layer.target_shape)
        if _units(layer) is None:
            continue
        if len(shape) > 1:
            return (
                f"a sample has shape {shown(shape)}, and Dense takes a row; put a layer "
                '{ type = "Flatten" } before layer ' + f"{number}."
            )
        kernel = getattr(layer, "kernel", None)
        if kernel is not None and len(kernel) != shape[0]:
            return (
                f"layer {number}: kernel has shape ({len(kernel)}, {layer.units}); the data has "
                f"{shape[0]} inputs, so it must be ({shape[0]}, {layer.units})."
            )
        return None
    return None


def _problem_of_outputs(lecture: Lecture, data: Samples) -> str | None:
    last, wanted = outputs_of(lecture), data.targets.shape[1]
    if last is None or last == wanted:
        return None
    units = "1 unit" if last == 1 else f"{last} units"
    if not data.class_names:
        targets = "1 target" if wanted == 1 else f"{wanted} targets"
        named = f" ({listed(data.target_names)})" if data.target_names else ""
        return (
            f"the last layer has {units}; the data has {targets}{named}, so give it units = "
            f"{wanted}.{_about_labels(data, last)}"
        )
    classes = len(data.class_names)
    found = (
        f"the data has {classes} classes ({listed(data.class_names)}); the last layer has {units}"
    )
    if classes > MANY_CLASSES:
        return (
            f"{found}. If these are no classes, take another target, or for numbers loss = "
            '"mean_squared_error"; if they are, give it units = ' + f"{classes}."
        )
    softmax = f'units = {classes} and activation = "softmax"'
    if classes == 2 and not (last == 1 and lecture.training.loss in ONE_UNIT_PER_CLASS):
        return (
            f'{found}. Give it units = 1 and activation = "sigmoid", and loss = '
            '"binary_crossentropy".'
        )
    if classes == 2:
        return (
            f'{found}. With loss = "{lecture.training.loss}" give it {softmax}; with this last '
            'layer take activation = "sigmoid" and loss = "binary_crossentropy".'
        )
    return f'{found}. Give it {softmax}, and loss = "sparse_categorical_crossentropy".'


def _about_labels(data: Samples, last: int) -> str:
    """What to do where a column of numbers looks like one of labels."""
    labels = {*data.targets[:, 0].tolist()} if data.targets.shape[1] == 1 else set()
    if len(labels) != last or any(label % 1 for label in labels):
        return ""
    return (
        " If its whole numbers are labels of classes, take loss = "
        '"sparse_categorical_crossentropy", or write them one-hot, a column for each class.'
    )


def _problem_of_size(lecture: Lecture, data: Samples) -> str | None:
    """More parameters than a record holds."""
    shape = data.inputs.shape[1:]
    parameters = 0
    for layer in planned_layers(lecture, shape):
        shapes = KINDS[layer.type].parameters(layer, shape)
        parameters += sum(prod(each) for each in shapes.values())
        shape = layer.shape
    if parameters > MAX_PARAMETERS:
        return f"{parameters} parameters are more than {MAX_PARAMETERS}, the limit."
    return None


def _kind(layer: Any) -> str:
    """What Keras calls the class of a layer in a lecture's file."""
    return str(getattr(layer, "type", "Dense"))


def _units(layer: Any) -> int | None:
    units: int | None = getattr(layer, "units", None)
    return units
