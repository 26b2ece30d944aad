"""A renderer for any Manim scene that redraws, converts and encodes only what changed.

    class Lecture(Scene):
        def __init__(self) -> None:
            super().__init__(renderer=fast_renderer())

Nothing global is changed: a scene built without it renders as Manim renders.
"""

from __future__ import annotations

from manim import CairoRenderer

from .camera import FastCamera
from .renderer import FastRenderer
from .writer import FastWriter

__all__ = ["FastCamera", "FastRenderer", "FastWriter", "fast_renderer"]


def fast_renderer(skip_animations: bool = False) -> CairoRenderer:
    """A renderer to pass to ``Scene(renderer=...)``; one renderer serves one scene."""
    return FastRenderer(skip_animations=skip_animations)
