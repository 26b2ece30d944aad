"""The network diagram: neurons in layers, edges coloured by sign and as wide as |w|."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import Circle, Line, ManimColor, VGroup, VMobject, interpolate_color

from scenes.drawing.layout import SMALL, THINNEST, UNIT, WIDEST, Region, point
from scenes.drawing.sampling import drawn_units
from scenes.drawing.text import CAP_HEIGHT, Label, Values
from scenes.drawing.theme import Theme
from scenes.parts.columns import vertical_dots

OF_PITCH = 0.35  # of the way from one neuron to the next: the widest edge
LARGEST, APART = 60.0, 150.0  # pixels: a neuron's radius, and from one to the next, at most
FULL = 0.85  # of the colour of its sign: the fill of the largest |activation|
LEGEND_LINE = 36  # from one line of the legend to the next, in pixels

# What moves, and the points where it goes, for `Morph`.
Goals = list[tuple[VMobject, Values]]


class Network(VGroup):
    """Neurons and edges in a region.

    Args:
        widths: units from the input to the output, such as (1, 4, 3, 1).
        largest: the |w| that is drawn widest, one scale for every epoch.
        shares: how wide each layer's part of the region is beside the others; by default all
            are as wide.
        last_pitch: pixels that neurons of the last layer keep apart if they can, for names
            beside them.
        apart: pixels from one neuron to the next at most.
    """

    def __init__(
        self,
        widths: Sequence[int],
        largest: float,
        region: Region,
        theme: Theme,
        *,
        shares: Sequence[float] | None = None,
        last_pitch: float = 0.0,
        apart: float = APART,
    ) -> None:
        self.theme = theme
        self.largest = largest or 1.0
        self.units = [drawn_units(width) for width in widths]
        self._widths = widths
        self.columns = region.columns(shares or [1] * len(widths), gap=0)
        self.places = _places(self.units, widths, self.columns, last_pitch, apart)
        self.radius = _radius(self.places, region)
        # Of many neurons the edges would else cover each other.
        self.widest = min(WIDEST, OF_PITCH * _closest(self.places, region) * UNIT * 100)
        self.layers = [self._neurons(layer) for layer in range(len(widths))]
        self.edges = [self._edges(layer) for layer in range(len(widths) - 1)]
        super().__init__(*self.edges, *self.layers)

    def display(self, kernels: Sequence[Values]) -> "Network":
        """Colour and widen the edges by the kernels, one (inputs, units) per layer."""
        for edges, kernel, rows, columns in zip(self.edges, kernels, self.units, self.units[1:]):
            weights = kernel[np.ix_(rows, columns)].ravel()
            for edge, weight in zip(edges, weights):
                share = min(abs(weight) / self.largest, 1.0)
                edge.set_stroke(
                    self.theme.positive if weight >= 0 else self.theme.negative,
                    width=THINNEST + (self.widest - THINNEST) * share,
                )
        return self

    @property
    def outlines(self) -> list[VMobject]:
        """All that it draws, edges first."""
        family = VGroup(*self.edges, *self.layers).family_members_with_points()
        return [part for part in family if isinstance(part, VMobject)]

    def take_place_of(self, other: "Network") -> Goals:
        """Put all where another network has the same; gives its own places, for `Morph`."""
        goals: Goals = []
        for part, there in zip(self.outlines, other.outlines, strict=True):
            goals.append((part, part.points.copy()))
            part.set_points(there.points)
        return goals

    def fills(self, layer: int, shares: Values) -> list[tuple[VMobject, ManimColor]]:
        """The drawn neurons of a layer with the colours of activations: see `LightUp`.

        Args:
            shares: of all its units, of the largest |activation| on the scale: from -1 to 1.
        """
        theme = self.theme
        dark = ManimColor(theme.neuron)
        return [
            (
                neuron,
                interpolate_color(
                    dark,
                    ManimColor(theme.positive if share >= 0 else theme.negative),
                    FULL * min(abs(float(share)), 1.0),
                ),
            )
            for neuron, share in zip(self.layers[layer], shares[[*self.units[layer]]])
        ]

    def empty(self) -> "Network":
        """Take the fill of all neurons away, as before anything goes through the network."""
        for neurons, places in zip(self.layers, self.places):
            neurons[: len(places)].set_fill(self.theme.neuron)
        return self

    def ways(self, *layers: int) -> tuple[Values, Values]:
        """Where the edges into some layers' neurons start and end, (n, 3) each, for `Pulse`.

        Args:
            layers: 1 for the first behind the input.
        """
        edges = [edge for layer in layers for edge in self.edges[layer - 1]]
        starts, ends = (np.array([edge.points[at] for edge in edges]) for at in (0, -1))
        return starts, ends

    def _neurons(self, layer: int) -> VGroup:
        neurons = VGroup(
            *[
                Circle(
                    radius=self.radius * UNIT,
                    stroke_color=self.theme.ink,
                    stroke_width=2.5,
                    fill_color=self.theme.neuron,
                    fill_opacity=1,
                ).move_to(point(x, y))
                for x, y in self.places[layer]
            ]
        )
        if len(self.units[layer]) < self._widths[layer]:
            x, y = np.mean(self.places[layer], axis=0)
            neurons.add(vertical_dots(x, y, self.theme.ink))
        # Edges appear later, and still go under the neurons.
        return neurons.set_z_index(1)

    def _edges(self, layer: int) -> VGroup:
        return VGroup(
            *[
                Line(point(*left), point(*right), buff=self.radius * UNIT, stroke_width=THINNEST)
                for left in self.places[layer]
                for right in self.places[layer + 1]
            ]
        )


def _places(
    units: Sequence[Sequence[int]],
    widths: Sequence[int],
    columns: Sequence[Region],
    last_pitch: float,
    apart: float,
) -> list[list[tuple[float, float]]]:
    """Where each drawn neuron stands, in pixels; layers share one pitch as far as they can."""
    # Dots have the room of one neuron.
    slots = [len(drawn) + (len(drawn) < width) for drawn, width in zip(units, widths)]
    pitch = min(columns[0].height / max(slots), apart)
    pitches = [pitch] * (len(units) - 1)
    pitches.append(max(pitch, min(last_pitch, columns[-1].height / slots[-1])))
    places = []
    for drawn, count, column, pitch in zip(units, slots, columns, pitches):
        top = column.y - pitch * (count - 1) / 2
        below = len(drawn) // 2 if count > len(drawn) else count
        places.append([(column.x, top + pitch * (at + (at >= below))) for at in range(len(drawn))])
    return places


def _radius(places: Sequence[Sequence[tuple[float, float]]], region: Region) -> float:
    """As large as the neurons above, below and beside each other leave room for."""
    across = [right[0][0] - left[0][0] for left, right in pairwise(places)]
    room = min(_closest(places, region) * 0.34, min(across) * 0.28)
    return max(6.0, min(room, LARGEST))


def _closest(places: Sequence[Sequence[tuple[float, float]]], region: Region) -> float:
    """How far apart two neurons of a layer are at least, in pixels."""
    down = [below[1] - above[1] for layer in places for above, below in pairwise(layer)]
    return min(down, default=region.height)


def edge_legend(
    region: Region, theme: Theme, positive: str, negative: str, scale: str, room: float = 0.0
) -> VGroup:
    """What the colour and the width of an edge mean, from the region's left.

    Args:
        room: pixels; where all is wider than the region by more than that, it is in two lines.
    """
    legend, x = VGroup(), region.left
    base = region.y + CAP_HEIGHT * SMALL / 2
    for text, color in ((positive, theme.positive), (negative, theme.negative)):
        legend.add(Line(point(x, region.y), point(x + 44, region.y), color=color, stroke_width=6))
        label = Label(text, SMALL, color).put(x + 56, base)
        legend.add(label)
        x += 56 + label.width_px + 36
    last = Label(scale, SMALL, theme.faint)
    fits = x + last.width_px <= region.right + room
    legend.add(last.put(x, base) if fits else last.put(region.left, base + LEGEND_LINE))
    return legend
