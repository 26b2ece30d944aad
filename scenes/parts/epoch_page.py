"""The epoch page: data, network, parameters and results at one epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import LEFT, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import Notation, rounded
from epochreel.record.view import View
from scenes.drawing.fitting import input_notation, prediction_notation, target_notation
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, EPOCH_PAGE, GAP, LARGE, SMALL, UNIT, Region, Values, pixels
from scenes.drawing.reach import BARS_GROW, EDGES_GROW, edge_sizes, scale_end
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.columns import Column, Reading, Rows, first_component, selection_note
from scenes.parts.named_network import NamedNetwork
from scenes.parts.network import edge_legend
from scenes.parts.parameters import ParameterPanel
from scenes.parts.residuals import ResidualBars

BEYOND = 1.05  # of its scale's end: where a bar is that goes on


class EpochPage(VGroup):
    """Everything on the page that changes with the epoch, and how it shows one.

    `show_at` takes a position along the record's epochs. Between two positions edges and bars are
    between their two recorded sizes and colours; numbers are always those of the nearer epoch, as
    no epoch had others. So each number changes once on the way, when the picture that moves has
    come as far from the one state as it is from the other.
    """

    def __init__(self, view: View, words: Words, theme: Theme) -> None:
        page = EPOCH_PAGE
        self.view = view
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        rows = Rows(len(view.inputs), page.inputs)
        inputs, targets = first_component(view.inputs), first_component(view.targets)
        self.predictions_of = first_component(view.predictions)
        self.residuals_of = self.predictions_of - targets

        def column(
            title: str, states: Values, notation: Notation, region: Region, color: str
        ) -> Column:
            return Column(title, states, notation, rows, region, color, theme.line)

        self.epoch = Reading(
            f"{words('Epoch')} =", view.epochs.astype(float), page.counter, LARGE, theme.accent
        )
        self.loss = Reading(f"{words('loss')} =", view.losses, page.loss, LARGE, theme.loss)
        notation = input_notation(inputs, view.decimals)
        self.inputs = column(words("input"), inputs[None], notation, page.inputs, theme.ink)
        self.inputs.display(inputs)
        if note := selection_note(rows, view.inputs, view.targets, words):
            self.inputs.add(Label(note, SMALL, theme.faint).put_in(page.note, 0))
        self.network, self.legend = self._network(shown, words, theme)
        self.parameters = ParameterPanel(
            view.parameters, shown, page.parameters, theme, view.decimals
        )
        self.parameter_group = self._under_heading(self.parameters, words, theme)
        notation = prediction_notation(self.predictions_of, shown, view.decimals)
        self.predictions = column(
            words("prediction"), self.predictions_of, notation, page.predictions, theme.prediction
        )
        notation = target_notation(targets, view.decimals)
        self.targets = column(words("truth"), targets[None], notation, page.targets, theme.truth)
        self.targets.display(targets)
        self.residuals = self._residuals(shown, rows, words, theme)
        super().__init__(
            self.epoch,
            self.loss,
            self.inputs,
            self.network,
            self.legend,
            self.parameter_group,
            self.predictions,
            self.targets,
            self.residuals,
        )

    def _network(
        self, shown: Sequence[int], words: Words, theme: Theme
    ) -> tuple[NamedNetwork, VGroup]:
        """The network and what its edges mean; where some are wider than can be, that too."""
        view, page = self.view, EPOCH_PAGE
        sizes = edge_sizes([layer["kernel"][shown] for layer in view.parameters])
        widest = scale_end(sizes, EDGES_GROW)
        network = NamedNetwork(view.widths, view.parameters, widest, page.network, words, theme)
        scale = words("line width = |w|")
        if sizes.max() > widest:
            scale = words("line width = |w|, up to {value}", value=rounded(widest))
        legend = edge_legend(
            page.legend, theme, words("positive weight"), words("negative weight"), scale
        )
        overflow = pixels(legend.get_right())[0] - page.legend.right
        return network, legend.shift(max(0.0, overflow) * UNIT * LEFT)

    def _residuals(
        self, shown: Sequence[int], rows: Rows, words: Words, theme: Theme
    ) -> ResidualBars:
        """The bars, and where some do not fit a word on that."""
        sizes = np.abs(self.residuals_of[shown]).max(axis=1)
        longest = scale_end(sizes, BARS_GROW)
        page = EPOCH_PAGE
        bars = ResidualBars(words("prediction − truth"), longest, rows, page.residuals, theme)
        if sizes.max() > longest:
            note = words("arrow: off by more than {value}", value=rounded(longest))
            place = replace(page.loss, right=page.residuals.right)
            bars.add(Label(note, SMALL, theme.faint).put_in(place, 1))
        return bars

    def _under_heading(self, panel: ParameterPanel, words: Words, theme: Theme) -> VGroup:
        """The parameters under their name, and how many have no room."""
        left, base = EPOCH_PAGE.parameters.left, EPOCH_PAGE.parameters.top - 18
        heading = Label(words("network parameters"), BODY, theme.ink, weight=BOLD).put(left, base)
        group = VGroup(heading, panel)
        if panel.left_out:
            rest = words(
                "{count} matrix is not shown",
                "{count} matrices are not shown",
                count=panel.left_out,
            )
            start = left + heading.width_px + GAP
            group.add(Label(rest, SMALL, theme.faint).put(start, base))
        return group

    @property
    def common(self) -> Mapping[str, Any]:
        """What it takes from all epochs to show any of them: scales, and room for every number."""
        bars = {self.residuals.above, self.residuals.below}
        parts = [part for part in self.get_family() if part not in bars]
        return {
            "largest weight": self.network.largest,
            "pixels of a residual": self.residuals.per_unit,
            "places": [part.place if isinstance(part, Numbers) else part.points for part in parts],
        }

    def show_at(self, position: float) -> None:
        """Show the state at a position along the recorded epochs, 0 being the first."""
        view = self.view
        before = min(int(position), len(view.epochs) - 1)
        after = min(before + 1, len(view.epochs) - 1)
        share = position - before
        nearer = after if share >= 0.5 else before

        def between(states: Values, end: float) -> Values:
            # What leaves its scale moves to its end: else a run that diverges would leap there.
            first, last = (np.clip(states[at], -end, end) for at in (before, after))
            return (1 - share) * first + share * last

        self.epoch.display(float(view.epochs[nearer]))
        self.loss.display(float(view.losses[nearer]))
        widest, longest = self.network.largest, BEYOND * self.residuals.largest
        self.network.display([between(layer["kernel"], widest) for layer in view.parameters])
        self.parameters.display(
            [{name: states[nearer] for name, states in layer.items()} for layer in view.parameters]
        )
        self.predictions.display(self.predictions_of[nearer])
        self.residuals.display(between(self.residuals_of, longest))
