"""Which samples are worth a row on a page that has no room for all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.classes import Classes, Places
from scenes.drawing.layout import Values


@dataclass(frozen=True)
class Worth:
    """Samples, and in words why these: nothing where they are all.

    Attributes:
        samples: their places, in the order of the rows.
        note: on the page.
    """

    samples: list[int]
    note: str


def of_each_class(classes: Classes, most: int, words: Words) -> Worth:
    """As many of each class as there is room for, those that are wrong in the end first.

    The wrong ones are in the order of how little probability their class has, the others as in the
    data. Where there are more classes than places, the wrong ones of all come first.
    """
    count = len(classes.true)
    if count <= most:
        return Worth([*range(count)], "")
    samples = wrong_of_each(classes, most)
    there = np.unique(classes.true, return_counts=True)[1]
    share = most // len(there)
    if not share:
        note = words("{shown} of {count} rows", shown=most, count=count)
    elif there.min() < share:
        note = words("{shown} of {count} rows: some of each class", shown=len(samples), count=count)
    else:
        note = words(
            "{count} row of each class ({shown} of {all})",
            "{count} rows of each class ({shown} of {all})",
            count=share,
            shown=len(samples),
            all=count,
        )
    first = words(", wrong ones at the end first")
    return Worth(samples, note if classes.right[-1][samples].all() else note + first)


def wrong_of_each(classes: Classes, most: int) -> list[int]:
    """Samples as `of_each_class` chooses them, class by class."""
    order = _wrong_first(classes)
    members = [order[classes.true[order] == at] for at in range(len(classes.names))]
    members = [each for each in members if len(each)]
    share = most // len(members)
    if not share:
        return [int(sample) for sample in order[:most]]
    return [int(sample) for each in members for sample in each[:share]]


def worst_first(errors: Values, most: int, words: Words) -> Worth:
    """The samples that are farthest off, the worst one first; all in order where they have room.

    Args:
        errors: of each output in the last epoch, (n, k).
    """
    count = len(errors)
    if count <= most:
        return Worth([*range(count)], "")
    sizes = np.abs(errors)
    # Outputs may be of unlike units.
    scaled = sizes / np.maximum(sizes.max(axis=0), np.finfo(float).tiny)
    order = np.argsort(-scaled.max(axis=1), kind="stable")
    note = words(
        "{shown} of {count} rows, those farthest off at the end first", shown=most, count=count
    )
    return Worth(order[:most].tolist(), note)


def learned_most(classes: Classes, samples: Sequence[int], start: int) -> int:
    """Of some samples the one to follow: whose class gains most probability by the training.

    Args:
        start: the place along the recorded epochs from which on.

    Returns:
        Its place among `samples`.
    """
    gained = _given(classes) - _given(classes, start)
    return int(gained[[*samples]].argmax())


def _wrong_first(classes: Classes) -> Places:
    """All samples in their order: (n,)."""
    right = classes.right[-1]
    return np.asarray(np.lexsort((np.where(right, 0.0, _given(classes)), right)))


def _given(classes: Classes, at: int = -1) -> Values:
    """The probability of each sample's own class in a state, by default the last one, (n,)."""
    return classes.probabilities[at][np.arange(len(classes.true)), classes.true]
