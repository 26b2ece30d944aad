"""What is true in each term of a cross-entropy: a class, or that a target is 1 or 0."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.cross_entropy import CategoricalCrossEntropy, CrossEntropy
from epochreel.record.loss import Loss
from epochreel.record.losses import loss_of
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.parts.class_marks import Labels


@dataclass(frozen=True)
class Truths:
    """One of a few things is true in each term.

    Attributes:
        names: of these things.
        told: the same beside numbers, where a name that is a number would be taken for one.
        labels: which of them is true, (terms,).
    """

    names: tuple[str, ...]
    told: tuple[str, ...]
    labels: Labels


def truths_of(view: View, words: Words) -> Truths:
    """What is true in each term of a view's cross-entropy."""
    several = view.targets.shape[1] > 1 and not isinstance(loss_in(view), CategoricalCrossEntropy)
    if view.classes is None or several:  # each output is a term of its own
        outcomes = ("y = 0", "y = 1")
        return Truths(outcomes, outcomes, view.targets.ravel().astype(np.int64))
    names = view.classes.names
    return Truths(names, told_beside_numbers(names, words), view.classes.true)


def told_beside_numbers(names: Sequence[str], words: Words) -> tuple[str, ...]:
    """Names of classes, those that are numbers said to be of a class."""
    return tuple(words("class {name}", name=name) if name.isdecimal() else name for name in names)


def loss_in(view: View) -> Loss | None:
    """The loss of a view, which reads `hyperparameters` and `layers`."""
    loss = loss_of(view.hyperparameters)
    # What stands before a loss of errors says nothing about it.
    return loss_of(view.hyperparameters, view.layers) if isinstance(loss, CrossEntropy) else loss


def why_not_plain(loss: CrossEntropy, targets: Values) -> str | None:
    """Why a cross-entropy is no mean of −ln of single probabilities; None where it is."""
    if loss.label_smoothing:
        return f"label_smoothing {loss.label_smoothing:g} shares the truth out among all classes"
    if not loss.is_plain(targets):
        return "targets are not all 0 or 1: what is true is shared out among classes"
    if isinstance(loss, CategoricalCrossEntropy) and (targets.sum(axis=1) != 1).any():
        return "a sample has more than one true class, or none"
    return None
