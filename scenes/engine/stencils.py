"""Filled outlines that come again are stamped from a stencil instead of being filled anew.

Letters and digits are most of what a lecture draws, and they come again: in every frame of a
fade, and in every number of a column. Cairo lays outlines on a grid of 256 steps per pixel; two
that are the same on that grid, whole pixels apart, cover their pixels in the same way.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

import cairo
import numpy as np
import numpy.typing as npt
from manim import VMobject

from .boxes import Box
from .paths import Transform, trace

Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

STEPS = 256  # cairo's grid, per pixel
# Beyond it coordinates, in pixels, do not fit the grid: cairo lays such points anywhere.
FARTHEST = 1e6
# A large plain shape is filled faster than stamped: pixels per curve up to which stamping pays.
SPARSEST = 500
BUDGET = 64e6  # bytes


class Stencil:
    """How much of each pixel an outline covers; equal to itself only."""

    def __init__(self, width: int, height: int) -> None:
        self.surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
        self.size = self.surface.get_stride() * height

    def cut(
        self, vmobject: VMobject, points: Points, matrix: Transform, corner: tuple[int, int]
    ) -> None:
        """Fill part of an outline; the stencil's ``corner`` lies on that pixel of the page."""
        # Not by another matrix: places come to the grid by the sums that they come by on the page.
        self.surface.set_device_offset(-corner[0], -corner[1])
        context = cairo.Context(self.surface)
        context.set_matrix(cairo.Matrix(*matrix))
        trace(context, vmobject, points)
        context.fill()
        self.surface.set_device_offset(0, 0)


class Stamp(NamedTuple):
    """A stencil and the pixels that it covers."""

    stencil: Stencil
    box: Box


class Stencils:
    """The stencils used last, found by their outline on cairo's grid."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Stencil] = OrderedDict()
        self._size = 0

    def stamps(self, vmobject: VMobject, matrix: Transform, cut: bool) -> tuple[Stamp, ...] | None:
        """The stamps that together fill ``vmobject``, or None where filling it is better.

        That it is where one is missing that ``cut`` does not allow to make.

        A mobject of many separate outlines may say in ``piece_ends`` behind which of its points
        each ends. Every piece then has a stamp of its own.
        """
        points = vmobject.points
        curves, rest = divmod(len(points), vmobject.n_points_per_cubic_curve)
        across, _, _, down, x0, y0 = matrix
        places = np.stack([points[:, 0] * across + x0, points[:, 1] * down + y0])
        if rest or not np.abs(places).max() < FARTHEST:  # nor is NaN
            return None
        grid = np.rint(places * STEPS).astype(np.int32)
        starts, ends = _pieces(vmobject)
        low = np.minimum.reduceat(grid, starts, axis=1) // STEPS
        high = -(-np.maximum.reduceat(grid, starts, axis=1) // STEPS)
        if np.prod(high - low, axis=0).sum() > SPARSEST * curves:
            return None
        grid -= np.repeat(low * STEPS, ends - starts, axis=1)
        stamps = []
        for start, end, *box in zip(*map(np.ndarray.tolist, (starts, ends, *low, *high))):
            left, top, right, bottom = box
            if left == right or top == bottom:
                continue
            outline = grid[:, start:end].tobytes()
            stencil = self._known.get(outline)
            if stencil is None:
                if not cut:
                    return None
                stencil = Stencil(right - left, bottom - top)
                stencil.cut(vmobject, points[start:end], matrix, (left, top))
                self._keep(outline, stencil)
            self._known.move_to_end(outline)
            stamps.append(Stamp(stencil, (left, top, right, bottom)))
        return tuple(stamps)

    def _keep(self, outline: bytes, stencil: Stencil) -> None:
        self._known[outline] = stencil
        self._size += len(outline) + stencil.size
        while self._size > BUDGET:
            outline, oldest = self._known.popitem(last=False)
            self._size -= len(outline) + oldest.size


def _pieces(vmobject: VMobject) -> tuple[Indices, Indices]:
    """Where each piece starts and ends among the points."""
    count = len(vmobject.points)
    ends = getattr(vmobject, "piece_ends", None)
    if ends is None or ends[-1] != count:  # or Manim has put points in, to morph it
        ends = np.array([count])
    return np.concatenate([[0], ends[:-1]]), ends
