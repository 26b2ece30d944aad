"""The camera of three-dimensional scenes, which paints only what changed while it stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import cairo
import numpy as np
from manim import Mobject, ThreeDCamera, VMobject

from .camera import FastCamera
from .paths import Lens

if TYPE_CHECKING:
    from manim.typing import FloatRGBALike_Array, Point3D_Array


class FastThreeDCamera(FastCamera, ThreeDCamera):
    """Manim's three-dimensional camera over two sheets.

    Where it stands and where the light comes from are of its lens: another lens, and all is
    painted anew. Projection, shading and order are Manim's own.
    """

    _ends: tuple[float, ...] | None = None

    def lens(self) -> Lens:
        view = (
            self.get_rotation_matrix().tobytes(),
            self.get_focal_distance(),
            self.get_zoom(),
            self.frame_center.tobytes(),
            self.light_source.points[0].tobytes(),
            self.should_apply_shading,
            self.exponential_projection,
        )
        return super().lens()._replace(view=view)

    def key_of(self, vmobject: VMobject) -> tuple[Any, ...]:
        turned_to = self.fixed_orientation_mobjects.get(vmobject)
        shade: tuple[bytes, ...] = ()
        if vmobject.shade_in_3d:
            # Shaded, its colour is a gradient. Axes say of themselves from where to where.
            shade = tuple(end.tobytes() for end in vmobject.get_gradient_start_and_end_points())
        return (
            *super().key_of(vmobject),
            shade,
            vmobject in self.fixed_in_frame_mobjects,
            turned_to and turned_to().tobytes(),
        )

    def outline_of(self, vmobject: VMobject) -> Point3D_Array:
        return self.transform_points_pre_display(vmobject, vmobject.points)

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context) -> Self:
        self._ends = None
        return super().display_vectorized(vmobject, ctx)

    def set_cairo_context_color(
        self, ctx: cairo.Context, rgbas: FloatRGBALike_Array, vmobject: VMobject
    ) -> Self:
        """As Manim, but a gradient's ends, which axes take long to say, are asked for once."""
        if len(rgbas) == 1:
            return super().set_cairo_context_color(ctx, rgbas, vmobject)
        if self._ends is None:
            ends = np.array(vmobject.get_gradient_start_and_end_points())
            start, end = self.transform_points_pre_display(vmobject, ends)
            self._ends = (*start[:2], *end[:2])
        gradient = cairo.LinearGradient(*self._ends)
        offsets = np.linspace(0, 1, len(rgbas))
        for (red, green, blue, alpha), offset in zip(rgbas, offsets, strict=True):
            gradient.add_color_stop_rgba(offset, blue, green, red, alpha)
        ctx.set_source(gradient)
        return self

    def get_mobjects_to_display(self, *args: Any, **kwargs: Any) -> list[Mobject]:
        self.reset_rotation_matrix()
        turned = self.get_rotation_matrix().T

        def depth(mobject: Mobject) -> float:
            if not getattr(mobject, "shade_in_3d", False):
                return float("inf")
            return float(np.dot(mobject.get_z_index_reference_point(), turned)[2])

        return sorted(super().get_mobjects_to_display(*args, **kwargs), key=depth)
