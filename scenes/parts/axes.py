"""Axes with ticks from the data, linear or logarithmic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import Line, VGroup, VMobject

from epochreel.numbers import rounded
from scenes.drawing.layout import SMALL, UNIT, Point, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label, Values
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula

LEFT_ROOM, BOTTOM_ROOM = 120, 64
TICK_DIGITS = 6
MOST_IN_COLUMN = 4  # points of a curve that are drawn in a column of pixels: see `thinned`


@dataclass(frozen=True)
class Scale:
    """From values to a share of the axis, 0 at its start and 1 at its end."""

    low: float
    high: float
    logarithmic: bool = False

    def share(self, values: Values) -> Values:
        values = np.asarray(values, dtype=float)
        if self.logarithmic:
            floor = np.log10(np.maximum(values, self.low))
            return (floor - np.log10(self.low)) / (np.log10(self.high) - np.log10(self.low))
        return (values - self.low) / (self.high - self.low)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values along the axis; powers of ten on a logarithmic one."""
        if self.logarithmic:
            low, high = round(np.log10(self.low)), round(np.log10(self.high))
            step = max(1, -(-(high - low) // most))
            return [10.0**power for power in range(high, low - 1, -step)]
        step = nice_step(self.high - self.low, most)
        first = np.ceil(self.low / step - 1e-9)
        return [
            float(first + n) * step
            for n in range(int((self.high - first * step) / step + 1e-9) + 1)
        ]


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that cuts `span` in at most so many parts."""
    rough = span / most
    power = 10.0 ** np.floor(np.log10(rough))
    return float(next(power * n for n in (1, 2, 5, 10) if power * n >= rough * (1 - 1e-9)))


def linear_scale(values: Values, margin: float = 0.06) -> Scale:
    """A scale over all values with some air; one unit wide where they are all the same."""
    low, high = float(np.min(values)), float(np.max(values))
    air = (high - low) * margin or max(abs(low) * 0.1, 0.5)
    return Scale(low - air, high + air)


def log_scale(values: Values) -> Scale:
    """Whole powers of ten around the positive values; linear where there is none."""
    positive = np.asarray(values)[np.asarray(values) > 0]
    if not positive.size:
        return linear_scale(values)
    low, high = np.floor(np.log10(positive.min())), np.ceil(np.log10(positive.max()))
    return Scale(10.0**low, 10.0 ** max(high, low + 1), logarithmic=True)


def thinned(places: Values, column: float = 1.0) -> npt.NDArray[np.int64]:
    """Which points of a long curve make the same picture, by their numbers; all of a short one.

    Of the points that come one after the other in a column of pixels, the first, the lowest, the
    highest and the last are kept: what the line between them covers stays covered.

    Args:
        places: points of the page (n, 3).
        column: how wide a column is, in pixels.
    """
    count, across = len(places), places[:, 0] / (column * UNIT)
    if count <= MOST_IN_COLUMN * np.ptp(across):
        return np.arange(count)
    starts = np.concatenate([[0], 1 + np.flatnonzero(np.diff(np.floor(across)))])
    ends = np.concatenate([starts[1:], [count]]) - 1
    column_of = np.repeat(np.arange(len(starts)), ends - starts + 1)
    by_height = np.lexsort((places[:, 1], column_of))
    return np.unique(np.concatenate([starts, by_height[starts], by_height[ends], ends]))


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
