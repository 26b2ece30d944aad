"""Curves that grow from left to right together, and what of a curve is inside a frame."""

from collections.abc import Sequence

import numpy as np
from manim import CapStyleType, LineJointType, VGroup, VMobject

from scenes.drawing.layout import UNIT, Region, Values, point
from scenes.drawing.outlines import straight

STRIPS = 24
DASHED, OPEN = 14, 12  # pixels of a dash, and to the next one
Pieces = tuple[Values, Values]  # where each straight piece of a curve starts and ends, (p, 3) each


def pieces_inside(places: Values, region: Region) -> Pieces:
    """The pieces of a curve through `places`, cut off at the region's top and bottom.

    Those that start or end at a place that is no number are left out.
    """
    low, high = point(0, region.bottom)[1], point(0, region.top)[1]
    starts, ends = places[:-1], places[1:]
    rise = ends[:, 1] - starts[:, 1]
    crosses = (np.minimum(starts[:, 1], ends[:, 1]) <= high) & (
        np.maximum(starts[:, 1], ends[:, 1]) >= low
    )
    cut = []
    for corners in (starts, ends):
        heights = corners[:, 1].clip(low, high)
        share = np.divide(heights - starts[:, 1], rise, out=np.zeros_like(rise), where=rise != 0)
        share = np.where(heights == corners[:, 1], corners is ends, share)
        cut.append(starts + share[:, None] * (ends - starts))
        cut[-1][:, 1] = heights
    return cut[0][crosses], cut[1][crosses]


class GrowingCurves(VGroup):
    """Curves of one colour, drawn up to a place along x; see `Plane.growing` and `Grow`.

    Each strip of the region is one mobject, with the pieces of all curves that start in it: as
    the curves grow, a frame paints one strip anew and not the whole page. Nothing is there at
    first.
    """

    def __init__(self, curves: Sequence[Pieces], region: Region, color: str, width: float) -> None:
        starts = np.concatenate([starts for starts, _ in curves])
        ends = np.concatenate([ends for _, ends in curves])
        self._sides = point(region.left, 0)[0], point(region.right, 0)[0]
        left, right = self._sides
        strip = np.floor((starts[:, 0] - left) / (right - left) * STRIPS).clip(0, STRIPS - 1)
        self._strips = [
            (starts[strip == number], ends[strip == number]) for number in np.unique(strip)
        ]
        self._reached = [-np.inf] * len(self._strips)
        self._whole = straight(starts, ends, np.ones(len(starts)))
        super().__init__(
            *[
                VMobject(
                    stroke_color=color,
                    stroke_width=width,
                    joint_type=LineJointType.ROUND,
                    cap_style=CapStyleType.ROUND,
                )
                for _ in self._strips
            ]
        )

    def grow_to(self, share: float) -> "GrowingCurves":
        """Show what is in this share of the region from its left; the piece across it in part."""
        left, right = self._sides
        x = left + share * (right - left)
        for at, (strip, (starts, ends)) in enumerate(zip(self, self._strips)):
            first, last = starts[:, 0].min(), ends[:, 0].max()
            reached = -np.inf if x < first else min(x, last)
            if reached == self._reached[at]:
                continue
            self._reached[at] = reached
            length = ends[:, 0] - starts[:, 0]
            drawn = np.divide(
                x - starts[:, 0],
                length,
                out=(starts[:, 0] <= x).astype(float),
                where=length > 1e-9 * UNIT,
            ).clip(0, 1)
            begun = drawn > 0
            strip.set_points(straight(starts[begun], ends[begun], drawn[begun]))
        return self

    def join(self) -> None:
        """Make the whole curves one mobject, which can fade: where strips meet, they overlap."""
        for at, strip in enumerate(self):
            strip.set_points(self._whole[: len(self._whole) * (at == 0)])


def dashed(pieces: Pieces) -> Pieces:
    """A curve with gaps, of pieces that follow each other."""
    starts, ends = pieces
    if not len(starts):
        return pieces
    lengths = np.linalg.norm(ends - starts, axis=1) / UNIT
    before = np.concatenate([[0.0], np.cumsum(lengths)])
    begins = np.arange(0, before[-1], DASHED + OPEN)
    cuts = np.unique(np.concatenate([before, begins, (begins + DASHED).clip(max=before[-1])]))
    along = np.concatenate([starts, ends[-1:]])
    places = np.stack([np.interp(cuts, before, along[:, axis]) for axis in range(3)], axis=1)
    middles = (cuts[:-1] + cuts[1:]) / 2
    drawn = middles % (DASHED + OPEN) < DASHED
    return places[:-1][drawn], places[1:][drawn]
