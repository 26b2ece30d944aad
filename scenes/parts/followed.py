"""The sample that a film follows through the network, on one page after the other."""

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.parts.class_page import MOST_ROWS
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.value_page import farthest, rows_of
from scenes.parts.worth_showing import least_sure, of_each_class


def followed_sample(view: View, words: Words) -> int:
    """That of the row which the epoch page frames."""
    if view.classes:
        samples = of_each_class(view.classes, MOST_ROWS, words).samples
        return samples[least_sure(view.classes, samples)]
    rows, _ = rows_of(view, EPOCH_PAGE, words)
    return rows.samples[farthest(view, rows.samples)]
