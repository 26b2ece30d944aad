"""All layers of a network from the input to the output, in one row or two."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from manim import Arrow, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.kind import Shape
from epochreel.record.record import Layer
from scenes.drawing.layout import SMALL, UNIT, Region, Values, point
from scenes.drawing.measure import text_width
from scenes.drawing.sampling import shown_rows
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.layer_cards import LayerCard, Parts, lines_up, widest_pitch
from scenes.parts.layer_edges import WeightedEdges
from scenes.parts.layer_stops import Look, count_lines, hidden_stop, input_stop, layer_stop

IN_A_ROW, COLUMNS_IN_A_ROW = 6, 10  # so many stand in one row, or where all are neurons
MOST = 14  # places that two rows have
WIDEST, BETWEEN, BELOW = 520, 44, 58  # pixels of a place; to the next one, to the next row
TITLE, SHAPE, COUNT_LINE = 78, 48, 38
TALLEST = 640  # what stands between a title and a shape
GAP, TIP = 10, 18  # of arrows
NAME_PITCH = 34  # from one name of an output to the next


class LayerChain(VGroup):
    """The input and the layers, each in its place, and what joins them.

    Args:
        inputs: the shape of one sample's input.
        parameters: per layer the shapes of its parameters by their names.
        kernels: per layer the weights of its edges, (inputs, units); None where it has none.
        largest: the |w| that is drawn widest.

    Attributes:
        cards: the input and the layers, in order.
        joints: what leads to each card but the first: edges that grow, or an arrow.
        counts: how many parameters each layer has and why, by its card; of those that have any.
    """

    def __init__(
        self,
        inputs: Shape,
        layers: Sequence[Layer],
        parameters: Sequence[Mapping[str, Shape]],
        kernels: Sequence[Values | None],
        largest: float,
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        self.theme, self._largest = theme, largest
        stops = [
            input_stop(inputs, words),
            *[layer_stop(layer, held, words) for layer, held in zip(layers, parameters)],
        ]
        shown = shown_rows(len(stops), MOST)
        if len(shown) < len(stops):
            start = next(at for at, stop in enumerate(shown) if stop != at)
            end = shown[start]
            stops = [*stops[:start], hidden_stop(stops[start:end], words), *stops[end:]]
            kernels = [*kernels[: start - 1], None, *kernels[end - 1 :]]
        slender = all(stop.look is Look.NEURONS for stop in stops)
        places = _places(len(stops), COLUMNS_IN_A_ROW if slender else IN_A_ROW, region)
        lines = [
            count_lines(stop, place.width + BETWEEN - GAP, words)
            for stop, place in zip(stops, places)
        ]
        parts = [_parts(place, max(map(len, lines))) for place in places]
        pitch = widest_pitch(stops, parts)
        self.cards = [
            LayerCard(stop, part, words, theme, pitch) for stop, part in zip(stops, parts)
        ]
        self.counts = {
            card: lines_up(each, SMALL, _upper(part.count, len(each)), theme.accent)
            for card, each, part in zip(self.cards, lines, parts)
            if each
        }
        self.joints = [
            self._joined(*pair, kernel) for pair, kernel in zip(pairwise(self.cards), kernels)
        ]
        super().__init__(*self.joints, *self.cards)

    @property
    def weighted(self) -> bool:
        """Whether some of its edges show weights."""
        return any(isinstance(joint, WeightedEdges) for joint in self.joints)

    def name_outputs(self, names: Sequence[str]) -> None:
        """Write a name beside each neuron of the last column, if all of them have room there."""
        last = self.cards[-1]
        places, left = last.places or [], last.body.right + GAP
        room = last.place.right + BETWEEN / 2 - left
        close = any(below - above < NAME_PITCH for (_, above), (_, below) in pairwise(places))
        if not names or close or len(names) != len(places):
            return
        if max(text_width(name, SMALL) for name in names) <= room:
            labels = [
                Label(name, SMALL, self.theme.ink).put(left, y + CAP_HEIGHT * SMALL / 2)
                for name, (_, y) in zip(names, places)
            ]
            last.add(*labels)

    def _joined(self, before: LayerCard, after: LayerCard, kernel: Values | None) -> VMobject:
        """An edge from each value to each neuron, where both are drawn; or an arrow."""
        start, end = before.body, after.body
        if start.right > end.left:
            return self._turned(before, after)
        if after.places and kernel is not None and before.stop.look is not Look.GRID:
            units, places = before.units, before.places
            if not places:
                units, places = before.open()
            weights = kernel[np.ix_(units, after.units)]
            starts, ends = (
                np.array([point(*place) for place in each]) for each in (places, after.places)
            )
            return WeightedEdges(starts, ends, weights, self._largest, self.theme)
        y = next((card.body.y for card in (before, after) if card.places), start.y)
        return _arrow((start.right + GAP, y), (end.left - GAP, y), self.theme.line)

    def _turned(self, before: LayerCard, after: LayerCard) -> VMobject:
        """From the end of a row to the start of the next one."""
        start, end = before.place, after.place
        right, left = start.right + BETWEEN / 2, end.left - BETWEEN / 2
        middle = (start.bottom + end.top) / 2
        line = VMobject(stroke_color=self.theme.line, stroke_width=5)
        line.set_points_as_corners(
            [
                point(before.body.right + GAP, before.body.y),
                point(right, before.body.y),
                point(right, middle),
                point(left, middle),
                point(left, after.body.y),
            ]
        )
        tip = _arrow((left, after.body.y), (after.body.left - GAP, after.body.y), self.theme.line)
        return VGroup(line, tip)


def _arrow(start: tuple[float, float], end: tuple[float, float], color: str) -> Arrow:
    return Arrow(
        point(*start),
        point(*end),
        buff=0,
        color=color,
        stroke_width=5,
        tip_length=TIP * UNIT,
        max_tip_length_to_length_ratio=1,
        max_stroke_width_to_length_ratio=100,
    )


def _places(count: int, most: int, region: Region) -> list[Region]:
    """Where so many things stand, in one row if they are not more than `most`, else in two."""
    rows = 1 if count <= most else 2
    in_a_row = -(-count // rows)
    width = min(WIDEST, (region.width - BETWEEN * in_a_row) / in_a_row)
    left = region.x - (in_a_row * (width + BETWEEN) - BETWEEN) / 2
    return [
        Region(start, row.top, start + width, row.bottom)
        for row in region.rows([1] * rows, gap=BELOW)
        for start in (left + at * (width + BETWEEN) for at in range(in_a_row))
    ][:count]


def _upper(region: Region, lines: int) -> Region:
    return Region(region.left, region.top, region.right, region.top + lines * COUNT_LINE)


def _parts(place: Region, count_lines: int) -> Parts:
    """A place cut into the rows of its layer, in the middle of its height."""
    foot = SHAPE + COUNT_LINE * count_lines
    body = min(place.height - TITLE - foot, TALLEST)
    top = place.y - (TITLE + body + foot) / 2
    edges = [top, top + TITLE, top + TITLE + body, top + TITLE + body + SHAPE]
    edges.append(edges[-1] + COUNT_LINE * count_lines)
    rows = [Region(place.left, up, place.right, down) for up, down in pairwise(edges)]
    title, middle, shape, count = rows
    return Parts(
        Region(title.left, title.top, title.right, title.bottom - 16), middle, shape, count
    )
