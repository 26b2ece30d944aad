"""The epoch page: data, network, parameters and results at one epoch."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from manim import Mobject, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import LARGE, SMALL, EpochRegions
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.columns import Reading, Rows
from scenes.parts.input_columns import InputColumns
from scenes.parts.moment import Moment
from scenes.parts.output_names import OutputName
from scenes.parts.shown_network import ShownNetwork

NOTES_APART = "   ·   "


class EpochPage(ABC, VGroup):
    """Everything on the page that changes with the epoch, and how it shows one.

    `show_at` takes a position along the record's epochs. Between two positions edges and bars are
    between their two recorded sizes and colours; numbers are always those of the nearer epoch, as
    no epoch had others. So each number changes once on the way, when the picture that moves has
    come as far from the one state as it is from the other.

    Attributes:
        results: what comes of the network, in the order in which it appears.
        readings: likewise the numbers on top, but for the epoch.
    """

    def __init__(
        self,
        view: View,
        rows: Rows,
        regions: EpochRegions,
        words: Words,
        theme: Theme,
        outputs: Sequence[OutputName] = (),
    ) -> None:
        self.view, self.rows = view, rows
        self.epoch = Reading(
            f"{words('Epoch')} =", view.epochs.astype(float), regions.counter, LARGE, theme.accent
        )
        self.loss = Reading(f"{words('loss')} =", view.losses, regions.loss, LARGE, theme.loss)
        self.inputs = InputColumns(view, rows, regions.inputs, words, theme)
        self.shown = ShownNetwork(view, regions, words, theme, outputs)
        self.network, self.legend = self.shown.diagram, self.shown.legend
        self.parameters, self.parameter_group = self.shown.panel, self.shown.group
        self.results: list[VMobject] = []
        self.readings: list[VMobject] = [self.loss]
        super().__init__(
            self.epoch,
            self.loss,
            self.inputs,
            self.network,
            self.legend,
            self.parameter_group,
        )

    def note(self, notes: Sequence[str], regions: EpochRegions, theme: Theme) -> None:
        """Say what part of the data the page shows, below its columns."""
        if told := NOTES_APART.join(filter(None, [*notes, self.shown.note])):
            self.inputs.add(Label(told, SMALL, theme.faint).put_in(regions.note, 0))

    @abstractmethod
    def show_results(self, moment: Moment) -> None:
        """Show what the network makes of the inputs."""

    @abstractmethod
    def moving(self) -> Iterator[Mobject]:
        """What of the results differs from state to state, and is no number in its place."""

    def show_at(self, position: float) -> None:
        """Show the state at a position along the recorded epochs, 0 being the first."""
        view = self.view
        moment = Moment.at(position, len(view.epochs))
        self.epoch.display(float(view.epochs[moment.nearer]))
        self.loss.display(float(view.losses[moment.nearer]))
        self.shown.show(moment)
        self.show_results(moment)

    def drawn(self, span: slice) -> Mapping[str, Any]:
        """What it takes of the view's fields on the way through some states, beside numbers."""
        return {}

    @property
    def common(self) -> Mapping[str, Any]:
        """What it takes from all epochs to show any of them: scales, and room for every number."""
        moving = {id(part) for top in self.moving() for part in top.get_family()}
        parts = [part for part in self.get_family() if id(part) not in moving]
        return {
            **self.shown.common,
            "rows": self.rows.samples,
            "places": [part.place if isinstance(part, Numbers) else part.points for part in parts],
        }
