"""The sample that a film follows through the network, on one page after the other."""

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.epoch_rows import MOST_OF_CLASSES, farthest, rows_of
from scenes.parts.worth_showing import learned_most, of_each_class


def followed_sample(view: View, words: Words) -> int:
    """That of the row which the epoch page frames."""
    if view.classes:
        samples = of_each_class(view.classes, MOST_OF_CLASSES, words).samples
        return samples[learned_most(view.classes, samples, view.at(view.shown_epochs[0]))]
    rows, _ = rows_of(view, EPOCH_PAGE, words)
    return rows.samples[farthest(view, rows.samples)]


def told_output(view: View, at: int, sample: int) -> int:
    """Which of a sample's outputs is told of: that of its class, or that farthest from its truth.

    Args:
        at: the place along the recorded epochs.
    """
    if view.classes:
        return int(view.classes.true[sample]) if view.targets.shape[1] > 1 else 0
    errors = view.predictions[at, sample] - view.targets[sample]
    return int(np.abs(errors).argmax())
