"""Pixels that remember what they show, so that only what changed is painted again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import cairo
from manim import Mobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from .boxes import Box, around, merged, overlap
from .drawables import Drawable, changed_boxes, drawable_of
from .looks import Look
from .paths import Lens
from .stencils import Stencils

if TYPE_CHECKING:
    from manim.typing import PixelArray

    from .camera import FastCamera


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
    pixels
        Pixels to paint on, of the same shape.
    """

    def __init__(
        self, camera: FastCamera, stencils: Stencils, below: PixelArray, pixels: PixelArray
    ) -> None:
        self.camera = camera
        self.stencils = stencils
        self.below = below
        self.pixels = pixels
        height, width = below.shape[:2]
        self.whole: Box = (0, 0, width, height)
        self._surface = cairo.ImageSurface.create_for_data(
            self.pixels.data, cairo.FORMAT_ARGB32, width, height
        )
        self._lens: Lens | None = None
        self._shown: list[Drawable] = []
        self._is_ours = False

    def forget(self) -> None:
        """Paint everything next time: someone else may have written to the pixels."""
        self._is_ours = False

    def show(self, look: Look, stale: Sequence[Box] = ()) -> list[Box]:
        """Make the pixels show what the camera sees, and return the boxes repainted.

        ``stale`` are boxes in which ``below`` has changed since the last call.
        """
        lens = look.lens or self._lens
        # While a camera moves, nothing that is worked out for one frame serves the next.
        moved = self._lens is not None and lens != self._lens
        self._lens = lens
        if moved or not look.has_keys:
            return self._show_with_manim(look.mobjects)
        drawables = self._drawables(look, self._shown if self._is_ours else [])
        boxes = [self.whole]
        if self._is_ours:
            boxes = merged([*stale, *changed_boxes(self._shown, drawables)])
        self._shown, self._is_ours = drawables, True
        for box in boxes:
            self._paint(box)
        return boxes

    def _show_with_manim(self, mobjects: Sequence[Mobject]) -> list[Box]:
        """Point clouds, outlines filled with an image, a camera that moves: Manim paints all."""
        self.forget()
        self.pixels[:] = self.below
        if self._lens:
            context = cairo.Context(self._surface)
            context.set_matrix(cairo.Matrix(*self._lens.matrix))
            self.camera.cache_cairo_context(self.pixels, context)
        for kind, batch in groupby(mobjects, self.camera.type_or_raise):
            self.camera.display_funcs[kind](list(batch), self.pixels)
        return [self.whole]

    def _drawables(self, look: Look, before: Sequence[Drawable]) -> list[Drawable]:
        """Those ``before`` where nothing has changed, and new ones."""
        known = {drawable.mobject: drawable for drawable in before}
        drawables = []
        for mobject, key in zip(look.mobjects, look.keys, strict=True):
            drawable = known.get(mobject)
            if drawable is None or drawable.key != key:
                drawable = self._drawable(mobject, key, drawable)
            drawables.append(drawable)
        return drawables

    def _drawable(
        self, mobject: Mobject, key: tuple[Any, ...], before: Drawable | None
    ) -> Drawable:
        if isinstance(mobject, AbstractImageMobject):
            overlay = self.camera.overlay_of(mobject)
            return Drawable(mobject, key, overlay.box, overlay=overlay)
        assert isinstance(mobject, VMobject)
        assert self._lens is not None  # there is an outline
        points = self.camera.outline_of(mobject)
        return drawable_of(mobject, key, points, self._lens, self.whole, self.stencils, before)

    def _paint(self, box: Box) -> None:
        """Paint what lies in ``box`` anew.

        Where a clip cuts an outline at its sides, cairo rounds all of that row otherwise than for
        Manim, which never clips. So the clip is as wide as what stands out of the box, and what it
        has painted beside the box is put back. Cut above or below, one outline of several hundred
        differs in a few pixels; that stays, since a clip as high as it is wide costs a lecture a
        tenth of its drawing.
        """
        left, top, right, bottom = box
        shown = [drawable for drawable in self._shown if overlap(drawable.box, box)]
        outlines = [drawable.box for drawable in shown if drawable.is_for_manim]
        first, _, last, _ = around([box, *outlines])
        rows = self.pixels[top:bottom]
        beside = rows[:, first:left].copy(), rows[:, right:last].copy()
        rows[:, left:right] = self.below[top:bottom, left:right]
        context = cairo.Context(self._surface)
        context.rectangle(first, top, last - first, bottom - top)
        context.clip()
        for drawable in shown:
            self._draw(drawable, box, context)
        rows[:, first:left], rows[:, right:last] = beside

    def _draw(self, drawable: Drawable, box: Box, context: cairo.Context) -> None:
        if drawable.overlay:
            drawable.overlay.lay_over(self.pixels, box)
            return
        outline = drawable.mobject
        assert isinstance(outline, VMobject)
        assert self._lens is not None  # there is an outline
        if drawable.stamps is None:
            context.set_matrix(cairo.Matrix(*self._lens.matrix))
            self._trace(outline, drawable.traced, context)
            self.camera.apply_stroke(context, outline, background=True)
            self.camera.apply_fill(context, outline)
            self.camera.apply_stroke(context, outline)
            return
        context.identity_matrix()
        self.camera.set_cairo_context_color(context, outline.get_fill_rgbas(), outline)
        for stencil, place in drawable.stamps:
            if overlap(place, box):
                context.mask_surface(stencil.surface, place[0], place[1])

    def _trace(self, outline: VMobject, traced: list[cairo.Path], context: cairo.Context) -> None:
        """Make it the context's path; cairo knows again what it has traced once."""
        if traced:
            context.new_path()
            context.append_path(traced[0])
        else:
            self.camera.set_cairo_context_path(context, outline)
            traced.append(context.copy_path())
