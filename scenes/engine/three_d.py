"""The camera of three-dimensional scenes, which paints only what changed while it stands still."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, Self

import cairo
import numpy as np
from manim import Mobject, ThreeDCamera, VMobject

from .camera import FastCamera
from .paths import Lens

if TYPE_CHECKING:
    from manim.typing import FloatRGBA_Array, FloatRGBALike_Array, Point3D, Point3D_Array

# What Manim asks of a mobject to find its place among others, and the light on it.
ASKED = {
    "get_z_index_reference_point",
    "get_center",
    "get_critical_point",
    "get_extremum_along_dim",
    "get_points_defining_boundary",
    "get_family",
    "get_anchors",
    "get_start_anchors",
    "get_end_anchors",
    "get_num_points",
}
_answers = attrgetter(*ASKED)
MANY = 20_000  # faces whose centre and light are kept


class FastThreeDCamera(FastCamera, ThreeDCamera):
    """Manim's three-dimensional camera over two sheets.

    Where it stands and where the light comes from are of its lens: another lens, and all is
    painted anew. Projection, shading and order are Manim's own; what of them hangs on points and
    colours alone, such as how bright a face is, is worked out once.
    """

    def __init__(self, **kwargs: Any) -> None:
        # Of this look alone: by the next one other things may have moved. Gradients are in the
        # scene, their ends on the page.
        self._gradients: dict[object, tuple[Point3D, Point3D]] = {}
        self._ends: dict[VMobject, tuple[float, ...]] = {}
        self._centers, self._shaded = _Made(), _Made()
        super().__init__(**kwargs)

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

    def key_of(self, mobject: Mobject) -> tuple[Any, ...]:
        turned_to = self.fixed_orientation_mobjects.get(mobject)
        return (
            *super().key_of(mobject),
            mobject in self.fixed_in_frame_mobjects,
            turned_to and turned_to().tobytes(),
        )

    def gradient_of(self, vmobject: VMobject) -> tuple[Point3D, Point3D]:
        """As it says, asked once in a look; of axes all parts say the same, and take long to."""
        ask = vmobject.get_gradient_start_and_end_points
        asked = _closed_over(ask) or vmobject
        if asked not in self._gradients:
            self._gradients[asked] = ask()
        return self._gradients[asked]

    def modified_rgbas(self, vmobject: VMobject, rgbas: FloatRGBA_Array) -> FloatRGBA_Array:
        shade = partial(super().modified_rgbas, vmobject, rgbas)
        if not vmobject.shade_in_3d or not self.should_apply_shading or _says_its_own(vmobject):
            return shade()
        parts = (vmobject.points, rgbas, self.light_source.points[0])
        return self._shaded.of(tuple(part.tobytes() for part in parts), shade)

    def outline_of(self, vmobject: VMobject) -> Point3D_Array:
        return self.transform_points_pre_display(vmobject, vmobject.points)

    def set_cairo_context_color(
        self, ctx: cairo.Context, rgbas: FloatRGBALike_Array, vmobject: VMobject
    ) -> Self:
        """As Manim, but the ends of a gradient are not asked for again."""
        if len(rgbas) == 1:
            return super().set_cairo_context_color(ctx, rgbas, vmobject)
        if vmobject not in self._ends:
            ends = np.array(self.gradient_of(vmobject))
            start, end = self.transform_points_pre_display(vmobject, ends)
            self._ends[vmobject] = (*start[:2], *end[:2])
        gradient = cairo.LinearGradient(*self._ends[vmobject])
        for (red, green, blue, alpha), offset in zip(rgbas, _offsets(len(rgbas)), strict=True):
            gradient.add_color_stop_rgba(offset, blue, green, red, alpha)
        ctx.set_source(gradient)
        return self

    def get_mobjects_to_display(self, *args: Any, **kwargs: Any) -> list[Mobject]:
        self._gradients, self._ends = {}, {}
        self.reset_rotation_matrix()
        turned = self.get_rotation_matrix().T

        def depth(mobject: Mobject) -> float:
            if not getattr(mobject, "shade_in_3d", False):
                return float("inf")
            return float(np.dot(self._center(mobject), turned)[2])

        return sorted(super().get_mobjects_to_display(*args, **kwargs), key=depth)

    def _center(self, mobject: Mobject) -> Point3D:
        """What stands for it in their order."""
        if mobject.submobjects or not isinstance(mobject, VMobject) or _says_its_own(mobject):
            return mobject.get_z_index_reference_point()
        return self._centers.of(mobject.points.tobytes(), mobject.get_z_index_reference_point)


class _Made:
    """What was made, by what it was made from."""

    def __init__(self) -> None:
        self._made: dict[object, Any] = {}

    def of(self, parts: object, make: Callable[[], Any]) -> Any:
        if parts not in self._made:
            if len(self._made) == MANY:
                self._made.clear()
            self._made[parts] = make()
        return self._made[parts]


def _says_its_own(vmobject: VMobject) -> bool:
    """Whether it may say of its place what its points do not."""
    own = not ASKED.isdisjoint(vars(vmobject)) or "z_index_group" in vars(vmobject)
    return own or _answers(type(vmobject)) != _answers(VMobject)


@cache
def _offsets(count: int) -> tuple[float, ...]:
    """Of so many colours along a gradient."""
    return tuple(np.linspace(0, 1, count))


def _closed_over(function: Callable[[], Any]) -> tuple[Any, ...]:
    """Equal for functions that answer the same at one moment; empty where that is not known."""
    if not isinstance(function, FunctionType) or not function.__closure__:
        return ()
    if function.__defaults__ or function.__kwdefaults__:
        return ()
    return (function.__code__, *(id(cell.cell_contents) for cell in function.__closure__))
