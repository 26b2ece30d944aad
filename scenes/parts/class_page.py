"""The epoch page of classes: probabilities as bars, the true class, and whether it is found."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from epochreel.lecture.words import Words
from epochreel.record.record import at_recorded
from epochreel.record.view import View
from scenes.drawing.layout import (
    BODY,
    GAP,
    LARGE,
    MARGIN,
    SMALL,
    Region,
    Values,
    point,
)
from scenes.drawing.text import CAP_HEIGHT
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.columns import HEADING_HEIGHT, Rows
from scenes.parts.epoch_page import EpochPage, row_frame
from scenes.parts.epoch_regions import CLASS_PAGE, ClassRegions
from scenes.parts.epoch_rows import MOST_OF_CLASSES
from scenes.parts.explained import Explained
from scenes.parts.input_columns import APART, head_of, input_widths
from scenes.parts.moment import Moment
from scenes.parts.output_names import output_names_of
from scenes.parts.page import heading
from scenes.parts.probability_bars import ProbabilityBars
from scenes.parts.share import Share
from scenes.parts.table import named
from scenes.parts.verdicts import Verdicts
from scenes.parts.worth_showing import learned_most, of_each_class

PITCH = 56.0  # from one row to the next
MARK = 12.0  # half of a class's mark, in pixels


class ClassPage(EpochPage):
    """The page where targets are classes.

    One row is framed and explained below the network: the one whose class gains most probability.
    """

    def __init__(self, view: View, words: Words, theme: Theme) -> None:
        classes = view.classes
        assert classes
        self.classes = classes
        widths = input_widths(view)
        regions = CLASS_PAGE.beside(
            MARGIN + sum(widths) + APART * (len(widths) - 1), CLASS_PAGE.predictions.left
        )
        worth = of_each_class(classes, MOST_OF_CLASSES, words)
        rows = Rows(
            len(view.inputs), regions.inputs, MOST_OF_CLASSES, PITCH, worth.samples, head_of(view)
        )
        framed = learned_most(classes, rows.samples, view.at(view.shown_epochs[0]))
        super().__init__(
            view, rows, framed, regions, words, theme, output_names_of(view), regions.explained
        )
        self.note([worth.note, self.inputs.note], regions, theme)
        head = head_of(view) - HEADING_HEIGHT
        self.bars = ProbabilityBars(
            words("probabilities"),
            classes.true,
            len(classes.names),
            rows,
            replace(regions.predictions, top=regions.predictions.top + head),
            theme,
        )
        place = replace(regions.targets, top=regions.targets.top + head)
        self.names = _true_classes(view, rows, place, words, theme)
        self.verdicts = Verdicts(rows, regions.residuals.x, theme)
        frame = row_frame(
            rows, framed, replace(regions.predictions, right=regions.residuals.right), theme
        )
        assert self.shown.told
        self.explained = Explained(view, rows.samples[framed], self.shown.told, words, theme)
        self._add_shares(regions, words, theme)
        self.results = [
            VGroup(frame, self.bars),
            VGroup(self.names, self.verdicts, self.explained),
        ]
        self.add(*self.results, *self.readings[1:])
        self.draw_trail(regions, (self.held_out or self.accuracy).right + 2 * GAP)

    def show_rows(self, moment: Moment) -> None:
        classes = self.classes
        self.bars.display(moment.between(classes.probabilities))
        self.verdicts.display(moment.nearest(classes.right))
        self.explained.display(moment.of(self.explained.sample).nearer)

    def show_scores(self, moment: Moment) -> None:
        super().show_scores(moment)
        self.accuracy.display(float(self.classes.right[moment.nearer].sum()))
        if self.held_out:
            self.held_out.display(self._held_out[moment.nearer])

    def moving(self) -> Iterator[Mobject]:
        yield from (*self.bars.moving, *self.verdicts, self.explained)

    def drawn(self, span: slice) -> Mapping[str, Any]:
        """What of classes and of metrics the page shows on the way through some states."""
        classes = self.classes
        return {
            "classes": (
                classes.names,
                classes.true[self.rows.samples],
                classes.probabilities[span][:, self.rows.samples],
                classes.right[span].sum(axis=1),
            ),
            "history": self._held_out[span],
            "validation": None,  # its size is on the page
        }

    def _add_shares(self, regions: ClassRegions, words: Words, theme: Theme) -> None:
        """How many samples are right, and of those to validate with how large a part."""
        view, count = self.view, len(self.classes.true)
        right = self.classes.right.sum(axis=1).astype(float)
        told = [(words("accuracy"), right, f"/ {count}", 0)]
        self._held_out = _state_values(view, "val_accuracy")
        if len(self._held_out):
            told.append((words("validation"), *_in_parts(view, self._held_out)))
            self._held_out = told[1][1]
        for size in (LARGE, BODY + 4, BODY):
            left, shares = self.loss.right + 2 * GAP, []
            for name, states, tail, decimals in told:
                place = replace(regions.accuracy, left=left)
                shares.append(Share(f"{name} =", states, tail, place, size, theme.truth, decimals))
                left = shares[-1].right + 2 * GAP
            if shares[-1].right <= regions.accuracy.right:
                break
        self.accuracy, self.held_out = shares[0], shares[1] if len(shares) > 1 else None
        self.readings += shares


def _state_values(view: View, name: str) -> Values:
    """A metric in each recorded state, (E,); nothing where it was not measured."""
    values = view.history.get(name)
    return np.zeros(0) if values is None else at_recorded(values, view.epochs)


def _in_parts(view: View, shares: Values) -> tuple[Values, str, int]:
    """Shares as a count of so many samples, or in percent where they are no such; decimals too."""
    if view.validation:
        count = len(view.validation.targets)
        counts = (shares * count).round()
        if np.abs(counts / count - shares).max() < 1e-4:
            return counts, f"/ {count}", 0
    return 100 * shares, "%", 1


def _true_classes(view: View, rows: Rows, place: Region, words: Words, theme: Theme) -> VGroup:
    """The true class of each row with its mark."""
    classes = view.classes
    assert classes
    colors = class_colors(theme, len(classes.names))
    drawn = VGroup(heading(words("true class"), place, theme.truth, 0))
    for sample, base in zip(rows.samples, rows.bases):
        at, y = int(classes.true[sample]), base - CAP_HEIGHT * SMALL / 2
        mark = class_mark(point(place.left + MARK, y)[None], at, MARK, colors[at])
        drawn.add(
            mark, named(classes.names[at], place.left + 3 * MARK, base, place.right, theme.ink)
        )
    return drawn
