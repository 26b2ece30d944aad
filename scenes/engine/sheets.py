"""Pixels that remember what they show, so that only what changed is painted again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import cairo
import numpy as np
from manim import Camera, Mobject, VMobject

from .boxes import Box, merged, overlap
from .drawables import Drawable, changed_boxes, drawable_of, key_of
from .paths import Transform
from .stencils import Stencils

if TYPE_CHECKING:
    from manim.typing import PixelArray


class Sheet:
    """Mobjects painted over ``below``, repainted only where they changed.

    Parameters
    ----------
    camera
        Paints single mobjects.
    stencils
        What its camera's sheets have stamped before.
    below
        Pixels to paint over, shape (height, width, 4), RGBA; never written to.
    """

    def __init__(self, camera: Camera, stencils: Stencils, below: PixelArray) -> None:
        self.camera = camera
        self.stencils = stencils
        self.below = below
        self.pixels: PixelArray = np.empty_like(below)
        height, width = below.shape[:2]
        self.whole: Box = (0, 0, width, height)
        self._surface = cairo.ImageSurface.create_for_data(
            self.pixels.data, cairo.FORMAT_ARGB32, width, height
        )
        self._matrix: Transform | None = None
        self._shown: list[Drawable] = []

    def forget(self) -> None:
        """Paint everything next time: someone else may have written to the pixels."""
        self._matrix = None

    def show(
        self, mobjects: Sequence[Mobject], matrix: Transform, stale: Sequence[Box] = ()
    ) -> list[Box]:
        """Make the pixels show ``mobjects``, in this order, and return the boxes repainted.

        ``stale`` are boxes in which ``below`` has changed since the last call.
        """
        ours = [m for m in mobjects if isinstance(m, VMobject) and not m.get_background_image()]
        if len(ours) < len(mobjects) and not all(map(self._is_nothing, {*mobjects} - {*ours})):
            return self._show_with_manim(mobjects)
        drawables = self._drawables(ours, matrix)
        if matrix != self._matrix:
            boxes = [self.whole]
        else:
            boxes = merged([*stale, *changed_boxes(self._shown, drawables)])
        self._matrix, self._shown = matrix, drawables
        for box in boxes:
            self._paint(box, matrix)
        return boxes

    def _is_nothing(self, mobject: Mobject) -> bool:
        """Whether Manim draws nothing of it: a tracker of a value, for example."""
        return self.camera.type_or_raise(mobject) is Mobject

    def _show_with_manim(self, mobjects: Sequence[Mobject]) -> list[Box]:
        """Images, point clouds and background-coloured mobjects: Manim paints the frame."""
        self.forget()
        self.pixels[:] = self.below
        for kind, batch in groupby(mobjects, self.camera.type_or_raise):
            self.camera.display_funcs[kind](list(batch), self.pixels)
        return [self.whole]

    def _drawables(self, vmobjects: Sequence[VMobject], matrix: Transform) -> list[Drawable]:
        known = {d.mobject: d for d in self._shown} if matrix == self._matrix else {}
        drawables = []
        for vmobject in vmobjects:
            key = key_of(vmobject)
            drawable = known.get(vmobject)
            if drawable is None or drawable.key != key:
                drawable = drawable_of(vmobject, key, matrix, self.whole, self.stencils)
            drawables.append(drawable)
        return drawables

    def _paint(self, box: Box, matrix: Transform) -> None:
        left, top, right, bottom = box
        self.pixels[top:bottom, left:right] = self.below[top:bottom, left:right]
        context = cairo.Context(self._surface)
        context.rectangle(left, top, right - left, bottom - top)
        context.clip()
        to_pixels, as_they_are = cairo.Matrix(*matrix), cairo.Matrix()
        for drawable in self._shown:
            if not overlap(drawable.box, box):
                continue
            if drawable.stamps is None:
                context.set_matrix(to_pixels)
                self.camera.display_vectorized(drawable.mobject, context)
                continue
            context.set_matrix(as_they_are)
            fill = drawable.mobject.get_fill_rgbas()
            self.camera.set_cairo_context_color(context, fill, drawable.mobject)
            for stencil, place in drawable.stamps:
                if overlap(place, box):
                    context.mask_surface(stencil.surface, place[0], place[1])
