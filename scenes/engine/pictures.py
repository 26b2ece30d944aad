"""A writer that hands pictures on as they are drawn, for whoever encodes them otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from manim import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from .renderer import FastRenderer

if TYPE_CHECKING:
    from manim.typing import PixelArray

    from .boxes import Box

# Gets the section's name, the picture and for how many frames it stands. The picture, (height,
# width, 4), is RGBA with colours multiplied by alpha, as cairo keeps them; it is the camera's own
# and changes with the next one.
OnPicture = Callable[[str, "PixelArray", int], None]


class PictureWriter(SceneFileWriter):
    """Writes no file: every picture goes to ``on_picture``."""

    def __init__(self, on_picture: OnPicture, *args: Any) -> None:
        super().__init__(*args)
        self._on_picture = on_picture

    def write_change(self, picture: PixelArray, boxes: Sequence[Box], repeat: int) -> None:
        self._on_picture(self.sections[-1].name, picture, repeat)

    def write_frame(self, pixels: PixelArray, *, repeat: int = 1) -> None:
        self._on_picture(self.sections[-1].name, pixels, repeat)

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        """No file is opened."""

    def end_animation(self, *args: Any, **kwargs: Any) -> None:
        """None is closed."""

    def finish(self) -> None:
        """Nor are files joined."""


def picture_renderer(on_picture: OnPicture) -> CairoRenderer:
    """A renderer to pass to ``Scene(renderer=...)`` that gives its pictures to ``on_picture``."""
    return FastRenderer(partial(PictureWriter, on_picture))
