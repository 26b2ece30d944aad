"""Raster images on the page: what their pixels depend on, and how they are laid over others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from .boxes import NOTHING, Box, common

if TYPE_CHECKING:
    from manim import Camera
    from manim.mobject.types.image_mobject import AbstractImageMobject
    from manim.typing import PixelArray


def places_of(image: AbstractImageMobject, camera: Camera) -> tuple[Any, ...]:
    """Where a camera puts an image on its page, and how it is resampled on the way."""
    corners = camera.points_to_subpixel_coords(image, image.points)
    return (corners.tobytes(), int(image.resampling_algorithm))


def pixels_of(image: AbstractImageMobject) -> tuple[Any, ...]:
    """What an image shows, copied out, because Manim fades it in place."""
    pixels = image.get_pixel_array()
    return (pixels.shape, pixels.dtype.str, pixels.tobytes())


class Overlay:
    """An image as it lies on the page, cut to what can be seen of it."""

    def __init__(self, page: Image.Image | None) -> None:
        """``page`` has the size of the camera's picture; None where there is nothing to be seen."""
        self.box: Box = (page and page.getbbox()) or NOTHING
        self._pixels = page and page.crop(self.box)

    def lay_over(self, picture: PixelArray, box: Box) -> None:
        """Lay what is in ``box`` over a picture, shape (height, width, 4), as Manim does."""
        assert self._pixels  # what has no pixels lies in no box
        left, top, right, bottom = common(self.box, box)
        x, y, _, _ = self.box
        above = self._pixels.crop((left - x, top - y, right - x, bottom - y))
        below = picture[top:bottom, left:right]
        below[:] = np.asarray(Image.alpha_composite(Image.fromarray(below), above))
