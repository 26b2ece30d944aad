"""Marks at many places of a page, all of them one mobject."""

from collections.abc import Sequence

import numpy as np
from manim import VMobject

from scenes.drawing.layout import UNIT, Values
from scenes.drawing.outlines import closed

ROUND = 0.5523  # where the handles of a quarter of a circle are


class Marks(VMobject):
    """The same filled shape at each place (n, 3).

    Args:
        shape: its outline around the origin in pixels, as curves of four points (4 * m, 3).
    """

    def __init__(self, shape: Values, places: Values, color: str, opacity: float = 1.0) -> None:
        super().__init__(fill_color=color, fill_opacity=opacity, stroke_width=0)
        self._shape = shape * UNIT
        self.stand_at(places)

    def stand_at(self, places: Values) -> "Marks":
        """Move to other places, (n, 3), which may be more or fewer."""
        self.set_points((places[:, None] + self._shape).reshape(-1, 3))
        # For the fast engine, which keeps every mark's pixels.
        self.piece_ends = np.arange(1, max(len(places), 1) + 1) * len(self._shape)
        return self


class Discs(Marks):
    """A dot at each place (n, 3); `radius` in pixels."""

    def __init__(self, places: Values, radius: float, color: str, opacity: float = 1.0) -> None:
        super().__init__(_circle() * radius, places, color, opacity)


class Pointers(Marks):
    """A triangle at each place (n, 3) that points up, or down: what lies there is farther off.

    Args:
        size: how high it is, in pixels; its tip is at the place.
    """

    def __init__(self, places: Values, size: float, color: str, *, up: bool) -> None:
        tail = -size if up else size
        corners = np.array([[0, 0, 0], [size * 0.6, tail, 0], [-size * 0.6, tail, 0]])
        super().__init__(closed(corners), places, color)


def crosses(places: Sequence[Values], color: str, width: float, radius: float = 12) -> VMobject:
    """An x at each place, of lines so many pixels long to each side."""
    marks = VMobject(stroke_color=color, stroke_width=width)
    reach = radius * UNIT * np.array([1, 1, 0])
    for place in places:
        for arm in (reach, reach * (1, -1, 1)):
            marks.start_new_path(place - arm)
            marks.add_line_to(place + arm)
    return marks


class Rings(Marks):
    """A ring around each place (n, 3).

    Args:
        radius: of its outer edge, in pixels.
        width: of its line, in pixels.
    """

    def __init__(
        self, places: Values, radius: float, width: float, color: str, opacity: float = 1.0
    ) -> None:
        circle = _circle()
        inner = circle[::-1] * (radius - width)  # the other way round, so that it is a hole
        super().__init__(np.concatenate([circle * radius, inner]), places, color, opacity)


class Crossed(Marks):
    """An x over each place (n, 3), that can move.

    Args:
        size: half of how wide it is, in pixels.
    """

    def __init__(self, places: Values, size: float, color: str) -> None:
        arm, half = size, size * 0.17
        corner = np.array([[arm - half, arm + half], [arm + half, arm - half]])
        turned = [corner, *(corner @ _turn(quarter) for quarter in (1, 2, 3))]
        notch = np.array([[2 * half, 0.0]])
        around = [
            np.concatenate([part, notch @ _turn(quarter)]) for quarter, part in enumerate(turned)
        ]
        corners = np.concatenate(around)
        super().__init__(straight_sides(corners), places, color)


def _circle() -> Values:
    """A circle of radius 1 around the origin, as curves of four points (16, 3)."""
    turns = np.pi / 2 * np.arange(5)
    corners = np.stack([np.cos(turns), np.sin(turns), np.zeros(5)], axis=1)
    along = np.stack([-np.sin(turns), np.cos(turns), np.zeros(5)], axis=1) * ROUND
    quarters = [corners[:-1], (corners + along)[:-1], (corners - along)[1:], corners[1:]]
    return np.stack(quarters, axis=1).reshape(-1, 3)


def straight_sides(corners: Values) -> Values:
    """The outline of a mark from its corners around the origin, (m, 2): (4 * m, 3)."""
    return closed(np.pad(corners, ((0, 0), (0, 1))))


def _turn(quarters: int) -> Values:
    """A matrix that turns rows (x, y) clockwise."""
    cos, sin = [(1, 0), (0, 1), (-1, 0), (0, -1)][quarters]
    return np.array([[cos, -sin], [sin, cos]], dtype=float)


class Ticks(Marks):
    """A tick at each place (n, 3), that can move.

    Args:
        size: half of how wide it is, in pixels.
    """

    def __init__(self, places: Values, size: float, color: str) -> None:
        corners = np.array(
            [(-1, 0.05), (-0.7, 0.35), (-0.3, -0.1), (0.7, 0.95), (1, 0.65), (-0.3, -0.75)]
        )
        super().__init__(straight_sides(corners * size), places, color)
