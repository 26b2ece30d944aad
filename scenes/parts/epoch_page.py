"""The epoch page: data, network, parameters and results at one epoch."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import VGroup

from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, EPOCH_PAGE, GAP, LARGE, SMALL, Region
from scenes.drawing.text import Label, Numbers, Values
from scenes.drawing.theme import Theme
from scenes.drawing.words import Phrases
from scenes.parts.columns import Column, Reading, Rows, first_component, selection_note
from scenes.parts.network import Network, edge_legend
from scenes.parts.parameters import ParameterPanel
from scenes.parts.residuals import ResidualBars


class EpochPage(VGroup):
    """Everything on the page that changes with the epoch, and how it shows one.

    `show_at` takes a position along the record's epochs; between two positions every value is
    between its two recorded ones, and on a position it is the recorded one.
    """

    def __init__(self, view: View, words: Phrases, theme: Theme) -> None:
        page = EPOCH_PAGE
        self.view = view
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        rows = Rows(len(view.inputs), page.inputs)
        inputs, targets = first_component(view.inputs), first_component(view.targets)
        self.predictions_of = first_component(view.predictions)
        self.residuals_of = self.predictions_of - targets

        def column(title: str, states: Values, region: Region, color: str) -> Column:
            return Column(title, states, rows, region, color, theme.line)

        self.epoch = Reading(
            f"{words.epoch} =", view.epochs.astype(float), page.counter, LARGE, theme.accent
        )
        self.loss = Reading(f"{words.loss} =", view.losses, page.loss, LARGE, theme.loss)
        self.inputs = column(words.inputs, inputs[None], page.inputs, theme.ink)
        self.inputs.display(inputs)
        if note := selection_note(rows, view.inputs, view.targets, words):
            self.inputs.add(Label(note, SMALL, theme.faint).put_in(page.note, 0))
        largest = max(float(np.abs(layer["kernel"]).max()) for layer in view.parameters)
        self.network = Network(view.widths, largest, page.network, theme)
        self.legend = edge_legend(
            page.legend, theme, words.positive, words.negative, words.width_scale
        )
        self.parameters = ParameterPanel(view.parameters, page.parameters, theme)
        self.parameter_group = self._under_heading(self.parameters, words, theme)
        self.predictions = column(
            words.predictions, self.predictions_of, page.predictions, theme.prediction
        )
        self.targets = column(words.targets, targets[None], page.targets, theme.truth)
        self.targets.display(targets)
        largest = float(np.abs(self.residuals_of[shown]).max())
        self.residuals = ResidualBars(words.residuals, largest, rows, page.residuals, theme)
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

    def _under_heading(self, panel: ParameterPanel, words: Phrases, theme: Theme) -> VGroup:
        """The parameters under their name, and how many have no room."""
        left, base = EPOCH_PAGE.parameters.left, EPOCH_PAGE.parameters.top - 18
        heading = Label(words.parameters, BODY, theme.ink, weight=BOLD).put(left, base)
        group = VGroup(heading, panel)
        if panel.left_out:
            rest = words.left_out.format(count=panel.left_out)
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
        at = min(int(position), len(view.epochs) - 1)
        share = position - at
        after = min(at + 1, len(view.epochs) - 1)

        def between(states: Values) -> Values:
            return states[at] if share == 0 else (1 - share) * states[at] + share * states[after]

        parameters = [
            {name: between(states) for name, states in layer.items()} for layer in view.parameters
        ]
        self.epoch.display(float(view.epochs[after if share else at]))
        self.loss.display(float(between(view.losses)))
        self.network.display([layer["kernel"] for layer in parameters])
        self.parameters.display(parameters)
        self.predictions.display(between(self.predictions_of))
        self.residuals.display(between(self.residuals_of))
