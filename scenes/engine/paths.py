"""Where an outline lies on the page, and its way into cairo."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import cairo
    from manim import VMobject

# cairo: scene units to pixels, as (xx, yx, xy, yy, x0, y0); yy is negative, rows grow downwards.
Transform = tuple[float, float, float, float, float, float]


def trace(context: cairo.Context, vmobject: VMobject, points: npt.NDArray[np.float64]) -> None:
    """Make an outline the context's path as Manim does, with all arithmetic on arrays.

    What is left in the loop are the calls into cairo. Coordinates come in one flat list,
    since a list per curve would keep Python's garbage collector busy.

    Args:
        context: to draw with; its matrix leads from scene units to pixels.
        vmobject: tells how near two points are the same.
        points: shape (4 * curves, 3), the outline or a part of it.
    """
    context.new_path()
    spans = vmobject.get_subpath_split_indices_from_points(points, n_dims=2)
    starts, ends = points[spans[:, 0], :2], points[spans[:, 1] - 1, :2]
    # The same test as VMobject.consider_points_equals_2d, for all subpaths at once.
    gap = vmobject.tolerance_for_point_equality + 1e-5 * np.abs(ends)
    closed = np.all(np.abs(starts - ends) <= gap, axis=1).tolist()
    lengths = ((spans[:, 1] - spans[:, 0]) // 4).tolist()
    numbers = iter(points.reshape(-1, 4, 3)[:, 1:, :2].ravel().tolist())
    curves = zip(*[numbers] * 6, strict=True)
    curve_to = context.curve_to
    for length, (x, y), closes in zip(lengths, starts.tolist(), closed, strict=True):
        context.move_to(x, y)
        for x1, y1, x2, y2, x3, y3 in islice(curves, length):
            curve_to(x1, y1, x2, y2, x3, y3)
        if closes:
            context.close_path()
