"""Mobjects as they were painted: what their pixels depend on, and where those are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import CapStyleType, LineJointType, Mobject, VMobject

from .boxes import NOTHING, Box, around, common
from .images import Overlay
from .paths import Lens, has_manims_path
from .stencils import FARTHEST, Stamp, Stencils

if TYPE_CHECKING:
    import cairo
    from manim.typing import Point3D, Point3D_Array

# Cairo cuts a miter where it would reach further than this many half widths.
MITER_LIMIT = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Drawable:
    """One mobject as it was painted: ``key`` equal means the same pixels inside ``box``.

    An image lies on the page as ``overlay``. Of an outline, ``stamps`` fill it and are all there is
    to paint; None where Manim has to paint it. ``traced`` holds it then, once it was painted.
    """

    mobject: Mobject
    key: tuple[Any, ...]
    box: Box
    stamps: tuple[Stamp, ...] | None = None
    traced: list[cairo.Path] = field(default_factory=list)
    overlay: Overlay | None = None

    @property
    def is_for_manim(self) -> bool:
        """Whether Manim paints its outline."""
        return self.stamps is None and self.overlay is None


def key_of(
    vmobject: VMobject, gradient_of: Callable[[VMobject], tuple[Point3D, Point3D]]
) -> tuple[Any, ...]:
    """Everything of ``vmobject`` alone that its pixels depend on, as an immutable value.

    Points and colours are copied out as bytes, because Manim changes both in place. What Manim's
    camera asks a method for is asked of it here as well: a class may answer in its own way.
    """
    fill = vmobject.get_fill_rgbas()
    stroke = vmobject.get_stroke_rgbas()
    outline = vmobject.get_stroke_rgbas(background=True)
    gradient: tuple[bytes, ...] = ()
    if len(fill) > 1 or len(stroke) > 1 or len(outline) > 1 or vmobject.shade_in_3d:
        # A gradient runs across the whole family, not only across these points.
        gradient = tuple(end.tobytes() for end in gradient_of(vmobject))
    # An outline of its own may hang on anything: equal to nothing, it is painted every time.
    own_path = None if has_manims_path(type(vmobject)) else object()
    return (
        vmobject.points.tobytes(),
        fill.tobytes(),
        stroke.tobytes(),
        outline.tobytes(),
        float(vmobject.get_stroke_width()),
        float(vmobject.get_stroke_width(True)),
        vmobject.joint_type.value,
        vmobject.cap_style.value,
        gradient,
        vmobject.tolerance_for_point_equality,
        own_path,
    )


def drawable_of(
    vmobject: VMobject,
    key: tuple[Any, ...],
    points: Point3D_Array,
    lens: Lens,
    whole: Box,
    stencils: Stencils,
    before: Drawable | None,
) -> Drawable:
    """What there is to paint of ``vmobject`` in the frame ``whole``, where it was ``before``."""
    fill = vmobject.get_fill_rgbas()
    filled, stroked = fill[:, 3].any(), _is_stroked(vmobject)
    if not filled and not stroked:
        return Drawable(vmobject, key, NOTHING)
    # Most changes are of colour alone, as in a fade.
    stayed = before if before and before.box != NOTHING and _same_place(before.key, key) else None
    box = stayed.box if stayed else box_of(vmobject, points, lens, *whole[2:])
    stamps = None
    flat = points is vmobject.points and not vmobject.shade_in_3d
    if flat and len(fill) == 1 and not stroked and has_manims_path(type(vmobject)):
        # What moves or grows has another outline in each frame: no use to keep one.
        moves = before is not None and not stayed and len(before.key[0]) == len(key[0])
        stamps = (stayed and stayed.stamps) or stencils.stamps(vmobject, lens.matrix, not moves)
    return Drawable(vmobject, key, box, stamps, stayed.traced if stayed else [])


def _same_place(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether two keys differ in colours at most."""
    return old[0] == new[0] and old[4:] == new[4:]


def _is_stroked(vmobject: VMobject) -> bool:
    """Whether its outline can be seen, either of the two."""
    return any(
        vmobject.get_stroke_width(background) > 0
        and vmobject.get_stroke_rgbas(background)[:, 3].any()
        for background in (False, True)
    )


def box_of(vmobject: VMobject, points: Point3D_Array, lens: Lens, width: int, height: int) -> Box:
    """The pixels ``vmobject`` may touch, cut to a frame of ``width`` x ``height`` pixels.

    Control points enclose their curves, so no curve is evaluated here.
    """
    # Column by column: over the rows of a narrow array NumPy is ten times slower.
    xs, ys = points[:, 0], points[:, 1]
    extremes = (xs.min(), xs.max(), ys.min(), ys.max())
    reach = _stroke_reach(vmobject) * abs(lens.line_width_multiple)
    across, _, _, down, x0, y0 = lens.matrix
    left = across * (extremes[0] - reach) + x0
    right = across * (extremes[1] + reach) + x0
    top = down * (extremes[3] + reach) + y0
    bottom = down * (extremes[2] - reach) + y0
    if not np.abs((left, right, top, bottom)).max() < FARTHEST:  # nor is NaN
        return (0, 0, width, height)
    # One pixel more on each side for antialiasing.
    return (
        max(0, min(width, int(left) - 1)),
        max(0, min(height, int(top) - 1)),
        max(0, min(width, int(right) + 2)),
        max(0, min(height, int(bottom) + 2)),
    )


def _stroke_reach(vmobject: VMobject) -> float:
    """How far a stroke may reach beyond the outline, in units of its width."""
    width = max(vmobject.get_stroke_width(), vmobject.get_stroke_width(background=True))
    reach = 1.0
    if vmobject.cap_style == CapStyleType.SQUARE:
        reach = 1.5
    has_corners = len(vmobject.points) > vmobject.n_points_per_cubic_curve
    if has_corners and vmobject.joint_type in (LineJointType.AUTO, LineJointType.MITER):
        reach = MITER_LIMIT
    return float(width) / 2 * reach


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
        if old and new and old.stamps and new.stamps and old.key[1:] == new.key[1:]:
            if changed := {*old.stamps} ^ {*new.stamps}:
                stamped = around(stamp.box for stamp in changed)
                yield common(stamped, around([old.box, new.box]))
            continue
        if old:
            yield old.box
        if new:
            yield new.box
