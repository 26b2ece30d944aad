"""What a camera sees at one moment: for the digest of a frame and for its picture."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

if TYPE_CHECKING:
    from .camera import FastCamera

# What Manim's camera paints of all that it is given.
PICTURED = (VMobject, PMobject, AbstractImageMobject)


def is_outline(mobject: Mobject) -> bool:
    """Whether it is filled and stroked with colours alone."""
    return isinstance(mobject, VMobject) and not mobject.get_background_image()


class Look:
    """Mobjects, in drawing order, as ``camera`` sees them now."""

    def __init__(self, camera: FastCamera, shown: Iterable[Mobject]) -> None:
        self._camera = camera
        # Others, such as a value tracker, have points and no picture.
        self.mobjects = [m for m in shown if isinstance(m, PICTURED)]
        others = [m for m in self.mobjects if not is_outline(m)]
        # Asked for only where there is an outline: a plain camera keeps what it is asked for first.
        self.lens = camera.lens() if len(others) < len(self.mobjects) else None
        self.has_keys = all(isinstance(m, AbstractImageMobject) for m in others)

    @cached_property
    def background(self) -> int:
        """The camera's number of the background; ask before it changes."""
        return self._camera.see_background()

    def of_nothing(self) -> Look:
        """The background of this moment, with nothing over it."""
        look = Look(self._camera, [])
        look.background = self.background
        return look

    @cached_property
    def keys(self) -> list[tuple[Any, ...]]:
        """The camera's key of each mobject, if the look has keys; ask before anything moves."""
        return [self._camera.key_of(mobject) for mobject in self.mobjects]
