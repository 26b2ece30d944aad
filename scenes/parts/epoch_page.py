"""The epoch page: data, network, parameters and results at one epoch."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from manim import ManimColor, Mobject, RoundedRectangle, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import (
    BAR,
    GAP,
    LARGE,
    MARGIN,
    PAGE_WIDTH,
    SMALL,
    UNIT,
    Region,
    point,
)
from scenes.drawing.measure import text_width
from scenes.drawing.motion import eased
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.activations import activations_of
from scenes.parts.columns import Reading, Rows
from scenes.parts.epoch_regions import EpochRegions
from scenes.parts.input_columns import InputColumns
from scenes.parts.loss_trail import LossTrail, loss_trail
from scenes.parts.moment import Moment
from scenes.parts.output_names import OutputName
from scenes.parts.shown_network import ShownNetwork

NOTES_APART = "   ·   "
FRAME = 10.0  # pixels of a frame around a row, to its sides
OF_A_ROW = 0.35  # of the time in which all rows change, one after the other: what one takes


class EpochPage(ABC, VGroup):
    """Everything on the page that changes with the epoch, and how it shows one.

    `show_at` takes a position along the record's epochs. Between two positions edges and bars are
    between their two recorded sizes and colours; numbers are always those of the nearer epoch, as
    no epoch had others. So each number changes once on the way, when the picture that moves has
    come as far from the one state as it is from the other.

    One row is followed: it is framed, and its activations fill the neurons.

    Args:
        followed: which of the rows.
        outputs, told: see ShownNetwork.

    Attributes:
        results: what comes of the network, in the order in which it appears.
        readings: likewise the numbers on top, but for the epoch.
        foot: what part of the data it shows, below its columns.
    """

    def __init__(
        self,
        view: View,
        rows: Rows,
        followed: int,
        regions: EpochRegions,
        words: Words,
        theme: Theme,
        outputs: Sequence[OutputName] = (),
        told: Region | None = None,
    ) -> None:
        self.view, self.rows, self.theme = view, rows, theme
        self.followed = followed
        self.words = words
        self.epoch = Reading(
            f"{words('Epoch')} =", view.epochs.astype(float), regions.counter, LARGE, theme.accent
        )
        self.loss = Reading(f"{words('loss')} =", view.losses, regions.loss, LARGE, theme.loss)
        self.inputs = InputColumns(view, rows, regions.inputs, words, theme)
        self.shown = ShownNetwork(view, regions, words, theme, outputs, told)
        self.network, self.legend = self.shown.diagram, self.shown.legend
        self.parameters, self.parameter_group = self.shown.panel, self.shown.group
        self.activations = activations_of(view, rows.samples[followed])
        self.inputs.add_to_back(row_frame(rows, followed, regions.inputs, theme))
        self.results: list[VMobject] = []
        self.readings: list[VMobject] = [self.loss]
        self.trail: LossTrail | None = None
        self.foot: Label | None = None
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
        told = [*filter(None, [*notes, self.shown.note])]
        lit = self.words("fill of a neuron = its activation for the framed row")
        if self.activations:
            told += [lit] * (_width([*told, lit]) <= regions.note.width)
        if told:
            self.foot = Label(NOTES_APART.join(told), SMALL, theme.faint).put_in(regions.note, 0)
            self.inputs.add(self.foot)

    @abstractmethod
    def show_rows(self, moment: Moment) -> None:
        """Show what the network makes of each row's inputs."""

    def show_scores(self, moment: Moment) -> None:
        """Show what all rows come to."""
        self.loss.display(float(self.view.losses[moment.nearer]))
        if self.trail:
            passed = float(moment.share) * (moment.after - moment.before)
            self.trail.show_at(moment.before + passed)

    def draw_trail(self, regions: EpochRegions, left: float) -> None:
        """Add the loss until now as a curve, where there is room for it right of `left` pixels."""
        place = Region(left, BAR.bottom + GAP, PAGE_WIDTH - MARGIN, regions.counter.bottom - 6)
        self.trail = loss_trail(self.view, place, self.words, self.theme)
        if self.trail:
            self.readings.append(self.trail)
            self.add(self.trail)

    @abstractmethod
    def moving(self) -> Iterator[Mobject]:
        """What of the results differs from state to state, and is no number in its place."""

    def show_at(self, position: float) -> None:
        """Show the state at a position along the recorded epochs, 0 being the first."""
        self.show_moment(Moment.at(position, len(self.view.epochs)))

    def show_moment(self, moment: Moment) -> None:
        """Show a place between two states."""
        self.show_parameters(moment)
        self._show_fills(moment)
        self.show_rows(moment)
        self.show_scores(moment)

    def show_network(self, moment: Moment) -> None:
        """Show edges and activations, and no number."""
        self.shown.show_edges(moment)
        self._show_fills(moment)

    def show_parameters(self, moment: Moment) -> None:
        """Show the weights, and the epoch whose they are."""
        self.epoch.display(float(self.view.epochs[moment.nearer]))
        self.shown.show(moment)

    def show_some_rows(self, before: int, passed: float) -> None:
        """Show rows on their way to the state after `before`, one after the other.

        Args:
            passed: how much of the time is behind, in [0, 1].
        """
        count = len(self.rows.samples)
        begun = np.arange(count) / count * (1 - OF_A_ROW)
        shares = np.full(len(self.view.inputs), passed)
        shares[self.rows.samples] = ((passed - begun) / OF_A_ROW).clip(0, 1)
        self.show_rows(Moment(before, before + 1, eased(shares)))

    def _show_fills(self, moment: Moment) -> None:
        for column in range(len(self.network.layers)):
            for neuron, color in self.fills(column, moment):
                neuron.set_fill(color)

    def fills(self, column: int, moment: Moment) -> list[tuple[VMobject, ManimColor]]:
        """The colours of a column's neurons; none where the network cannot be followed."""
        if self.activations is None:
            return []
        return self.network.fills(column, self.activations.shares(column, moment))

    def drawn(self, span: slice) -> Mapping[str, Any]:
        """What it takes of the view's fields on the way through some states, beside numbers."""
        return {}

    @property
    def common(self) -> Mapping[str, Any]:
        """What it takes from all epochs to show any of them: scales, and room for every number."""
        tops = [*self.moving(), *([self.trail] if self.trail else [])]
        moving = {id(part) for top in tops for part in top.get_family()}
        parts = [part for part in self.get_family() if id(part) not in moving]
        return {
            **self.shown.common,
            **(self.activations.common if self.activations else {}),
            "rows": self.rows.samples,
            "followed": self.followed,
            "places": [part.place if isinstance(part, Numbers) else part.points for part in parts],
        }


def _width(notes: Sequence[str]) -> float:
    return text_width(NOTES_APART.join(notes), SMALL)


def row_frame(rows: Rows, at: int, place: Region, theme: Theme) -> RoundedRectangle:
    """Around one row of some columns."""
    y = rows.bases[at] - CAP_HEIGHT * SMALL / 2
    return RoundedRectangle(
        width=(place.width + 2 * FRAME) * UNIT,
        height=(rows.pitch - 2) * UNIT,
        corner_radius=8 * UNIT,
        stroke_width=2.5,
        stroke_color=theme.accent,
        fill_color=theme.panel,
        fill_opacity=1,
    ).move_to(point(place.x, y))
