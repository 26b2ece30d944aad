"""Pixels that remember what they show, so that only what changed is painted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

import cairo
import numpy as np
from manim import CapStyleType, LineJointType, Mobject, VMobject

if TYPE_CHECKING:
    from manim.typing import PixelArray

    from .camera import FastCamera

# Left, top, right, bottom in pixels; right and bottom are just outside.
Box = tuple[int, int, int, int]
# cairo: user units to pixels, as (xx, yx, xy, yy, x0, y0).
Matrix = tuple[float, float, float, float, float, float]

# Cairo cuts a miter where it would reach further than this many half widths.
MITER_LIMIT = 10.0
# Above this many separate boxes, finding who overlaps whom costs more than it saves.
MOST_BOXES = 32


@dataclass(frozen=True, slots=True, eq=False)
class Drawable:
    """One mobject as it was painted: ``key`` equal means the same pixels inside ``box``."""

    mobject: VMobject
    key: tuple[Any, ...]
    box: Box


def key_of(vmobject: VMobject) -> tuple[Any, ...]:
    """Everything of ``vmobject`` alone that its pixels depend on, as an immutable value.

    Points and colours are copied out as bytes, because Manim changes both in place.
    """
    fill = vmobject.get_fill_rgbas()
    stroke = vmobject.get_stroke_rgbas()
    outline = vmobject.get_stroke_rgbas(background=True)
    gradient: tuple[bytes, ...] = ()
    if len(fill) > 1 or len(stroke) > 1 or len(outline) > 1:
        # A gradient runs across the whole family, not only across these points.
        gradient = tuple(end.tobytes() for end in vmobject.get_gradient_start_and_end_points())
    return (
        vmobject.points.tobytes(),
        fill.tobytes(),
        stroke.tobytes(),
        outline.tobytes(),
        vmobject.stroke_width,
        vmobject.background_stroke_width,
        vmobject.joint_type,
        vmobject.cap_style,
        gradient,
    )


def box_of(vmobject: VMobject, matrix: Matrix, width: int, height: int) -> Box:
    """The pixels ``vmobject`` may touch, cut to a frame of ``width`` x ``height`` pixels.

    Control points enclose their curves, so no curve is evaluated here.
    """
    # Column by column: over the rows of a narrow array NumPy is ten times slower.
    xs, ys = vmobject.points[:, 0], vmobject.points[:, 1]
    extremes = (xs.min(), xs.max(), ys.min(), ys.max())
    if not np.isfinite(extremes).all():
        return (0, 0, width, height)
    reach = _stroke_reach(vmobject)
    across, _, _, down, x0, y0 = matrix  # down is negative: pixel rows grow downwards
    left = across * (extremes[0] - reach) + x0
    right = across * (extremes[1] + reach) + x0
    top = down * (extremes[3] + reach) + y0
    bottom = down * (extremes[2] - reach) + y0
    # One pixel more on each side for antialiasing.
    return (
        max(0, min(width, int(left) - 1)),
        max(0, min(height, int(top) - 1)),
        max(0, min(width, int(right) + 2)),
        max(0, min(height, int(bottom) + 2)),
    )


def _stroke_reach(vmobject: VMobject) -> float:
    """How far, in scene units, a stroke may reach beyond the outline."""
    width = max(vmobject.get_stroke_width(), vmobject.get_stroke_width(background=True))
    reach = 1.0
    if vmobject.cap_style == CapStyleType.SQUARE:
        reach = 1.5
    has_corners = len(vmobject.points) > vmobject.n_points_per_cubic_curve
    if has_corners and vmobject.joint_type in (LineJointType.AUTO, LineJointType.MITER):
        reach = MITER_LIMIT
    return float(width) * 0.01 / 2 * reach


def changed_boxes(before: Sequence[Drawable], after: Sequence[Drawable]) -> Iterator[Box]:
    """Where the pixels of two lists of drawables, each in drawing order, can differ.

    Outside these boxes both lists draw the same things in the same order. Lists are
    paired from the front up to the first difference and from the back for the rest, so
    that one mobject put in or taken out leaves its neighbours paired with themselves.
    """
    same = 0
    for old, new in zip(before, after):
        if old is not new and old.key != new.key:
            break
        same += 1
    for old, new in zip_longest(reversed(before[same:]), reversed(after[same:])):
        if old is new or (old and new and old.key == new.key):
            continue
        if old:
            yield old.box
        if new:
            yield new.box


def merged(boxes: Sequence[Box]) -> list[Box]:
    """Non-overlapping boxes that cover ``boxes``."""
    whole = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    if len(whole) > MOST_BOXES:
        return [_around(whole)]
    apart: list[Box] = []
    for box in whole:
        while touching := [other for other in apart if overlap(box, other)]:
            apart = [other for other in apart if other not in touching]
            box = _around([box, *touching])
        apart.append(box)
    return apart


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a pixel."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


class Layer:
    """Mobjects painted over ``below``, repainted only where they changed.

    Parameters
    ----------
    camera
        Gives the matrix from scene to pixels and paints single mobjects.
    below
        Pixels to paint over, shape (height, width, 4), RGBA; never written to.
    """

    def __init__(self, camera: FastCamera, below: PixelArray) -> None:
        self.camera = camera
        self.below = below
        self.pixels: PixelArray = np.empty_like(below)
        height, width = below.shape[:2]
        self.whole: Box = (0, 0, width, height)
        self._surface = cairo.ImageSurface.create_for_data(
            self.pixels.data, cairo.FORMAT_ARGB32, width, height
        )
        self._matrix: Matrix | None = None
        self._shown: list[Drawable] = []

    def forget(self) -> None:
        """Paint everything next time: someone else may have written to the pixels."""
        self._matrix = None

    def show(self, mobjects: Sequence[Mobject], stale: Sequence[Box] = ()) -> list[Box]:
        """Make the pixels show ``mobjects``, in this order, and return the boxes repainted.

        ``stale`` are boxes in which ``below`` has changed since the last call.
        """
        ours = [m for m in mobjects if isinstance(m, VMobject) and not m.get_background_image()]
        if len(ours) < len(mobjects):
            return self._show_with_manim(mobjects)
        matrix = self.camera.matrix()
        drawables = self._drawables(ours, matrix)
        if matrix != self._matrix:
            boxes = [self.whole]
        else:
            boxes = merged([*stale, *changed_boxes(self._shown, drawables)])
        self._matrix, self._shown = matrix, drawables
        for box in boxes:
            self._paint(box, matrix)
        return boxes

    def _show_with_manim(self, mobjects: Sequence[Mobject]) -> list[Box]:
        """Images, point clouds and background-coloured mobjects: Manim paints the frame."""
        self.forget()
        self.pixels[:] = self.below
        for kind, batch in groupby(mobjects, self.camera.type_or_raise):
            self.camera.display_funcs[kind](list(batch), self.pixels)
        return [self.whole]

    def _drawables(self, vmobjects: Sequence[VMobject], matrix: Matrix) -> list[Drawable]:
        known = {d.mobject: d for d in self._shown} if matrix == self._matrix else {}
        drawables = []
        for vmobject in vmobjects:
            key = key_of(vmobject)
            drawable = known.get(vmobject)
            if drawable is None or drawable.key != key:
                drawable = Drawable(vmobject, key, box_of(vmobject, matrix, *self.whole[2:]))
            drawables.append(drawable)
        return drawables

    def _paint(self, box: Box, matrix: Matrix) -> None:
        left, top, right, bottom = box
        self.pixels[top:bottom, left:right] = self.below[top:bottom, left:right]
        context = cairo.Context(self._surface)
        context.rectangle(left, top, right - left, bottom - top)
        context.clip()
        context.set_matrix(cairo.Matrix(*matrix))
        for drawable in self._shown:
            if overlap(drawable.box, box):
                self.camera.display_vectorized(drawable.mobject, context)
