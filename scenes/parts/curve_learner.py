"""What runs along with a growing loss curve: its epoch, its loss, and the network that learns."""

import numpy as np
from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import Region
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.learning_network import LearningNetwork
from scenes.parts.readings import Readings, above


class CurveLearner(VGroup):
    """The numbers of the curve's end above its plane, and the network as it was then.

    Args:
        view: reads `curve`, and for the network what a LearningNetwork does.
        side: where the network stands; None where it has no room.
    """

    def __init__(
        self, view: View, plane: Plane, side: Region | None, words: Words, theme: Theme
    ) -> None:
        self._scale, self._curve_epochs = plane.x, view.curve[0]
        self._readings = Readings(*view.curve, above(plane), words, theme)
        super().__init__(self._readings)
        self._network = None
        if side:
            self._epochs = view.epochs
            area = plane.region
            place = Region(side.left, area.top, side.right, area.bottom)
            self._network = LearningNetwork(view, place, theme)
            self.add(self._network)
        self.show_at(0.0)

    def show_at(self, share: float) -> None:
        """Show what is so where the curve is drawn up to this share of its plane."""
        epoch = self._scale.low + share * (self._scale.high - self._scale.low)
        passed = int(np.searchsorted(self._curve_epochs, epoch + 1e-9, side="right")) - 1
        self._readings.show_at(passed)
        if self._network:
            # That of a recorded epoch: of a run that diverges nothing between two of them is true.
            recorded = np.searchsorted(self._epochs, epoch + 1e-9, side="right") - 1
            self._network.show_at(int(recorded))
