"""A camera that paints only what changed since the frame before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from manim import Camera, Mobject, MovingCamera, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from .boxes import Box
from .drawables import key_of
from .images import Overlay, pixels_of, places_of
from .looks import Look
from .paths import Lens, has_manims_path, lens_of, trace
from .sheets import Sheet
from .stencils import Stencils

if TYPE_CHECKING:
    import cairo
    from manim.typing import PixelArray, Point3D, Point3D_Array
    from PIL import Image


# Stands for a picture where only what would be laid over it is asked for.
NOWHERE = np.empty(0, np.uint8)


class FastCamera(Camera):
    """Manim's camera over two sheets: what stands still and what may move.

    ``picture`` is what they show, for the engine, which does not paint on it itself.
    """

    picture: PixelArray

    def __init__(self, **kwargs: Any) -> None:
        self._sheets: tuple[Sheet, Sheet] | None = None
        self._stencils = Stencils()
        self._ground = bytearray()
        self._has_seen_background = self._is_background_lent = False
        # How many backgrounds there were, and which of them the still sheet lies on.
        self._backgrounds = self._lies_on = 0
        # Paints the picture, where that was put off until someone asks for it.
        self.put_off: Callable[[], None] | None = None
        # Where the still sheet has changed and the one above it does not know yet.
        self._stale: list[Box] = []
        # What Manim would have laid over a page that is nowhere.
        self._laid: Image.Image | None = None
        super().__init__(**kwargs)
        self._is_background_lent = False  # Manim has asked for it, and has it no more

    def look(self, mobjects: Iterable[Mobject], **kwargs: Any) -> Look:
        """Take in what ``mobjects`` look like now; keywords go to ``get_mobjects_to_display``."""
        return Look(self, self.get_mobjects_to_display(mobjects, **kwargs))

    def show_static(self, look: Look) -> PixelArray:
        """Paint what will stand still, on the background as it was seen; return those pixels.

        They are no copy.
        """
        still, _ = self._current_sheets()
        news = [] if look.background == self._lies_on else [still.whole]
        self._lies_on = look.background
        self._stale += still.show(look, news)
        return still.pixels

    def show_moving(self, look: Look) -> list[Box]:
        """Paint what may move over what stands still; return the boxes of changed pixels.

        The whole picture is then in ``picture``.
        """
        self.put_off = None
        _, moving = self._current_sheets()
        boxes = moving.show(look, self._stale)
        self._stale = []
        return boxes

    def see_background(self) -> int:
        """Take in the background as it is now; its number tells it from all before.

        The still sheet has a copy, since whoever draws may write to the background in place.
        """
        still, _ = self._current_sheets()
        if self._is_background_lent or not self._has_seen_background:
            assert self._background is not None  # Manim's constructor sets it
            # Bytes are compared twice as fast as NumPy does, and this may be asked in every frame.
            if self._ground != np.ascontiguousarray(self._background).data:
                np.copyto(still.below, self._background, casting="unsafe")
                self._backgrounds += 1
            self._has_seen_background = True
        return self._backgrounds

    @property
    def seen_background(self) -> PixelArray:
        """The background as it was seen last."""
        still, _ = self._current_sheets()
        return still.below

    def lens(self) -> Lens:
        """What brings every mobject to the page; with another one all is painted anew."""
        return lens_of(self, self.picture)

    def key_of(self, mobject: Mobject) -> tuple[Any, ...]:
        """Everything that the pixels of an outline, but for the lens, or an image depend on."""
        if isinstance(mobject, VMobject):
            return key_of(mobject, self.gradient_of)
        assert isinstance(mobject, AbstractImageMobject)
        return (*pixels_of(mobject), *places_of(mobject, self))

    def gradient_of(self, vmobject: VMobject) -> tuple[Point3D, Point3D]:
        """Where its gradient starts and ends."""
        return vmobject.get_gradient_start_and_end_points()

    def outline_of(self, vmobject: VMobject) -> Point3D_Array:
        """Where its points are, shape (points, 3), before the lens's matrix."""
        return vmobject.points

    def overlay_of(self, image: AbstractImageMobject) -> Overlay:
        """The image as it is laid over the page."""
        self._laid = None
        self.display_image_mobject(image, NOWHERE)
        return Overlay(self._laid)

    def overlay_PIL_image(  # noqa: N802 (Manim's name)
        self, pixel_array: PixelArray, image: Image.Image
    ) -> None:
        if pixel_array is NOWHERE:
            self._laid = image
        else:
            super().overlay_PIL_image(pixel_array, image)

    def _current_sheets(self) -> tuple[Sheet, Sheet]:
        """The two sheets, new ones where Manim's camera has another array to draw on."""
        if self._sheets is None or self._sheets[1].pixels is not self.picture:
            shape, base = self.picture.shape, np.zeros_like(self.picture)
            self._ground = bytearray(base.nbytes)
            ground = np.frombuffer(self._ground, base.dtype).reshape(shape)
            still = Sheet(self, self._stencils, ground, base)
            moving = Sheet(self, self._stencils, base, self.picture)
            self._sheets, self._stale = (still, moving), []
            self._has_seen_background = False
            self._backgrounds += 1
            self._lies_on = self._backgrounds
        return self._sheets

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        if excluded_mobjects or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        family = _families(mobjects)
        if any(type(m).get_family is not Mobject.get_family for m in family):
            return super().get_mobjects_to_display(mobjects)
        found = [m for m in family if m.has_points()]
        return sorted(found, key=attrgetter("z_index")) if self.use_z_index else found

    @property
    def pixel_array(self) -> PixelArray:
        """The picture, for Manim's methods and for scenes.

        Whoever asks for it may paint on it, so that the sheet does not trust it any more.
        """
        if self.put_off:
            self.put_off()
        if self._sheets is not None:
            self._sheets[1].forget()
        return self.picture

    @pixel_array.setter
    def pixel_array(self, pixels: PixelArray) -> None:
        self.picture = pixels

    @property
    def background(self) -> PixelArray | None:
        """What all is painted on; whoever asks for it may write to it, then or later."""
        self._is_background_lent = True
        return self._background

    @background.setter
    def background(self, pixels: PixelArray | None) -> None:
        self._background = pixels
        self._is_background_lent = True

    def init_background(self) -> None:
        super().init_background()
        self._has_seen_background = self._is_background_lent = False

    def set_cairo_context_path(self, ctx: cairo.Context, vmobject: VMobject) -> Self:
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        unfinished = len(points) % vmobject.n_points_per_cubic_curve
        if unfinished or not has_manims_path(type(vmobject)):
            return super().set_cairo_context_path(ctx, vmobject)
        trace(ctx, vmobject, points)
        return self


class FastMovingCamera(FastCamera, MovingCamera):
    """The same for scenes whose camera is moved about."""


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
