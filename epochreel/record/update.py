"""What training does to one weight between its first two recorded states."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from epochreel.numbers import spoken
from epochreel.record.loss_along import Place
from epochreel.record.losses import loss_of
from epochreel.record.network import Learner, can_follow, gradients, outputs
from epochreel.record.optimizers import first_step
from epochreel.record.record import Array

Epochs = npt.NDArray[np.int64]
TOLD = 1e-3  # of the largest gradient: what tells a step apart from rounding
NEAR = 1e-3  # of a step: how far it may be off
OF_FLOAT32 = 2.0**-22  # of a weight, which two roundings leave
# Layers that do something else in training than afterwards: the gradient is not the one it took.
UNLIKE = ("Dropout", "BatchNormalization")


@dataclass(frozen=True)
class Update:
    """A weight before and after, and the slope of the loss that it is changed by.

    Attributes:
        slope: of the loss over all samples, as this weight alone changes.
        is_one_step: whether the record proves that one step of its optimizer led from here to
            there, by that slope.
    """

    place: Place
    before: float
    after: float
    slope: float
    is_one_step: bool

    @property
    def move(self) -> float:
        """How far it goes, with its sign."""
        return self.after - self.before

    @property
    def goes_down(self) -> bool:
        """Whether it moves against the slope."""
        return self.move * self.slope < 0


def why_no_update(
    record: Learner, targets: Array, losses: Array, epochs: Epochs, dense: tuple[int, ...]
) -> str | None:
    """Why nothing can be told of the first update; None where it can.

    Args:
        dense: which layers are columns of neurons.
    """
    if len(epochs) < 2:
        return "only one epoch is recorded"
    if not can_follow(record):
        return "it has a layer whose arithmetic is not known"
    loss = loss_of(record.hyperparameters, record.layers)
    if loss is None:
        return f"the loss is {record.hyperparameters['loss']!r}"
    recorded, found = float(losses[0]), outputs(record, 0, record.inputs)[-1]
    if not loss.gives(recorded, targets, found):
        return (
            f"at epoch {epochs[0]} the loss is {spoken(recorded)}, and that of what the network "
            f"predicts {spoken(loss.mean(targets, found))}"
        )
    slopes = gradients(record, 0, record.inputs, targets)
    sizes = [np.abs(slopes[layer]["kernel"]).max() for layer in dense]
    if not np.isfinite(sizes).all() or not max(sizes) > 0:
        return "no weight has a slope along which the loss changes"
    return None


def first_updates(
    record: Learner, epochs: Epochs, targets: Array, dense: tuple[int, ...], most: int
) -> list[Update]:
    """Of some weights, each the one of its layer along which the loss is steepest.

    The first is of the last layer where it is not flat, the others of those before; then come
    biases.

    Args:
        record: of which `why_no_update` has nothing to say.
        most: how many at most.
    """
    slopes = gradients(record, 0, record.inputs, targets)
    proved = _is_trained_whole(record, epochs) and _step_is_proved(
        record,
        [record.parameters[at]["kernel"][:2] for at in dense],
        [slopes[at]["kernel"] for at in dense],
    )
    found = []
    for name in ("kernel", "bias"):
        for layer in reversed(dense):
            values = slopes[layer].get(name)
            if values is None or not np.abs(values).max() > 0:
                continue
            indices = np.unravel_index(np.abs(values).argmax(), values.shape)
            place = Place(layer, name, tuple(int(index) for index in indices))
            before, after = (float(state[indices]) for state in record.parameters[layer][name][:2])
            found.append(Update(place, before, after, float(values[indices]), proved))
    return found[:most]


def steps_between(record: Learner, epochs: Epochs) -> int | None:
    """How many steps an epoch has, where one lies between the first two states; else None."""
    batch = record.hyperparameters.get("batch_size")
    if not batch or epochs[1] != epochs[0] + 1:
        return None
    return -(-len(record.inputs) // int(batch))


def _is_trained_whole(record: Learner, epochs: Epochs) -> bool:
    """Whether nothing speaks against one step by the gradient over all samples."""
    alike = not any(layer.type in UNLIKE for layer in record.layers)
    at_start = bool(epochs[0] == 0 and epochs[1] == 1)
    return alike and at_start and steps_between(record, epochs) in (None, 1)


def _step_is_proved(record: Learner, weights: list[Array], slopes: list[Array]) -> bool:
    """Whether one step of the optimizer leads every weight to where it is recorded."""
    steepest = max(float(np.abs(slope).max()) for slope in slopes)
    for (before, after), slope in zip(weights, slopes):
        step = first_step(record.hyperparameters, slope, before)
        if step is None:
            return False
        apart = np.abs(before + step - after)
        near = NEAR * np.abs(step) + OF_FLOAT32 * np.abs(before)
        if (apart > near)[np.abs(slope) > TOLD * steepest].any():
            return False
    return True
