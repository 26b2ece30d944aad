"""A field of losses as a map: bands between contours, light on their edges, numbers on some."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, cast

import numpy as np
from contourpy import FillType, LineType, contour_generator
from manim import ManimColor, RoundedRectangle, VGroup, VMobject

from epochreel.numbers import rounded
from scenes.drawing.layout import SMALL, UNIT, Values, pixels
from scenes.drawing.outlines import straight
from scenes.drawing.scales import nice_step
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane

FINEST = 160  # places across at least, those between others that are worked out: lines are smooth
DECADES = 3  # below the highest loss, over which levels go at most
STEPS = ((1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))  # times powers of ten, the finest first
MOST_LEVELS = 18
LIGHTEST, DARKEST = 0.05, 0.5  # of the lines' colour in a band: paths alone are colourful
LIGHT = np.array([-1.0, 1.0]) / np.sqrt(2)  # where it comes from: the top left
SHADES = 21  # of an edge, from that in shadow to that in the light
EDGE, LIT = 1.3, 5.5  # widths of an edge, and of the light or shadow on it, in hundredths of a unit
LINE, SUN, SHADOW = 0.6, 0.85, 0.4  # how solid they are
MOST_NUMBERS, AIR, NEAREST = 9, 14, 26  # AIR and NEAREST in pixels: around a number, and to a path
POWERS, EVEN = 4, 9  # digits of a level at most, which is round
CHIP = 42  # pixels: how high a number's ground is


@dataclass(frozen=True)
class Field:
    """Losses at places of a plane, `values` (len(y), len(x)); what is not finite is as the highest.

    Attributes:
        logarithmic: whether levels are equal factors apart.
    """

    x: Values
    y: Values
    values: Values
    logarithmic: bool

    @classmethod
    def of(cls, x: Values, y: Values, losses: Values) -> "Field":
        """The field of losses that were worked out, with places between them."""
        finite = losses[np.isfinite(losses)]
        low, high = float(finite.min()), float(finite.max())
        losses = np.where(np.isfinite(losses), losses, high)
        logarithmic = low >= 0 and high >= 10 * low
        if logarithmic:
            losses = np.log10(np.maximum(losses, high / 10.0**DECADES))
        times = -(-FINEST // (len(x) - 1))
        for axis in (0, 1):
            losses = _finer(losses, axis, times)
        values = 10.0**losses if logarithmic else losses
        return cls(_between(x, times), _between(y, times), values, logarithmic)

    def levels(self) -> list[float]:
        """Round losses between the lowest and the highest, rising."""
        low, high = float(self.values.min()), float(self.values.max())
        if not self.logarithmic:
            step = nice_step(high - low, MOST_LEVELS) if high > low else 1.0
            numbers = np.arange(np.floor(low / step) + 1, np.ceil(high / step))
            return [float(number * step) for number in numbers]
        powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
        for steps in STEPS:
            levels = [float(f"{step}e{power}") for power in powers for step in steps]
            levels = [level for level in levels if low < level < high]
            if len(levels) <= MOST_LEVELS:
                break
        return levels


class Relief(VGroup):
    """A field on a plane, lit from the top left like a stack of sheets.

    Args:
        avoid: places of the page, (n, 3), where no number stands.

    Attributes:
        bands: from the highest down, the last with the lowest losses.
        edges: the contours.
        numbers: of some contours, each on a ground of its own.
    """

    def __init__(self, field: Field, plane: Plane, avoid: Values, theme: Theme) -> None:
        self._field, self._plane, self._theme = field, plane, theme
        self._levels = field.levels()
        heights = np.log10(field.values) if field.logarithmic else field.values
        self._slopes = np.gradient(heights)
        self._contours = contour_generator(
            field.x,
            field.y,
            field.values,
            line_type=LineType.Separate,
            fill_type=FillType.OuterOffset,
        )
        lines = [self._lines_at(level) for level in self._levels]
        self.bands = VGroup(*self._bands())
        self.edges = VGroup(*self._edges([line for each in lines for line in each]))
        self.numbers = VGroup(*self._numbers(lines, avoid))
        super().__init__(self.bands, self.edges, self.numbers)

    def _lines_at(self, level: float) -> list[Values]:
        return cast(list[Values], self._contours.lines(level))

    def _tint(self, band: int) -> float:
        """How much of the lines' colour is in a band, 0 being the lowest: it is the darkest."""
        is_light = _brightness(self._theme.page) > _brightness(self._theme.ink)
        low, high = (DARKEST, LIGHTEST) if is_light else (LIGHTEST, DARKEST)
        return low + (high - low) * band / max(len(self._levels), 1)

    def _bands(self) -> Iterator[VGroup]:
        """All of the map, and on it all that is below each level, the highest first."""
        for band, top in zip(range(len(self._levels), -1, -1), [np.inf, *self._levels[::-1]]):
            pieces: list[Values] = []
            for points, offsets in zip(*cast(Any, self._contours.filled(-np.inf, top))):
                for start, end in pairwise(offsets):
                    pieces.append(self._curves(points[start:end]))
            outline = np.concatenate([np.zeros((0, 3)), *pieces])
            yield self._tinted(band, partial(_outlined, outline))

    def _tinted(self, band: int, shape: Callable[[], VMobject]) -> VGroup:
        """A shape in a band's colour: the page's, and on it so much of the lines'."""
        look = ((self._theme.page, 1.0), (self._theme.line, self._tint(band)))
        return VGroup(*[shape().set_stroke(width=0).set_fill(*each) for each in look])

    def _edges(self, lines: Sequence[Values]) -> Iterator[VMobject]:
        """Pieces of all contours, by how much light or shadow is on them; on that all of them."""
        corners = [(line[:-1], line[1:]) for line in lines]
        starts = np.concatenate([np.zeros((0, 2)), *(start for start, _ in corners)])
        ends = np.concatenate([np.zeros((0, 2)), *(end for _, end in corners)])
        row, column = self._cell((starts + ends).T / 2)
        up, across = (slopes[row, column] for slopes in self._slopes)
        steepness = np.hypot(across, up)
        # What falls towards the light is lit.
        lit = -(across * LIGHT[0] + up * LIGHT[1]) / np.where(steepness > 0, steepness, 1)
        shade = np.rint((lit + 1) / 2 * (SHADES - 1)).astype(int)
        light, dark = sorted((self._theme.page, self._theme.ink), key=_brightness)[::-1]
        for at in np.unique(shade):
            strength = 2 * at / (SHADES - 1) - 1
            color, solid = (light, SUN) if strength > 0 else (dark, SHADOW)
            drawn = VMobject(stroke_width=EDGE + (LIT - EDGE) * abs(strength))
            drawn.set_stroke(color, opacity=solid * abs(strength))
            yield drawn.set_points(self._lines(starts[shade == at], ends[shade == at]))
        drawn = VMobject(stroke_color=self._theme.line, stroke_width=EDGE, stroke_opacity=LINE)
        yield drawn.set_points(self._lines(starts, ends))

    def _numbers(self, lines: Sequence[Sequence[Values]], avoid: Values) -> Iterator[VGroup]:
        """Levels, on a ground that no line crosses, where the contours are far apart."""
        taken = [pixels(place) for place in avoid]
        every = -(-len(lines) // MOST_NUMBERS)
        for at in range(len(lines) - 1, -1, -max(every, 1)):
            level = self._levels[at]
            label = Label(
                rounded(level, POWERS if self._field.logarithmic else EVEN), SMALL, self._theme.ink
            )
            width = label.width_px + 2 * AIR
            if (place := self._free_place(lines[at], width, taken)) is None:
                continue
            x, y = place
            label.put(x, y + CAP_HEIGHT * SMALL / 2, 0.5)
            size = {"width": width * UNIT, "height": CHIP * UNIT, "corner_radius": CHIP / 2 * UNIT}
            ground = self._tinted(at + 1, partial(RoundedRectangle, **size))
            ground.move_to(label.get_center())
            across = np.linspace(-width / 2, width / 2, 5)
            taken += [(x + way, y) for way in across]
            yield VGroup(ground, label)

    def _free_place(
        self, lines: Sequence[Values], width: float, taken: Sequence[tuple[float, float]]
    ) -> tuple[float, float] | None:
        """Where on a contour a number stands best, in pixels; None where it has no room."""
        area = self._plane.region.inset(width / 2 + AIR, CHIP / 2 + AIR)
        others = np.array(taken).reshape(-1, 2)
        best, most = None, 0.0
        for line in lines:
            row, column = self._cell(line.T)
            steepness = np.hypot(*(slopes[row, column] for slopes in self._slopes))
            for place, steep in zip(self._plane.places(*line.T), steepness):
                x, y = pixels(place)
                if not (area.left <= x <= area.right and area.top <= y <= area.bottom):
                    continue
                away = np.hypot(
                    np.maximum(np.abs(others[:, 0] - x) - width / 2, 0),
                    np.maximum(np.abs(others[:, 1] - y) - CHIP / 2, 0),
                ).min(initial=200.0)
                room = away / (1e-9 + steep / self._slopes_typical)
                if away >= NEAREST and room > most:
                    best, most = (x, y), room
        return best

    @property
    def _slopes_typical(self) -> float:
        return float(np.hypot(*self._slopes).mean()) or 1.0

    def _cell(self, places: Values) -> tuple[Values, Values]:
        """Rows and columns of the field nearest to places, (2, n)."""
        found = []
        for values, axis in zip(places, (self._field.x, self._field.y)):
            share = (values - axis[0]) / (axis[-1] - axis[0]) * (len(axis) - 1)
            # Many lie half way between two of them: to the same one on every processor.
            found.append(np.rint(share.round(6)).astype(int).clip(0, len(axis) - 1))
        return found[1], found[0]

    def _curves(self, corners: Values) -> Values:
        return self._lines(corners[:-1], corners[1:])

    def _lines(self, starts: Values, ends: Values) -> Values:
        first, last = (self._plane.places(*each.T) for each in (starts, ends))
        return straight(first, last, np.ones(len(starts)))


def _outlined(points: Values) -> VMobject:
    return VMobject().set_points(points)


def _between(axis: Values, times: int) -> Values:
    return np.linspace(axis[0], axis[-1], (len(axis) - 1) * times + 1)


def _finer(values: Values, axis: int, times: int) -> Values:
    """Values with others between them along an axis, on cubics through their neighbours."""
    values = np.moveaxis(values, axis, 0)
    count = len(values)
    place = np.arange((count - 1) * times + 1) / times
    cell = np.minimum(place.astype(int), count - 2)
    t = (place - cell).reshape(-1, *[1] * (values.ndim - 1))
    # Beyond the ends the field goes on as it came.
    ends = 2 * values[:1] - values[1:2], 2 * values[-1:] - values[-2:-1]
    known = np.concatenate([ends[0], values, ends[1]])
    a, b, c, d = (known[cell + step] for step in range(4))
    cubic = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.moveaxis(cubic, 0, axis)


def _brightness(color: str) -> float:
    return float(np.mean(ManimColor(color).to_rgb()))
