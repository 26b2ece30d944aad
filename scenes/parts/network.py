"""The network diagram: neurons in layers, edges coloured by sign and as wide as |w|."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import Circle, Line, VGroup

from scenes.drawing.layout import SMALL, THINNEST, UNIT, WIDEST, Region, point
from scenes.drawing.sampling import drawn_units
from scenes.drawing.text import CAP_HEIGHT, Label, Values
from scenes.drawing.theme import Theme
from scenes.parts.columns import vertical_dots
from scenes.parts.formula import formula

LABELS_HEIGHT = 92


class Network(VGroup):
    """Neurons, edges and the names of a layer's parameters, in a region.

    Args:
        widths: units from the input to the output, such as (1, 4, 3, 1).
        largest: the |w| that is drawn widest, one scale for every epoch.
        tags: whether "w1", "b1" and the layers' names are drawn.
    """

    def __init__(
        self,
        widths: Sequence[int],
        largest: float,
        region: Region,
        theme: Theme,
        *,
        tags: bool = True,
    ) -> None:
        self.theme = theme
        self.largest = largest or 1.0
        self.units = [drawn_units(width) for width in widths]
        diagram = Region(region.left, region.top + 30, region.right, region.bottom - LABELS_HEIGHT)
        self.places = _places(self.units, widths, diagram if tags else region)
        self.radius = _radius(self.places, diagram if tags else region)
        self.layers = [self._neurons(layer) for layer in range(len(widths))]
        self.edges = [self._edges(layer) for layer in range(len(widths) - 1)]
        self.names = VGroup(*self._names(widths, region)) if tags else VGroup()
        self.tags = VGroup(*self._tags(region)) if tags else VGroup()
        super().__init__(*self.edges, *self.layers, self.names, self.tags)

    def display(self, kernels: Sequence[Values]) -> "Network":
        """Colour and widen the edges by the kernels, one (inputs, units) per layer."""
        for edges, kernel, rows, columns in zip(self.edges, kernels, self.units, self.units[1:]):
            weights = kernel[np.ix_(rows, columns)].ravel()
            for edge, weight in zip(edges, weights):
                share = min(abs(weight) / self.largest, 1.0)
                edge.set_stroke(
                    self.theme.positive if weight >= 0 else self.theme.negative,
                    width=THINNEST + (WIDEST - THINNEST) * share,
                )
        return self

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
        if len(self.units[layer]) == 2 and self.units[layer][1] > 1:
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

    def _names(self, widths: Sequence[int], region: Region) -> list[VGroup]:
        """The words "Input Layer", "∈ ℝ¹" under each layer; the words only where they have room."""
        room = region.width / len(widths)
        names = []
        for layer, width in enumerate(widths):
            kind = "Input" if layer == 0 else "Output" if layer == len(widths) - 1 else "Hidden"
            x = self.places[layer][0][0]
            space = formula(
                f"in RR^{width}" if width < 10 else f"in RR^({width})", 34, self.theme.faint
            )
            space.move_to(point(x, region.bottom - 22))
            label = Label(f"{kind} Layer", SMALL, self.theme.faint)
            fits = label.width_px < room - 16
            names.append(
                VGroup(label.put(x, region.bottom - 50, 0.5), space) if fits else VGroup(space)
            )
        return names

    def _tags(self, region: Region) -> list[VGroup]:
        """The names: "w1" over the edges into layer 1, "b1" over its neurons."""
        tags = []
        for layer in range(1, len(self.places)):
            left, right = self.places[layer - 1][0][0], self.places[layer][0][0]
            if right - left < 120:
                continue
            base = region.top + CAP_HEIGHT * SMALL
            tags.append(
                VGroup(
                    Label(f"w{layer}", SMALL, self.theme.faint).put((left + right) / 2, base, 0.5),
                    Label(f"b{layer}", SMALL, self.theme.faint).put(right, base, 0.5),
                )
            )
        return tags


def _places(
    units: Sequence[Sequence[int]], widths: Sequence[int], region: Region
) -> list[list[tuple[float, float]]]:
    """Where each drawn neuron stands, in pixels; layers share one pitch as far as they can."""
    step = region.width / len(widths)
    tallest = max(len(layer) for layer in units)
    pitch = min(region.height / max(tallest, 1), 92)
    places = []
    for layer, drawn in enumerate(units):
        x = region.left + step * (layer + 0.5)
        spread = pitch if len(drawn) == widths[layer] else min(region.height * 0.6, 200)
        top = region.y - spread * (len(drawn) - 1) / 2
        places.append([(x, top + spread * at) for at in range(len(drawn))])
    return places


def _radius(places: Sequence[Sequence[tuple[float, float]]], region: Region) -> float:
    gaps = [below[1] - above[1] for layer in places for above, below in pairwise(layer)]
    return max(6.0, min(min(gaps, default=region.height) * 0.34, 28.0))


def edge_legend(region: Region, theme: Theme, positive: str, negative: str, scale: str) -> VGroup:
    """What the colour and the width of an edge mean, in one line from the region's left."""
    legend, x = VGroup(), region.left
    base = region.y + CAP_HEIGHT * SMALL / 2
    for text, color in ((positive, theme.positive), (negative, theme.negative)):
        legend.add(Line(point(x, region.y), point(x + 44, region.y), color=color, stroke_width=6))
        label = Label(text, SMALL, color).put(x + 56, base)
        legend.add(label)
        x += 56 + label.width_px + 36
    legend.add(Label(scale, SMALL, theme.faint).put(x, base))
    return legend
