"""What goes round the training loop: one sample of a record, and one step of its training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.lecture.words import N_
from epochreel.record.record import Array
from epochreel.record.update import first_updates, why_no_update
from epochreel.record.view import View
from scenes.drawing.names import value_name
from scenes.parts.followed import told_output
from scenes.parts.truths import loss_in


@dataclass(frozen=True)
class ChangedWeight:
    """A weight, called w2[1, 3], or a bias, before a step and after it."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class RoundTrip:
    """One sample, and what a step of training makes of its prediction.

    Attributes:
        at: the place along the recorded epochs where it begins.
        after: the next place; None where only one epoch is recorded.
        sample: which one, from 0.
        output: which component of its prediction and truth, from 0.
        own_losses: in each of its states that of the prediction alone, or of the sample where all
            its outputs make one term; none where the loss is not known as a mean of such.
        loss_name: English for the recorded loss, to be translated.
        weight: the one that `gradient_step` tells of, or that the step changes most; None where
            it changes none.
    """

    at: int
    after: int | None
    sample: int
    output: int
    own_losses: Sequence[float]
    loss_name: str
    weight: ChangedWeight | None

    @property
    def states(self) -> list[int]:
        """Its places along the recorded epochs."""
        return [self.at] if self.after is None else [self.at, self.after]


def round_trip(view: View, sample: int) -> RoundTrip:
    """The step from the first shown epoch, with one sample.

    Where that epoch is the last recorded one, it is the step that leads there.
    """
    count = len(view.epochs)
    at = min(view.at(view.shown_epochs[0]), max(count - 2, 0))
    after = at + 1 if count > 1 else None
    states = [at] if after is None else [at, after]
    output = told_output(view, at, sample)
    loss = loss_in(view)
    is_mean = loss is not None and all(
        loss.gives(float(view.losses[state]), view.targets, view.predictions[state])
        for state in states
    )
    own_losses = []
    if loss is not None and is_mean:
        for state in states:
            terms = loss.terms(view.targets, view.predictions[state])
            own_losses.append(float(terms[sample, min(output, terms.shape[1] - 1)]))
    weight = None if after is None else told_weight(view, at, after)
    name = N_("mean loss") if is_mean else N_("loss")
    return RoundTrip(at, after, sample, output, own_losses, name, weight)


def told_weight(view: View, at: int, after: int) -> ChangedWeight | None:
    """The weight whose step the scene `gradient_step` works out, or the one that changes most."""
    if at == 0 and not why_no_update(view, view.targets, view.losses, view.epochs, view.dense):
        (update,) = first_updates(view, view.epochs, view.targets, view.dense, 1)
        if update.move:
            place = update.place
            name = value_name(view.dense.index(place.layer), place.name, *place.indices)
            return ChangedWeight(name, update.before, update.after)
    return changed_most([view.parameters[place] for place in view.dense], at, after)


def changed_most(
    parameters: Sequence[Mapping[str, Array]], at: int, after: int
) -> ChangedWeight | None:
    """The weight that differs most between two states; where none does, the bias.

    Args:
        parameters: per layer by name the states of its kernel (E, inputs, units) and its bias.
    """
    for kind in ("kernel", "bias"):
        there = [layer for layer, each in enumerate(parameters) if kind in each]
        states = [parameters[layer][kind][[at, after]] for layer in there]
        changes = [np.abs(then - before) for before, then in states]
        most = max(range(len(there)), key=lambda place: changes[place].max(), default=None)
        if most is not None and changes[most].max() > 0:
            change = changes[most]
            place = tuple(int(axis) for axis in np.unravel_index(change.argmax(), change.shape))
            before, then = (float(state[place]) for state in states[most])
            return ChangedWeight(value_name(there[most], kind, *place), before, then)
    return None
