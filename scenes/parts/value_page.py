"""The epoch page of values: predictions, true values, and bars for what is between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from epochreel.record.view import View
from scenes.drawing.fitting import fitting, prediction_notation, target_notation
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import GAP, MARGIN, PAGE_WIDTH, SMALL, Region
from scenes.drawing.measure import text_width
from scenes.drawing.reach import BARS_GROW, scale_end
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.columns import Column, Rows
from scenes.parts.epoch_page import EpochPage, row_frame
from scenes.parts.epoch_regions import EPOCH_PAGE, EpochRegions
from scenes.parts.epoch_rows import farthest, rows_of
from scenes.parts.input_columns import APART, input_widths
from scenes.parts.moment import Moment
from scenes.parts.output_names import output_names_of
from scenes.parts.page import heading
from scenes.parts.residuals import ResidualBars
from scenes.parts.table import names_of

BEYOND = 1.05  # of its scale's end: where a bar is that goes on
MOST_OUTPUTS = 3
OUTPUT, BETWEEN = 244.0, 22.0  # pixels: an output beside others, and between two


class ValuePage(EpochPage):
    """The page where targets are no classes.

    Attributes:
        outputs: those that have room.
    """

    def __init__(self, view: View, words: Words, theme: Theme) -> None:
        count = view.targets.shape[1]
        shown = min(count, MOST_OUTPUTS)
        widths = input_widths(view)
        regions = EPOCH_PAGE.beside(
            MARGIN + sum(widths) + APART * (len(widths) - 1),
            EPOCH_PAGE.predictions.left if shown == 1 else _left(shown),
        )
        rows, chosen = rows_of(view, regions, words)
        followed = farthest(view, rows.samples)
        super().__init__(view, rows, followed, regions, words, theme, output_names_of(view))
        kinds = _Kinds(view, rows, words, theme)
        self.outputs = (
            [kinds.alone(regions)]
            if shown == 1
            else [kinds.beside_others(at, regions) for at in range(shown)]
        )
        notes = [chosen, self.inputs.note]
        place = replace(regions.predictions, right=regions.residuals.right)
        frame = row_frame(rows, followed, place, theme)
        if count == 1:
            for output in self.outputs:
                predicted = VGroup(frame, output.predictions)
                self.results += [predicted, VGroup(output.targets, output.residuals)]
                if output.goes_on:
                    bound = rounded(output.residuals.largest)
                    notes.append(words("arrow: off by more than {value}", value=bound))
        else:
            head = kinds.heads(regions, shown)
            columns = [output.predictions for output in self.outputs]
            true = [part for each in self.outputs for part in (each.targets, each.residuals)]
            self.results += [VGroup(frame, head, *columns), VGroup(*true)]
            if shown < count:
                notes.append(
                    words("the first {shown} of {count} outputs", shown=shown, count=count)
                )
            if any(output.goes_on for output in self.outputs):
                notes.append(words("an arrow: the bar goes on beyond its room"))
        self.add(*self.results)
        if count == 1:
            left = max(regions.predictions.left, self.loss.right + 2 * GAP)
            self.draw_trail(regions, left)
        self.note(notes, regions, theme)

    def show_rows(self, moment: Moment) -> None:
        for output in self.outputs:
            output.show(moment)

    def moving(self) -> Iterator[Mobject]:
        for output in self.outputs:
            yield from (output.residuals.above, output.residuals.below)

    @property
    def common(self) -> Mapping[str, Any]:
        pixels = [output.residuals.per_unit for output in self.outputs]
        return {**super().common, "pixels of a residual": pixels}


class Output:
    """One output of the network: its prediction for each row, the truth, and bars between.

    Attributes:
        goes_on: whether some bar is longer than its room.
    """

    def __init__(
        self, predictions: Column, targets: Column, residuals: ResidualBars, view: View, at: int
    ) -> None:
        self.predictions, self.targets, self.residuals = predictions, targets, residuals
        self._predicted = view.predictions[..., at]
        self._errors = view.targets[..., at] - view.predictions[..., at]
        targets.display(view.targets[:, at])
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        self.goes_on = bool(np.abs(self._errors[shown]).max() > residuals.largest)

    def show(self, moment: Moment) -> None:
        """Bars between two states, and the numbers of the nearer one."""
        self.predictions.display(moment.nearest(self._predicted))
        self.residuals.display(moment.between(self._errors, BEYOND * self.residuals.largest))


class _Kinds:
    """Makes outputs, alone on a page or beside others."""

    def __init__(self, view: View, rows: Rows, words: Words, theme: Theme) -> None:
        self._view, self._rows, self._words, self._theme = view, rows, words, theme
        self._shown = [view.at(epoch) for epoch in view.shown_epochs]
        self._decimals = view.decimals

    def alone(self, regions: EpochRegions) -> Output:
        view, rows, words, theme = self._view, self._rows, self._words, self._theme
        predicted, true = view.predictions[..., 0], view.targets[:, 0]
        predictions = Column(
            words("prediction"),
            predicted,
            prediction_notation(predicted, self._shown, self._decimals),
            rows,
            regions.predictions,
            theme.prediction,
            theme.line,
        )
        notation = target_notation(true, self._decimals)
        targets = Column(
            words("truth"), true[None], notation, rows, regions.targets, theme.truth, theme.line
        )
        longest = self._longest(0)
        title = words("truth − prediction")
        bars = ResidualBars(title, longest, rows, regions.residuals, theme)
        return Output(predictions, targets, bars, view, 0)

    def beside_others(self, at: int, regions: EpochRegions) -> Output:
        view, rows, theme = self._view, self._rows, self._theme
        place = self._place(at, regions)
        left, middle, right = place.columns((98, 74, 64), gap=4)
        predicted, true = view.predictions[..., at], view.targets[:, at]
        notation = fitting(predicted, left.width, predicted[self._shown], self._decimals)
        predictions = Column("", predicted, notation, rows, left, theme.prediction, theme.line)
        notation = fitting(true, middle.width, decimals=self._decimals)
        targets = Column("", true[None], notation, rows, middle, theme.truth, theme.line)
        bars = ResidualBars("", self._longest(at), rows, right, theme)
        return Output(predictions, targets, bars, view, at)

    def heads(self, regions: EpochRegions, count: int) -> VGroup:
        """What outputs are called, and above them what is in which colour."""
        words, theme = self._words, self._theme
        names = names_of(self._view.target_names, self._view.targets.shape[1], "y")
        base = self._rows.bases[0] - self._rows.pitch / 2 - 64
        drawn = VGroup()
        for at in range(count):
            place = replace(self._place(at, regions), top=base)
            drawn.add(heading(names[at], place, theme.ink))
        x, y = float(PAGE_WIDTH - MARGIN), regions.loss.y + CAP_HEIGHT * SMALL / 2
        for text, color in (
            (words("truth − prediction"), theme.ink),
            (words("truth"), theme.truth),
            (words("prediction"), theme.prediction),
        ):
            drawn.add(Label(text, SMALL, color, weight=BOLD).put(x, y, 1))
            x -= text_width(text, SMALL, BOLD) + GAP
        return drawn

    def _place(self, at: int, regions: EpochRegions) -> Region:
        shown = min(self._view.targets.shape[1], MOST_OUTPUTS)
        left = _left(shown) + at * (OUTPUT + BETWEEN)
        return replace(regions.predictions, left=left, right=left + OUTPUT)

    def _longest(self, at: int) -> float:
        errors = self._view.targets[..., at] - self._view.predictions[..., at]
        return scale_end(np.abs(errors[self._shown]).max(axis=1), BARS_GROW)


def _left(outputs: int) -> float:
    """Where the first of so many outputs starts, in pixels."""
    return PAGE_WIDTH - MARGIN - outputs * (OUTPUT + BETWEEN) + BETWEEN
