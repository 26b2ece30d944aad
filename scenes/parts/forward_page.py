"""The page on which one sample goes through a network: diagram, sample, and one neuron's card."""

from collections.abc import Sequence

import numpy as np
from manim import ManimColor, Mobject, RoundedRectangle, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, GAP, LARGE, Point, Region, Values
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.sampling import drawn_units
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.activations import Activations
from scenes.parts.forward_text import Said
from scenes.parts.given_sample import WIDEST, GivenSample, room_for
from scenes.parts.moment import Moment
from scenes.parts.named_network import NAMES_HEIGHT, TAGS_HEIGHT, NamedNetwork
from scenes.parts.network import APART, LARGEST
from scenes.parts.network_scale import largest_weight
from scenes.parts.neuron_card import INSET, NeuronCard
from scenes.parts.neuron_values import values_in
from scenes.parts.output_names import NAME_PITCH, OutputName, beside_names, output_names
from scenes.parts.page import card
from scenes.parts.passage import Stage

NETWORK, SIDE, BETWEEN = 1180, 580, 48  # pixels
LINE, FIRST = 104, 66  # pixels from one line of what comes out to the next, and to the first
LEAST_NAME = 0.4  # of a line, for what a value is called if the value is a long name itself


class ForwardPage:
    """A network in one recorded state, with one sample's values beside it.

    Attributes:
        side: the room beside the network.
        values: per column the activations that are written into its neurons by now.
    """

    def __init__(
        self,
        view: View,
        at: int,
        sample: int,
        stages: Sequence[Stage],
        outputs: Sequence[OutputName],
        words: Words,
        theme: Theme,
    ) -> None:
        self._stages, self._outputs, self._words, self.theme = stages, outputs, words, theme
        left, self.side = CONTENT.columns((NETWORK, SIDE), gap=BETWEEN)
        tallest = max(len(drawn_units(width)) for width in view.widths)
        half = min(left.height, tallest * APART + TAGS_HEIGHT + NAMES_HEIGHT) / 2
        before = (NETWORK - WIDEST) / len(view.widths) / 2 - LARGEST - GAP
        start = left.left + room_for(view, sample, before)
        region = Region(start, left.y - half, left.right, left.y + half)
        dense = [view.parameters[place] for place in view.dense]
        kernels = [layer["kernel"][at] for layer in dense]
        place = beside_names(region, len(view.widths), outputs)
        pitch = NAME_PITCH if outputs else 0.0
        largest = largest_weight(view)
        self.network = network = NamedNetwork(
            view.widths, dense, largest, place, words, theme, last_pitch=pitch
        )
        network.display(kernels)
        network.names.add(*output_names(network, outputs, region.right, theme))
        self.given = GivenSample(view, sample, network, theme)
        self.values: dict[int, list[Label]] = {}
        self._activations = [stages[0].values, *[stage.outputs for stage in stages]]
        self._scale, self._now = Activations(view, sample), Moment(at, at, 0.0)

    def fills(self, column: int) -> list[tuple[VMobject, ManimColor]]:
        """The colours of a column's neurons."""
        return self.network.fills(column, self._scale.shares(column, self._now))

    def written(self, column: int) -> list[Label]:
        """The activations in a column's neurons, to be read on their fill."""
        fills = [color for _, color in self.fills(column)]
        written = values_in(self.network, column, self._activations[column], fills)
        self.values[column] = [*written]
        return self.values[column]

    def exit(self, unit: int) -> Point:
        """Where the network ends, at the height of one of its outputs."""
        height = self.network.layers[-1][self._at(-1, unit)].get_center()
        return np.array([self.network.get_right()[0], height[1], 0.0])

    def ways(self, column: int, unit: int) -> tuple[Values, Values]:
        """The edges into one neuron; see `Network.ways`."""
        starts, ends = self.network.ways(column)
        chosen = self._into(column, unit)
        return starts[chosen], ends[chosen]

    def aside(self, column: int, unit: int) -> list[Mobject]:
        """All of the network but a neuron, its edges, and the neurons that these come from."""
        network = self.network
        into = self._into(column, unit)
        near: list[Mobject] = [network.edges[column - 1][at] for at in into]
        near += [network.layers[column][self._at(column, unit)], *network.layers[column - 1]]
        groups = (*network.edges, *network.layers)
        rest: list[Mobject] = [part for group in groups for part in group if part not in near]
        return rest + [
            label for at, labels in self.values.items() if at != column - 1 for label in labels
        ]

    def neuron_card(self, layer: int, unit: int) -> NeuronCard:
        """The card of a layer's neuron."""
        stage, words = self._stages[layer], self._words
        name = words("layer {layer}, neuron {unit}", layer=layer + 1, unit=unit + 1)
        names = [str(at + 1) for at in range(len(stage.z))]
        if self._outputs and layer == len(self._stages) - 1:
            names = [output.text for output in self._outputs]
        return NeuronCard(name, stage, unit, names, self.side, words, self.theme)

    def results(self, said: Sequence[Said]) -> tuple[RoundedRectangle, list[tuple[Label, Label]]]:
        """What comes out and what is true: a card, and on it each name with its number."""
        side, height = self.side, LINE * len(said) + 2 * INSET
        top = side.y - height / 2
        panel = card(Region(side.left, top, side.right, top + height), self.theme)
        lines, base = [], top + INSET + FIRST
        for name, text, role, _ in said:
            color = getattr(self.theme, role)
            inner = side.width - 2 * INSET - 24
            room = inner - min(text_width(name, BODY), LEAST_NAME * inner)
            (text,), size = lines_or_cut(text, room, LARGE, 1, text, BOLD)
            value = Label(text, size, color, weight=BOLD).put(side.right - INSET, base, 1)
            (name,), size = lines_or_cut(name, inner - value.width_px, BODY, 1, name)
            lines.append((Label(name, size, color).put(side.left + INSET, base), value))
            base += LINE
        return panel, lines

    def _at(self, column: int, unit: int) -> int:
        return self.network.units[column].index(unit)

    def _into(self, column: int, unit: int) -> list[int]:
        """Which of the edges into a column lead to a neuron."""
        count = len(self.network.places[column])
        edges = range(len(self.network.edges[column - 1]))
        return [at for at in edges if at % count == self._at(column, unit)]
