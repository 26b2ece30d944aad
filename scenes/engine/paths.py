"""Where an outline lies on the page, and its way into cairo."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import VMobject

if TYPE_CHECKING:
    import cairo
    from manim import Camera
    from manim.typing import PixelArray

# cairo: scene units to pixels, as (xx, yx, xy, yy, x0, y0); yy is negative, rows grow downwards.
Transform = tuple[float, float, float, float, float, float]


class Lens(NamedTuple):
    """How a camera brings every mobject to the page; its strokes are in units of the scene."""

    matrix: Transform
    line_width_multiple: float
    view: tuple[Any, ...] = ()


def lens_of(camera: Camera, picture: PixelArray) -> Lens:
    """What Manim's camera draws on this picture with now.

    A plain camera keeps the context that it has first drawn with, and with it where its frame was
    then, whatever is set later; one that moves makes a new context for every frame.
    """
    matrix = camera.get_cairo_context(picture).get_matrix()
    return Lens(
        (matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0),
        camera.cairo_line_width_multiple,
    )


def has_manims_path(kind: type[VMobject]) -> bool:
    """Whether nothing in this class says otherwise how points are joined to an outline."""
    return (
        kind.get_subpath_split_indices_from_points is VMobject.get_subpath_split_indices_from_points
        and kind.consider_points_equals_2d is VMobject.consider_points_equals_2d
    )


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
