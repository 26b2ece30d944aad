"""The network of an epoch page, what its edges mean, and its parameters below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from manim import LEFT, VGroup

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, PAGE_WIDTH, SMALL, UNIT, Region, pixels
from scenes.drawing.reach import widest_weight
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.epoch_regions import EpochRegions
from scenes.parts.moment import Moment
from scenes.parts.named_network import NamedNetwork
from scenes.parts.network import edge_legend
from scenes.parts.network_scale import width_in_words
from scenes.parts.output_names import NAME_PITCH, OutputName, beside_names, output_names
from scenes.parts.parameters import ParameterPanel

ABOVE_PARAMETERS = 18  # pixels from the base line of their heading
ABOVE_NOTE = 14  # pixels that parameters keep free above the foot of their region


class ShownNetwork:
    """The Dense layers of a network in their states.

    Args:
        outputs: what each output is called, beside its neuron.
        told: what a page says between the diagram and the parameters; there the parameters are
            shown only where all of them have room, as corners of matrices would take the diagram's.

    Attributes:
        diagram: the network with its names.
        legend: what its edges mean; where some are wider than can be, that too.
        panel: the parameters, and `group` with their heading.
        note: how many of them have no room, where that has none beside the heading.
        told: that region, lower by what the parameters do not need of theirs.
    """

    def __init__(
        self,
        view: View,
        regions: EpochRegions,
        words: Words,
        theme: Theme,
        outputs: Sequence[OutputName] = (),
        told: Region | None = None,
    ) -> None:
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        self._dense = [view.parameters[at] for at in view.dense]
        kernels = [layer["kernel"][shown] for layer in self._dense]
        self.widest = widest_weight(kernels)
        scale = width_in_words(kernels, self.widest, words)
        self.note = ""
        panel = ParameterPanel(self._dense, shown, regions.parameters, theme, view.decimals)
        has_panel = bool(panel.matrices) and (told is None or panel.is_whole)
        end = pixels(panel.get_bottom())[1] if has_panel else (told or regions.legend).bottom
        down = max(0.0, regions.parameters.bottom - end - ABOVE_NOTE)
        regions, self.told = _lowered(regions, down), told and _moved(told, down)
        dense = self._dense if has_panel else []
        self.panel = ParameterPanel(dense, shown, regions.parameters, theme, view.decimals)
        self.group = self._under_heading(regions, words, theme)
        legend = None if told else self._beside_heading(regions, scale, words, theme)
        self.legend = legend or self._legend(regions, scale, words, theme)
        network = regions.network
        if legend:
            network = replace(network, bottom=regions.legend.bottom)
        self.diagram = NamedNetwork(
            view.widths,
            self._dense,
            self.widest,
            beside_names(network, len(view.widths), outputs),
            words,
            theme,
            last_pitch=NAME_PITCH if outputs else 0.0,
        )
        self.diagram.names.add(*output_names(self.diagram, outputs, network.right, theme))

    def show(self, moment: Moment) -> None:
        """Edges between two states, and the numbers of the nearer one."""
        self.show_edges(moment)
        self.panel.display(
            [
                {name: states[moment.nearer] for name, states in layer.items()}
                for layer in self._dense
            ]
        )

    def show_edges(self, moment: Moment) -> None:
        """Edges between two states."""
        self.diagram.display(
            [moment.between(layer["kernel"], self.widest) for layer in self._dense]
        )

    @property
    def common(self) -> Mapping[str, Any]:
        """What it takes from all epochs to show any of them."""
        return {"largest weight": self.widest}

    def _legend(self, regions: EpochRegions, scale: str, words: Words, theme: Theme) -> VGroup:
        positive, negative = words("positive weight"), words("negative weight")
        room = regions.legend.left - regions.parameters.left
        legend = edge_legend(regions.legend, theme, positive, negative, scale, room)
        overflow = pixels(legend.get_right())[0] - regions.legend.right
        return legend.shift(max(0.0, overflow) * UNIT * LEFT)

    def _beside_heading(
        self, regions: EpochRegions, scale: str, words: Words, theme: Theme
    ) -> VGroup | None:
        """The legend on the line of the parameters' heading; None where it has no room."""
        if not self.panel.matrices:
            return None
        place = regions.parameters
        left = pixels(VGroup(*self.group[::2]).get_right())[0] + 2 * GAP
        middle = place.top - ABOVE_PARAMETERS - CAP_HEIGHT * SMALL / 2
        line = Region(left, middle, place.right, middle)
        legend = edge_legend(
            line, theme, words("positive weight"), words("negative weight"), scale, PAGE_WIDTH
        )
        return legend if pixels(legend.get_right())[0] <= place.right else None

    def _under_heading(self, regions: EpochRegions, words: Words, theme: Theme) -> VGroup:
        """The parameters under their name, and how many have no room."""
        left, base = regions.parameters.left, regions.parameters.top - ABOVE_PARAMETERS
        if not self.panel.matrices:
            return VGroup()
        heading = Label(words("network parameters"), BODY, theme.ink, weight=BOLD).put(left, base)
        group = VGroup(heading, self.panel)
        if self.panel.left_out:
            rest = words(
                "{count} matrix is not shown",
                "{count} matrices are not shown",
                count=self.panel.left_out,
            )
            label = Label(rest, SMALL, theme.faint).put(left + heading.width_px + GAP, base)
            if pixels(label.get_right())[0] <= regions.parameters.right:
                group.add(label)
            else:
                self.note = rest
        return group


def _lowered(regions: EpochRegions, down: float) -> EpochRegions:
    """The same with a higher network, and all below it lower."""
    network, parameters = regions.network, regions.parameters
    return replace(
        regions,
        network=replace(network, bottom=network.bottom + down),
        legend=_moved(regions.legend, down),
        parameters=replace(parameters, top=parameters.top + down),
    )


def _moved(region: Region, down: float) -> Region:
    return replace(region, top=region.top + down, bottom=region.bottom + down)
