"""Points on a plane that move; those that leave it are seen to be outside."""

import numpy as np
from manim import VGroup

from scenes.drawing.layout import Values
from scenes.parts.axes import Plane
from scenes.parts.marks import Discs, Pointers

DOT, POINTER = 8, 18  # pixels: a point's radius; the height of a triangle


class Points(VGroup):
    """A dot for each value that is on the y axis; for each that is not, a triangle at the edge.

    Args:
        x: where the points stand from left to right, (n,).
    """

    def __init__(self, plane: Plane, x: Values, color: str) -> None:
        self._plane, self._x = plane, x
        nowhere = np.zeros((0, 3))
        self.dots = Discs(nowhere, DOT, color)
        self.above = Pointers(nowhere, POINTER, color, up=True)
        self.below = Pointers(nowhere, POINTER, color, up=False)
        super().__init__(self.dots, self.above, self.below)

    def display(self, y: Values) -> "Points":
        """Move the points to other values, (n,)."""
        scale = self._plane.y
        side = scale.outside(y)
        places = self._plane.places(self._x, y.clip(scale.low, scale.high))
        for marks, there in ((self.dots, 0), (self.above, 1), (self.below, -1)):
            marks.stand_at(places[side == there])
        return self
