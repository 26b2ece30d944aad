"""The way of a run over a map, drawn up to any place between its recorded states."""

from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, LineJointType, VGroup, VMobject

from scenes.drawing.layout import UNIT, Region, Values, point, points
from scenes.drawing.outlines import straight
from scenes.drawing.scales import Scale
from scenes.drawing.theme import Theme
from scenes.parts.growing import GrowingCurves, Pieces, pieces_inside
from scenes.parts.marks import Discs
from scenes.parts.moment import Moment

LINE, HALO = 5.0, 11.0  # how wide it is, and the ground that it stands out from
DOT, HEAD = 6.5, 12.0  # pixels: a recorded state, and the last one that was reached
RIM = 4.0  # pixels around the head
APART, MOST_DOTS = 15.0, 150  # pixels from dot to dot at least, and how many there are at most


class Way(VGroup):
    """A line through recorded states, a dot at each while they are apart, and where it has come.

    What is outside the region is not drawn, nor what comes after it has left for good.

    Args:
        places: of the recorded states, (E, 3).
    """

    def __init__(self, places: Values, region: Region, color: str, theme: Theme) -> None:
        self.places = places
        self._low = point(region.left, region.bottom)[:2]
        self._high = point(region.right, region.top)[:2]
        self._dotted = self._places_of_dots()
        self._lines = [
            VMobject(
                stroke_color=shade,
                stroke_width=width,
                joint_type=LineJointType.ROUND,
                cap_style=CapStyleType.ROUND,
            )
            for shade, width in ((theme.page, HALO), (color, LINE))
        ]
        nowhere = np.zeros((0, 3))
        self._dots = Discs(nowhere, DOT, color)
        self._heads = [Discs(nowhere, HEAD + RIM, theme.page), Discs(nowhere, HEAD, color)]
        for disc in self._heads:  # above the lines of other runs
            disc.set_z_index(0.5)
        super().__init__(*self._lines, self._dots, *self._heads)

    def show_at(self, progress: float) -> "Way":
        """Show it up to a place between recorded states, 0 being the first."""
        moment = Moment.at(progress, len(self.places))
        head = moment.between(self.places)[None]
        passed = self.places[: moment.before + 1]
        corners = np.concatenate([passed, head[: int(moment.share > 0)]])[: self.last_inside + 2]
        starts, ends = self._inside(corners[:-1], corners[1:])
        for line in self._lines:
            line.set_points(straight(starts, ends, np.ones(len(starts))))
        self._dots.stand_at(self.places[self._dotted[self._dotted <= moment.before]])
        for disc in self._heads:
            disc.stand_at(head[self._is_inside(head)])
        return self

    def along(self, step: float) -> Values:
        """Places all along what is inside, about so many pixels apart, (n, 3)."""
        places = self.places[: self.last_inside + 2]
        starts, ends = self._inside(places[:-1], places[1:])
        counts = np.linalg.norm(ends - starts, axis=1) / (step * UNIT)
        pieces = [
            start + np.linspace(0, 1, int(count) + 2)[:, None] * (end - start)
            for start, end, count in zip(starts, ends, counts)
        ]
        return np.concatenate([np.zeros((0, 3)), *pieces])

    @cached_property
    def last_inside(self) -> int:
        """The last recorded state that is on the map."""
        return int(np.flatnonzero(self._is_inside(self.places))[-1])

    def _places_of_dots(self) -> Values:
        """States far enough from the one before that has a dot, the first among them."""
        kept: list[int] = []
        least = APART * UNIT
        for at in np.flatnonzero(self._is_inside(self.places)):
            if not kept or np.linalg.norm(self.places[at] - self.places[kept[-1]]) >= least:
                kept.append(int(at))
        return np.array(kept[:MOST_DOTS], dtype=int)

    def _is_inside(self, places: Values) -> npt.NDArray[np.bool_]:
        x, y, _ = places.T
        (left, bottom), (right, top) = self._low, self._high
        inside: npt.NDArray[np.bool_] = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        return inside

    def _inside(self, starts: Values, ends: Values) -> Pieces:
        """What of straight pieces is inside: between where each enters and where it leaves."""
        way = (ends - starts)[:, :2]
        with np.errstate(divide="ignore", invalid="ignore"):
            walls = np.stack([(wall - starts[:, :2]) / way for wall in (self._low, self._high)])
        # Along a wall it neither enters nor leaves; beyond one it is never inside.
        beyond = (starts[:, :2] < self._low) | (starts[:, :2] > self._high)
        enters = np.where(way == 0, np.where(beyond, np.inf, -np.inf), walls.min(axis=0))
        leaves = np.where(way == 0, np.inf, walls.max(axis=0))
        first = enters.max(axis=1).clip(min=0)[:, None]
        last = leaves.min(axis=1).clip(max=1)[:, None]
        seen = (first <= last)[:, 0]
        starts, ways, first, last = (each[seen] for each in (starts, ends - starts, first, last))
        return starts + first * ways, starts + last * ways


def curve_in(
    region: Region, x: Scale, y: Scale, values: tuple[Values, Values], color: str
) -> GrowingCurves:
    """A small curve without axes, that grows."""
    across = region.left + x.share(values[0]) * region.width
    up = region.bottom - y.share(values[1]) * region.height
    pieces = pieces_inside(points(across, up), region)
    return GrowingCurves([pieces], region, color, 4)
