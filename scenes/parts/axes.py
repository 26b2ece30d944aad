"""Axes with ticks from the data, linear or logarithmic."""

from collections.abc import Sequence

import numpy as np
from manim import Line, VGroup, VMobject

from epochreel.numbers import rounded
from scenes.drawing.layout import SMALL, Point, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.scales import Scale, thinned
from scenes.drawing.text import CAP_HEIGHT, Label, Values
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula

LEFT_ROOM, BOTTOM_ROOM = 120, 64
TICK_DIGITS = 6


class Plane(VGroup):
    """Two axes in a region, with ticks, numbers, faint grid lines and names."""

    def __init__(
        self, x: Scale, y: Scale, region: Region, names: tuple[str, str], theme: Theme
    ) -> None:
        self.x, self.y, self.theme = x, y, theme
        self.region = self._inside(region)
        super().__init__(*self._grid(), *self._axes(), *self._names(names, region))

    def _inside(self, region: Region) -> Region:
        """Where the curves are, less the room for numbers and names."""
        return Region(
            region.left + LEFT_ROOM, region.top + 56, region.right - 30, region.bottom - BOTTOM_ROOM
        )

    def _ticks(self) -> tuple[list[float], list[float]]:
        """Where numbers stand along each axis."""
        return self.x.ticks(10), self.y.ticks(7)

    def at(self, x: float, y: float) -> Point:
        """The point of the page for a pair of values."""
        return self.places(np.array([x]), np.array([y]))[0]

    def places(self, x: Values, y: Values) -> Values:
        """Points (n, 3) for n pairs of values."""
        across, up = self.x.share(x), self.y.share(y)
        corner, far = (
            point(self.region.left, self.region.bottom),
            point(self.region.right, self.region.top),
        )
        return corner + np.stack([across, up, np.zeros_like(up)], axis=1) * (far - corner)

    def curve(self, x: Values, y: Values, color: str, width: float = 5) -> VMobject:
        """Straight pieces through the values, n of them; fewer where no eye tells them apart."""
        line = VMobject(stroke_color=color, stroke_width=width)
        points = self.places(x, y)
        points = points[thinned(points)]
        return line.set_points_as_corners(
            points if len(points) > 1 else np.repeat(points, 2, axis=0)
        )

    def _axes(self) -> list[Line]:
        area = self.region
        corner = point(area.left, area.bottom)
        ends = (point(area.right, area.bottom), point(area.left, area.top))
        return [Line(corner, end, color=self.theme.line, stroke_width=3) for end in ends]

    def _grid(self) -> list[VMobject]:
        area, theme = self.region, self.theme
        marks: list[VMobject] = []
        along_x, along_y = self._ticks()
        for value in along_x:
            x = area.left + float(self.x.share(np.array(value))) * area.width
            marks.append(
                Line(
                    point(x, area.bottom),
                    point(x, area.bottom + 9),
                    color=theme.line,
                    stroke_width=3,
                )
            )
            number = Label(rounded(value, TICK_DIGITS), SMALL, theme.faint)
            marks.append(number.put(x, area.bottom + 42, 0.5))
        for value in along_y:
            y = area.bottom - float(self.y.share(np.array(value))) * area.height
            marks.append(
                Line(point(area.left, y), point(area.right, y), color=theme.panel, stroke_width=2.5)
            )
            marks.append(self._y_number(value, area.left - 16, y))
        return marks

    def _y_number(self, value: float, right: float, y: float) -> VMobject:
        if not self.y.logarithmic:
            return Label(rounded(value, TICK_DIGITS), SMALL, self.theme.faint).put(
                right, y + CAP_HEIGHT * SMALL / 2, 1
            )
        number = formula(f"10^({round(np.log10(value))})", SMALL + 8, self.theme.faint)
        return number.move_to(point(right, y)).shift((-number.width / 2, 0, 0))

    def _names(self, names: Sequence[str], region: Region) -> list[Label]:
        x, y = names
        return [
            Label(x, SMALL, self.theme.ink).put(self.region.right, region.bottom + 14, 1),
            Label(y, SMALL, self.theme.ink).put(region.left + 20, region.top + 30),
        ]


class SmallPlane(Plane):
    """A plane without names and with few numbers, as one of several side by side."""

    def __init__(self, x: Scale, y: Scale, region: Region, theme: Theme) -> None:
        super().__init__(x, y, region, ("", ""), theme)

    def _inside(self, region: Region) -> Region:
        widest = max(map(_width, self._up()))
        return Region(
            region.left + widest + 24, region.top + 16, region.right - 24, region.bottom - 52
        )

    def _ticks(self) -> tuple[list[float], list[float]]:
        most = next(n for n in (8, 6, 4, 3, 2, 1) if n == 1 or self._has_room(self.x.ticks(n)))
        return self.x.ticks(most), self._up()

    def _up(self) -> list[float]:
        """Numbers along the y axis: a few, but more than one."""
        return next(ticks for ticks in map(self.y.ticks, range(3, 12)) if len(ticks) > 2)

    def _has_room(self, values: Sequence[float]) -> bool:
        """Whether numbers along the x axis keep apart."""
        needed = max(map(_width, values), default=0.0) + 24
        apart = self.region.width / (self.x.high - self.x.low)
        return len(values) < 2 or (values[1] - values[0]) * apart >= needed

    def _names(self, names: Sequence[str], region: Region) -> list[Label]:
        return []


def _width(value: float) -> float:
    return text_width(rounded(value, TICK_DIGITS), SMALL)
