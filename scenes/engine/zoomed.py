"""Manim's camera that shows on the page what other cameras see, painted where it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from manim import Mobject, MovingCamera, MultiCamera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils.iterables import list_difference_update

from .camera import FastCamera
from .images import places_of
from .looks import PICTURED, Look, is_outline

if TYPE_CHECKING:
    from manim import ImageMobjectFromCamera
    from manim.typing import PixelArray


class FastMultiCamera(FastCamera, MultiCamera):
    """Manim's camera over two sheets.

    What another camera sees is known by the keys of that; it takes its picture only where that
    one is to be painted.
    """

    def __init__(self, **kwargs: Any) -> None:
        self._seen: dict[Mobject, tuple[Any, ...]] = {}
        self._untaken: dict[Mobject, Callable[[], None]] = {}
        super().__init__(**kwargs)

    def look(self, mobjects: Iterable[Mobject], **kwargs: Any) -> Look:
        shown = list(mobjects)
        self._seen, self._untaken = {}, {}
        for display in self.image_mobjects_from_cameras:
            self._aim(display, shown, **kwargs)
        return super().look(shown, **kwargs)

    def key_of(self, mobject: Mobject) -> tuple[Any, ...]:
        if isinstance(mobject, AbstractImageMobject) and mobject in self._seen:
            return (self._seen[mobject], *places_of(mobject, self))
        return super().key_of(mobject)

    def display_image_mobject(
        self, image_mobject: AbstractImageMobject, pixel_array: PixelArray
    ) -> None:
        if take := self._untaken.pop(image_mobject, None):
            take()
        super().display_image_mobject(image_mobject, pixel_array)

    def _aim(self, display: ImageMobjectFromCamera, shown: list[Mobject], **kwargs: Any) -> None:
        """Give the camera of a display the shape of that, and know what it sees now."""
        camera = display.camera
        height, width = self.picture.shape[:2]
        size = (
            int(height * display.height / self.frame_height),
            int(width * display.width / self.frame_width),
        )
        if not self.allow_cameras_to_capture_their_own_display:
            shown = list_difference_update(shown, display.get_family())
        if type(camera) is not MovingCamera:  # which may see in its own way
            camera.reset_pixel_shape(*size)
            camera.capture_mobjects(shown, **kwargs)
            return
        # As its reset_pixel_shape, which also gives its frame the shape, but for the pixels.
        camera.pixel_height, camera.pixel_width = size
        camera.resize_frame_shape()
        self._seen[display] = self._sight(camera, shown, **kwargs)
        self._untaken[display] = partial(_take, camera, shown, **kwargs)

    def _sight(self, camera: MovingCamera, shown: list[Mobject], **kwargs: Any) -> tuple[Any, ...]:
        """Everything that its picture depends on; equal to nothing where that is not known."""
        displayed = camera.get_mobjects_to_display(shown, **kwargs)
        return (
            (camera.pixel_height, camera.pixel_width),
            (float(camera.frame_height), float(camera.frame_width)),
            camera.frame_center.tobytes(),
            camera.cairo_line_width_multiple,
            (*map(float, camera.background_color.to_rgba()), camera.background_opacity),
            camera.background_image and object(),
            *(
                self.key_of(mobject) if is_outline(mobject) else object()
                for mobject in displayed
                if isinstance(mobject, PICTURED)
            ),
        )


def _take(camera: MovingCamera, shown: list[Mobject], **kwargs: Any) -> None:
    camera.init_background()
    camera.reset()
    camera.capture_mobjects(shown, **kwargs)
