"""The network of a round trip: one sample's light in it, and the step that its weights take."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from manim import Animation, ManimColor, VMobject, smooth, squish_rate_func

from epochreel.record.view import View
from scenes.drawing.direction import LightUp, Pulse
from scenes.drawing.layout import Point, Region, Values, point
from scenes.drawing.theme import Theme
from scenes.parts.activations import activations_of
from scenes.parts.moment import Moment
from scenes.parts.network import Network
from scenes.parts.network_scale import largest_weight
from scenes.parts.round_trip import RoundTrip

MOST_TOLD = 4  # layers that light runs through one after the other; through more all at once
Fills = list[tuple[VMobject, ManimColor]]


class RoundNetwork(Network):
    """The Dense layers as they are where a round trip begins, and on the way to where it ends.

    Attributes:
        told: the layers that edges lead to, as light runs through them: one by one, or all.
    """

    def __init__(self, view: View, trip: RoundTrip, region: Region, theme: Theme) -> None:
        self._trip = trip
        self._kernels = [view.parameters[at]["kernel"][trip.states] for at in view.dense]
        super().__init__(view.widths, largest_weight(view), region, theme)
        layers = [*range(1, len(view.widths))]
        self.told = [[layer] for layer in layers] if len(layers) <= MOST_TOLD else [layers]
        self._shares = _shares(view, trip)
        self.change_to(0.0)

    def change_to(self, share: float) -> None:
        """Show the edges after this share of the step."""
        self.display([(1 - share) * states[0] + share * states[-1] for states in self._kernels])

    def lit(self, layers: Sequence[int], state: int) -> Fills:
        """Neurons with the colours of the sample's activations; none where these are not known."""
        there = layers if self._shares else ()
        return [*chain.from_iterable(self.fills(at, self._shares[state][at]) for at in there)]

    def passed(self, inlet: tuple[Values, Values], state: int) -> list[Animation]:
        """Light from an inlet through all layers, one after the other, which light up as it comes.

        Args:
            state: whose activations they take, where these are known.
        """
        moves: list[Animation] = []
        ways = [inlet, *[self.ways(*layers) for layers in self.told]]
        for at, (way, layers) in enumerate(zip(ways, [[0], *self.told])):
            start, middle, end = ((at + share) / len(ways) for share in (0, 0.5, 1))
            moves.append(
                Pulse(*way, self.theme.ink, rate_func=squish_rate_func(smooth, start, end))
            )
            if lit := self.lit(layers, state):
                moves.append(LightUp(*lit, rate_func=squish_rate_func(smooth, middle, end)))
        return moves

    def emptied(self) -> Fills:
        """All neurons that have a fill, with the colour of those that have none."""
        if not self._shares:
            return []
        empty = enumerate(map(np.zeros_like, self._shares[self._trip.at]))
        return [*chain.from_iterable(self.fills(at, shares) for at, shares in empty)]

    @property
    def inlets(self) -> list[Point]:
        """Where values go in."""
        return [point(*place) for place in self.places[0]]

    @property
    def outlet(self) -> Point:
        """Where the prediction comes out: its neuron, or the last layer's middle."""
        places = dict(zip(self.units[-1], self.places[-1]))
        if self._trip.output in places:
            return point(*places[self._trip.output])
        return point(*np.mean(self.places[-1], axis=0))

    @property
    def drawn(self) -> Mapping[str, Any]:
        """What it draws beside its parameters."""
        return {"largest weight": self.largest, "activations": self._shares}


def _shares(view: View, trip: RoundTrip) -> Mapping[int, list[Values]]:
    """By state how full neurons are of the sample, layer by layer; nothing where not known."""
    activations = activations_of(view, trip.sample)
    if activations is None:
        return {}
    columns = range(len(view.widths))
    return {
        state: [activations.shares(column, Moment(state, state, 0.0)) for column in columns]
        for state in trip.states
    }
