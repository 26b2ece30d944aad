"""Which samples have a row on the epoch page."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.parts.columns import Rows, selection_note
from scenes.parts.epoch_regions import EpochRegions
from scenes.parts.input_columns import head_of, input_names
from scenes.parts.pictures import is_image
from scenes.parts.worth_showing import worst_first

MOST_ROWS, MOST_PICTURES, MOST_OF_CLASSES = 20, 12, 12


def rows_of(view: View, regions: EpochRegions, words: Words) -> tuple[Rows, str]:
    """The rows of the page, and in words which they are where they are not all."""
    count, images = len(view.inputs), is_image(view.inputs.shape[1:])
    if len(input_names(view)) == 1:
        rows = Rows(count, regions.inputs)
        return rows, selection_note(rows, view.inputs, view.targets[:, :1], words)
    most = MOST_PICTURES if images else MOST_ROWS
    worth = worst_first(view.predictions[-1] - view.targets, most, words)
    chosen = replace(regions.inputs, top=regions.inputs.top - 8, bottom=regions.note.top - 6)
    return Rows(count, chosen, most, chosen=worth.samples, head=head_of(view)), worth.note


def farthest(view: View, samples: Sequence[int]) -> int:
    """Which of these samples is farthest from its truth at the first shown epoch."""
    errors = view.predictions[view.at(view.shown_epochs[0]), samples] - view.targets[samples]
    return int(np.abs(errors).max(axis=1).argmax())
