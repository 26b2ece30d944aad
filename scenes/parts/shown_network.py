"""The network of an epoch page, what its edges mean, and its parameters below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from manim import LEFT, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, SMALL, UNIT, pixels
from scenes.drawing.reach import edge_sizes, widest_weight
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.epoch_regions import EpochRegions
from scenes.parts.moment import Moment
from scenes.parts.named_network import NamedNetwork
from scenes.parts.network import edge_legend
from scenes.parts.output_names import NAME_PITCH, OutputName, beside_names, output_names
from scenes.parts.parameters import ParameterPanel

ABOVE_NOTE = 14  # pixels that parameters keep free above the foot of their region


class ShownNetwork:
    """The Dense layers of a network in their states.

    Args:
        outputs: what each output is called, beside its neuron.

    Attributes:
        diagram: the network with its names.
        legend: what its edges mean; where some are wider than can be, that too.
        panel: the parameters, and `group` with their heading.
        note: how many of them have no room, where that has none beside the heading.
        lowered: pixels by which all below the diagram is lower than its region, as the parameters
            do not need theirs; the diagram is as much higher.
    """

    def __init__(
        self,
        view: View,
        regions: EpochRegions,
        words: Words,
        theme: Theme,
        outputs: Sequence[OutputName] = (),
    ) -> None:
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        self._dense = [view.parameters[at] for at in view.dense]
        kernels = [layer["kernel"][shown] for layer in self._dense]
        self.widest = widest_weight(kernels)
        scale = words("line width = |w|")
        if edge_sizes(kernels).max() > self.widest:
            scale = words("line width = |w|, up to {value}", value=rounded(self.widest))
        self.note = ""
        panel = ParameterPanel(self._dense, shown, regions.parameters, theme, view.decimals)
        self.lowered = _spare(panel, regions)
        regions = _lowered(regions, self.lowered)
        self.panel = ParameterPanel(self._dense, shown, regions.parameters, theme, view.decimals)
        self.legend = self._legend(regions, scale, words, theme)
        self.group = self._under_heading(regions, words, theme)
        self.diagram = NamedNetwork(
            view.widths,
            self._dense,
            self.widest,
            beside_names(regions.network, len(view.widths), outputs),
            words,
            theme,
            last_pitch=NAME_PITCH if outputs else 0.0,
        )
        self.diagram.names.add(*output_names(self.diagram, outputs, regions.network.right, theme))

    def show(self, moment: Moment) -> None:
        """Edges between two states, and the numbers of the nearer one."""
        self.diagram.display(
            [moment.between(layer["kernel"], self.widest) for layer in self._dense]
        )
        self.panel.display(
            [
                {name: states[moment.nearer] for name, states in layer.items()}
                for layer in self._dense
            ]
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

    def _under_heading(self, regions: EpochRegions, words: Words, theme: Theme) -> VGroup:
        """The parameters under their name, and how many have no room."""
        left, base = regions.parameters.left, regions.parameters.top - 18
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


def _spare(panel: ParameterPanel, regions: EpochRegions) -> float:
    """How much lower the parameters could stand, in pixels."""
    end = pixels(panel.get_bottom())[1] if panel.matrices else regions.legend.bottom
    return max(0.0, regions.parameters.bottom - end - ABOVE_NOTE)


def _lowered(regions: EpochRegions, down: float) -> EpochRegions:
    """The same with a higher network, and all below it lower."""
    network, legend, parameters = regions.network, regions.legend, regions.parameters
    return replace(
        regions,
        network=replace(network, bottom=network.bottom + down),
        legend=replace(legend, top=legend.top + down, bottom=legend.bottom + down),
        parameters=replace(parameters, top=parameters.top + down),
    )
