"""Whether samples fit a Keras model, and what its loss compares predictions with."""

import keras
import numpy as np
import numpy.typing as npt

from epochreel.errors import CannotRecord, shown
from training.samples import Floats, Samples

Labels = npt.NDArray[np.int32]


def check_fits(model: keras.Model, data: Samples) -> None:
    """Refuse samples that a model does not take.

    Raises:
        CannotRecord: says what has which shape.
    """
    takes, gives = tuple(model.inputs[0].shape[1:]), model.outputs[0].shape[1]
    for what, samples in (("data", data), ("validation data", data.validation)):
        if samples is None:
            continue
        inputs, targets = samples.inputs.shape[1:], samples.targets.shape[1]
        if (inputs, targets) != (takes, gives):
            raise CannotRecord(
                f"Model {shown(model.name)} goes from {_values(takes)} inputs to {gives} outputs; "
                f"the {what} has {_values(inputs)} inputs and {targets} targets."
            )


def true_values(loss: str, data: Samples) -> Floats | Labels:
    """What the loss takes as true: targets (n, k), or of a sparse one class numbers (n,)."""
    if not loss.startswith("sparse_"):
        return data.targets
    if data.targets.shape[1] == 1:
        return data.targets[:, 0].astype(np.int32)
    return np.asarray(data.targets.argmax(axis=1), dtype=np.int32)


def _values(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
