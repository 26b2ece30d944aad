"""Edges from a column of neurons to the next, by their weights; they grow to the right."""

import numpy as np
from manim import Line, VGroup

from scenes.drawing.layout import THINNEST, WIDEST, Values
from scenes.drawing.theme import Theme
from scenes.parts.network import OF_PITCH

FEW_EDGES, FAINTEST = 60, 0.45  # so many are drawn solid, and more of them fainter


class WeightedEdges(VGroup):
    """An edge from each neuron to each, as the network of an epoch page has them; see `Grow`.

    Args:
        starts, ends: where the neurons are, (inputs, 3) and (units, 3).
        weights: one for each edge, (inputs, units).
        largest: the |w| that is drawn widest.

    Attributes:
        ways: where the edges start and end, (n, 3) each, for `Pulse`.
    """

    def __init__(
        self, starts: Values, ends: Values, weights: Values, largest: float, theme: Theme
    ) -> None:
        inputs, units = weights.shape
        self.ways = np.repeat(starts, units, axis=0), np.tile(ends, (inputs, 1))
        pitches = [np.diff(places[:, 1]) for places in (starts, ends) if len(places) > 1]
        closest = min((float(abs(each).min()) for each in pitches), default=np.inf)
        # Of many neurons the edges would else cover each other.
        widest = min(WIDEST, OF_PITCH * closest * 100)
        opacity = max(FAINTEST, min(1.0, FEW_EDGES / weights.size))
        super().__init__(
            *[
                Line(
                    start,
                    end,
                    stroke_color=theme.positive if weight >= 0 else theme.negative,
                    stroke_opacity=opacity,
                    stroke_width=THINNEST
                    + max(0.0, widest - THINNEST) * min(abs(weight) / largest, 1.0),
                )
                for start, end, weight in zip(*self.ways, weights.ravel())
            ]
        )

    def grow_to(self, share: float) -> None:
        """Show this share of every edge, from its start."""
        along = np.linspace(0, share, 4)[:, None]
        for edge, start, end in zip(self, *self.ways):
            edge.set_points(start + along * (end - start) if share else [])

    def join(self) -> None:
        """They are whole as they are."""
