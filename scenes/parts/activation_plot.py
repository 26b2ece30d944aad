"""The curve of what follows a neuron's sum, and the place of its z on it."""

from collections.abc import Callable

import numpy as np
from manim import Dot, Line, VGroup, VMobject

from scenes.drawing.layout import UNIT, Region, Values, point, points
from scenes.drawing.theme import Theme

LEAST_REACH, BEYOND = 3.0, 1.25  # of z to both sides of 0, and times the z that is on it
STEPS = 161
DOT = 11  # pixels


class ActivationPlot(VGroup):
    """A function of z over axes through 0, and a dot that goes along it.

    Args:
        function: from z, (n,), to what comes of it.
        z: where the dot goes.

    Attributes:
        moving: the dot.
    """

    def __init__(
        self, function: Callable[[Values], Values], z: float, region: Region, theme: Theme
    ) -> None:
        reach = max(LEAST_REACH, BEYOND * abs(z))
        self._z = np.linspace(-reach, reach, STEPS)
        self._values, self._end, self._region = function(self._z), z, region
        self._function, self._reach = function, reach
        self._low, high = min(0.0, self._values.min()), max(0.0, self._values.max())
        self._span = high - self._low or 1.0
        foot = self._places(np.zeros(1), np.zeros(1))[0]
        axes = [
            Line(point(region.left, 0) * (1, 0, 0) + foot * (0, 1, 0), foot * 1),
            Line(point(region.x, region.bottom), point(region.x, region.top)),
        ]
        right = point(region.right, 0) * (1, 0, 0) + foot * (0, 1, 0)
        axes[0].put_start_and_end_on(axes[0].get_start(), right)
        curve = VMobject(stroke_color=theme.accent, stroke_width=5)
        curve.set_points_as_corners(self._places(self._z, self._values))
        self.moving = Dot(radius=DOT * UNIT, color=theme.ink)
        super().__init__(*[axis.set_stroke(theme.line, 2.5) for axis in axes], curve)
        self.show_at(0)

    def show_at(self, share: float) -> None:
        """Put the dot where it is after a share of its way from 0 to z."""
        z = np.array([share * self._end])
        self.moving.move_to(self._places(z, self._function(z))[0])

    def _places(self, z: Values, values: Values) -> Values:
        region = self._region
        across = region.x + z / self._reach * region.width / 2
        return points(across, region.bottom - (values - self._low) / self._span * region.height)
