"""What stands in for Manim's own renderer in scenes that were written without a thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manim import CairoRenderer, Camera, config, logger
from manim._config.render_session import resolve_render_session

from .changes import ChangeWriter
from .encoder import encodes
from .renderer import FastRenderer

if TYPE_CHECKING:
    from manim._config.render_session import RenderSessionSpec


def drop_in_renderer(
    camera_class: type[Camera] = Camera, skip_animations: bool = False
) -> CairoRenderer:
    """What a scene draws with that would have made itself a ``CairoRenderer`` of these arguments.

    That one, where the engine cannot write what Manim's settings ask for.
    """
    session = resolve_render_session(
        config, CairoRenderer.capabilities, renderer_name=CairoRenderer.__name__
    )
    if reason := _why_not(session):
        logger.debug("The engine leaves this to Manim: %s", reason)
        return CairoRenderer(camera_class=camera_class, skip_animations=skip_animations)
    return FastRenderer(ChangeWriter, skip_animations)


def _why_not(session: RenderSessionSpec) -> str:
    """Why the engine does not write this film, or nothing."""
    film = session.video_encoder
    if film is None or encodes(film):
        return ""
    return (
        f"{film.width}x{film.height} {film.codec} in {film.pixel_format} is not H.264 in yuv420p "
        "with even sides"
    )
