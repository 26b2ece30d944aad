"""A camera that paints only what changed since the frame before."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from manim import Mobject, MovingCamera, VMobject

from .boxes import Box
from .paths import Transform, trace
from .sheets import Sheet
from .stencils import Stencils

if TYPE_CHECKING:
    import cairo
    from manim.typing import PixelArray


class FastCamera(MovingCamera):
    """Manim's moving camera over two sheets: what stands still and what may move.

    Derived from the moving camera so that one class serves ``Scene`` and
    ``MovingCameraScene``; where its frame stands is part of what is compared.
    """

    def __init__(self, **kwargs: Any) -> None:
        self._sheets: tuple[Sheet, Sheet] | None = None
        self._stencils = Stencils()
        # Where the still sheet has changed and the one above it does not know yet.
        self._stale: list[Box] = []
        super().__init__(**kwargs)

    def show_static(self, mobjects: Iterable[Mobject]) -> PixelArray:
        """Paint what will stand still and return those pixels (not a copy)."""
        still, _ = self._current_sheets()
        self._stale += still.show(self.get_mobjects_to_display(mobjects), self.matrix())
        return still.pixels

    def show_moving(self, mobjects: Iterable[Mobject], **kwargs: Any) -> list[Box]:
        """Paint ``mobjects`` over what stands still; return the boxes of changed pixels.

        The whole picture is then in ``pixel_array``. Keywords go to
        ``get_mobjects_to_display``.
        """
        _, moving = self._current_sheets()
        shown = self.get_mobjects_to_display(mobjects, **kwargs)
        boxes = moving.show(shown, self.matrix(), self._stale)
        self._stale = []
        return boxes

    def _current_sheets(self) -> tuple[Sheet, Sheet]:
        """The two sheets, new ones when somebody has set another background or size."""
        assert self.background is not None  # Manim's constructor sets it
        if self._sheets is None or self._sheets[0].below is not self.background:
            still = Sheet(self, self._stencils, self.background)
            moving = Sheet(self, self._stencils, still.pixels)
            still.show([], self.matrix())
            self._sheets, self._stale = (still, moving), []
            self.pixel_array = moving.pixels
        return self._sheets

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        if excluded_mobjects or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found = [m for m in _families(mobjects) if m.has_points()]
        return sorted(found, key=attrgetter("z_index")) if self.use_z_index else found

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        super().set_pixel_array(*args, **kwargs)
        self._forget()

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        super().capture_mobjects(mobjects, **kwargs)
        self._forget()

    def _forget(self) -> None:
        """Manim's own methods have painted ``pixel_array``; the sheet must not trust it."""
        if self._sheets is not None:
            self._sheets[1].forget()

    def matrix(self) -> Transform:
        """From scene units to pixels, as Manim's own camera sets it on its contexts."""
        across = self.pixel_width / self.frame_width
        down = self.pixel_height / self.frame_height
        x, y, _ = self.frame_center
        return (
            across, 0.0, 0.0, -down,
            self.pixel_width / 2 - x * across, self.pixel_height / 2 + y * down,
        )  # fmt: skip

    def set_cairo_context_path(self, ctx: cairo.Context, vmobject: VMobject) -> Self:
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        if len(points) % vmobject.n_points_per_cubic_curve:
            return super().set_cairo_context_path(ctx, vmobject)
        trace(ctx, vmobject, points)
        return self


def _families(mobjects: Iterable[Mobject]) -> list[Mobject]:
    """All mobjects with all that is in them, in drawing order; what comes twice counts last.

    As Manim's extract_mobject_family_members, which walks through every family as often as it
    has members in the list.
    """
    found: dict[Mobject, None] = {}

    def collect(mobject: Mobject) -> None:
        if mobject in found:  # and so is its family
            return
        for part in reversed(mobject.submobjects):
            collect(part)
        found[mobject] = None

    for mobject in reversed(list(mobjects)):
        collect(mobject)
    return list(reversed(found))
