"""What one sample's values are in the neurons of a drawn network, in every recorded state."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from epochreel.record.network import can_follow, outputs
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.drawing.reach import FILLS_GROW, scale_end
from scenes.parts.moment import Moment


class Activations:
    """One sample on its way through the columns of neurons.

    A column holds what goes into the Dense layer behind it, the last one what the network predicts.
    The scale is that of the shown epochs, so that a value has one colour in all scenes.

    Args:
        view: reads `inputs`, `layers`, `parameters`, `dense`, `epochs` and `shown_epochs`.

    Attributes:
        columns: per column (E, units).
        largest: per column the |activation| of a neuron that is full.
    """

    def __init__(self, view: View, sample: int) -> None:
        one = view.inputs[sample : sample + 1]
        states = [self._columns(view, at, one) for at in range(len(view.epochs))]
        self.columns = [np.stack(column) for column in zip(*states)]
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        self.largest = [_largest(column[shown]) for column in self.columns]

    @staticmethod
    def _columns(view: View, at: int, one: Values) -> list[Values]:
        made = [one, *outputs(view, at, one)]
        return [made[place].ravel() for place in (*view.dense, len(view.layers))]

    def shares(self, column: int, moment: Moment) -> Values:
        """How full a column's neurons are, from -1 to 1, (units,)."""
        largest = self.largest[column]
        found: Values = moment.between(self.columns[column], largest) / largest
        return found

    @property
    def common(self) -> Mapping[str, Any]:
        """What it takes from all epochs to show any of them."""
        return {"largest activations": self.largest}


def activations_of(view: View, sample: int) -> Activations | None:
    """A sample's activations; None where a layer is none that can be followed."""
    return Activations(view, sample) if can_follow(view) else None


def _largest(states: Values) -> float:
    sizes = np.where(np.isfinite(states), np.abs(states), 0.0)
    return scale_end(sizes.max(axis=1), FILLS_GROW)
