"""Axes with ticks from the data, linear or logarithmic, and curves between them."""

from collections.abc import Iterable, Sequence

import numpy as np
from manim import CapStyleType, Line, LineJointType, VGroup, VMobject

from scenes.drawing.layout import SMALL, UNIT, Point, Region, Values, point
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.outlines import straight
from scenes.drawing.sampling import thinned
from scenes.drawing.scales import Scale, Tick
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula
from scenes.parts.growing import GrowingCurves, Pieces, pieces_inside

LEFT_ROOM, BOTTOM_ROOM = 120, 64
TICK_GAP = 24  # pixels that numbers beside each other keep apart, and from the axis
MOST_PARTS = 10
WIDEST_ACROSS, WIDEST_UP = 600, 420  # pixels of the names along the axes


class Plane(VGroup):
    """Two axes in a region, with ticks, numbers, faint grid lines and names.

    Args:
        names: what runs along x and along y.

    Attributes:
        region: where the curves are, within the axes.
        names: as they are written, shortened where they are long.
    """

    def __init__(
        self, x: Scale, y: Scale, region: Region, names: tuple[str, str], theme: Theme
    ) -> None:
        self.x, self.y, self.theme = x, y, theme
        self.names = (shortened(names[0], WIDEST_ACROSS), shortened(names[1], WIDEST_UP))
        ticks = self._ticks_up()
        numbers = [_number(tick, theme.faint) for tick in ticks]
        self.region = self._inside(region, max(number.width for number in numbers) / UNIT)
        super().__init__(
            *self._along_x(),
            *self._along_y(ticks, numbers),
            *self._axes(),
            *self._names(self.names, region),
        )

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
        """Straight lines through n pairs of values, cut off where they leave the region.

        Where a value is not finite, the curve has a gap.
        """
        line = VMobject(
            stroke_color=color,
            stroke_width=width,
            joint_type=LineJointType.ROUND,
            cap_style=CapStyleType.ROUND,
        )
        starts, ends = self.pieces(x, y)
        return line.set_points(straight(starts, ends, np.ones(len(starts))))

    def growing(
        self, curves: Iterable[tuple[Values, Values]], color: str, width: float = 5
    ) -> GrowingCurves:
        """Curves of one colour, each of values x and y, that `Grow` draws from left to right."""
        pieces = [self.pieces(x, y) for x, y in curves]
        return GrowingCurves(pieces, self.region, color, width)

    def pieces(self, x: Values, y: Values, column: float = 1.0) -> Pieces:
        """What of a curve through n pairs of values is drawn.

        Args:
            column: pixels across in which only what the eye can tell apart is kept.
        """
        places = self.places(x, np.where(np.isfinite(y), y, np.nan))
        if np.isfinite(places).all():
            places = places[thinned(places, column)]
        return pieces_inside(places, self.region)

    def _ticks_up(self) -> list[Tick]:
        """Where numbers stand along the y axis."""
        return self.y.ticks(7)

    def _inside(self, region: Region, widest: float) -> Region:
        """Where the curves are, less the room for numbers and names; `widest` number in pixels."""
        left = region.left + max(LEFT_ROOM, widest + TICK_GAP)
        return Region(left, region.top + 56, region.right - 30, region.bottom - BOTTOM_ROOM)

    def _axes(self) -> list[Line]:
        area = self.region
        corner = point(area.left, area.bottom)
        ends = (point(area.right, area.bottom), point(area.left, area.top))
        return [Line(corner, end, color=self.theme.line, stroke_width=3) for end in ends]

    def _along_x(self) -> list[VMobject]:
        """As many numbers as keep apart, each with a mark on the axis."""
        area, marks = self.region, []
        for tick in self._ticks_across():
            x = area.left + float(self.x.share(np.array(tick.value))) * area.width
            ends = point(x, area.bottom), point(x, area.bottom + 9)
            marks += [
                Line(*ends, color=self.theme.line, stroke_width=3),
                _number(tick, self.theme.faint).move_to(point(x, area.bottom + 32)),
            ]
        return marks

    def _ticks_across(self) -> list[Tick]:
        for parts in range(MOST_PARTS, 0, -1):
            ticks = self.x.ticks(parts)
            places = self.x.share(np.array([tick.value for tick in ticks])) * self.region.width
            widths = np.array([text_width(tick.text, SMALL) for tick in ticks])
            apart = np.diff(places) - (widths[1:] + widths[:-1]) / 2
            if (apart >= TICK_GAP).all():
                break
        return ticks

    def _along_y(self, ticks: Sequence[Tick], numbers: Sequence[VMobject]) -> list[VMobject]:
        """Each number with a faint line across."""
        area, marks = self.region, []
        for tick, number in zip(ticks, numbers):
            y = area.bottom - float(self.y.share(np.array(tick.value))) * area.height
            ends = point(area.left, y), point(area.right, y)
            marks += [Line(*ends, color=self.theme.panel, stroke_width=2.5), number]
            number.move_to(point(area.left - 16 - number.width / UNIT / 2, y))
        return marks

    def _names(self, names: tuple[str, str], region: Region) -> list[Label]:
        x, y = names
        return [
            Label(x, SMALL, self.theme.ink).put(self.region.right, region.bottom + 14, 1),
            Label(y, SMALL, self.theme.ink).put(region.left + 20, region.top + 30),
        ]


class LowPlane(Plane):
    """A plane with few numbers up, as one below another."""

    def _ticks_up(self) -> list[Tick]:
        """A few, but more than one."""
        return next(ticks for ticks in map(self.y.ticks, range(3, 12)) if len(ticks) > 2)


class SmallPlane(LowPlane):
    """A plane without names and with few numbers, as one of several side by side."""

    def __init__(self, x: Scale, y: Scale, region: Region, theme: Theme) -> None:
        super().__init__(x, y, region, ("", ""), theme)

    def _inside(self, region: Region, widest: float) -> Region:
        left = region.left + widest + TICK_GAP
        return Region(left, region.top + 16, region.right - 24, region.bottom - 52)

    def _names(self, names: tuple[str, str], region: Region) -> list[Label]:
        return []


def shortened(name: str, width: float) -> str:
    """A name as it is, or where it is wider than so many pixels, its start."""
    if not name:
        return name
    (line, *_), _ = lines_or_cut(name, width, SMALL, 1, f"The name {name!r}")
    return line


def _number(tick: Tick, color: str) -> VMobject:
    """A tick's number; a power of ten is set as a formula, since the font has few raised digits."""
    if tick.power is not None:
        return formula(f"10^({tick.power})", SMALL + 8, color)
    return Label(tick.text, SMALL, color)
