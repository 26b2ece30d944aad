"""A renderer for any Manim scene that redraws, converts and encodes only what changed.

    class Lecture(Scene):
        def __init__(self, renderer=None, **options):
            super().__init__(renderer or fast_renderer(), **options)

With ``--renderer opengl`` Manim's command makes the renderer and passes it in.

A scene built without it renders as Manim renders: nothing global is changed but while a play runs
(see ``lengths``). ``fast_renderer`` is made for lectures; ``drop_in_renderer`` keeps to Manim's
ways, and the plugin gives it to scenes.
"""

from __future__ import annotations

from manim import CairoRenderer, config
from manim.constants import RendererType

from .camera import FastCamera
from .drop_in import drop_in_renderer
from .renderer import FastRenderer
from .writer import FastWriter

__all__ = ["FastCamera", "FastRenderer", "FastWriter", "drop_in_renderer", "fast_renderer"]


def fast_renderer(skip_animations: bool = False) -> CairoRenderer | None:
    """A renderer to pass to ``Scene(renderer=...)``; one renderer serves one scene.

    None where Manim is to draw with OpenGL: the scene makes its own renderer then.
    """
    if config.renderer == RendererType.OPENGL:
        return None
    return FastRenderer(skip_animations=skip_animations)
