"""What stands in for Manim's own renderer in scenes that were written without a thought of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from manim import CairoRenderer, Camera, Mobject, config, logger
from manim._config.render_session import resolve_render_session

from .camera import FastCamera, FastMovingCamera
from .changes import ChangeWriter
from .digests import FrameDigests, digest, painters
from .encoder import encodes
from .keeping import KeepingWriter
from .looks import Look
from .renderer import FastRenderer
from .three_d import FastThreeDCamera
from .zoomed import FastMultiCamera

if TYPE_CHECKING:
    from manim import Scene
    from manim._config.render_session import RenderSessionSpec


# Cameras of which ``FrameDigests`` knows all that their pictures hang on; no class derived of them.
KNOWN = (FastCamera, FastMovingCamera, FastMultiCamera, FastThreeDCamera)


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
    if config.disable_caching or session.video_encoder is None:
        return FastRenderer(ChangeWriter, skip_animations)
    return KeepingRenderer(skip_animations)


class KeepingRenderer(FastRenderer):
    """Draws no frame that a file shows already; of cameras not ours, Manim's cache says so."""

    def __init__(self, skip_animations: bool) -> None:
        super().__init__(self._writer, skip_animations)

    def _writer(self, *settings: Any) -> ChangeWriter:
        return (KeepingWriter if type(self.camera) in KNOWN else CachedWriter)(*settings)

    def init_scene(self, scene: Scene, *args: Any) -> None:
        super().init_scene(scene, *args)
        self._digests: FrameDigests | None = None

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        if isinstance(self.file_writer, CachedWriter):
            CairoRenderer.play(self, scene, *args, **kwargs)
            return
        # Asked for each play: the scene may have set another camera.
        if isinstance(self.camera, FastCamera) and type(self.camera) in KNOWN:
            self._digests = FrameDigests(self.camera)
        super().play(scene, *args, **kwargs)

    def _stand_still(self, look: Look | None) -> None:
        if self._digests:
            self._digests.begin(look)
        super()._stand_still(look)

    def _show(self, scene: Scene, mobjects: Iterable[Mobject] | None, frames: int) -> None:
        digests = self._digests
        if digests is None or digests.camera is not self.camera or self.skip_animations:
            super()._show(scene, mobjects, frames)
            return
        look = self._look(scene, mobjects)
        left = self.file_writer.to_draw(digests.of(look), frames)
        self.time += (frames - left) / self.camera.frame_rate
        if left:
            self._paint(look)
            self._write(left)
        else:
            digests.camera.put_off = partial(self.update_frame, scene)


class CachedWriter(ChangeWriter):
    """Keeps plays under Manim's hash, but not its names: files of that one do not join ours."""

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        super().add_partial_movie_file(hash_animation and self._ours(hash_animation))

    def is_already_cached(self, hash_invocation: str) -> bool:
        return super().is_already_cached(self._ours(hash_invocation))

    def _ours(self, name: str) -> str:
        return digest(painters(), name.encode()).hex()


def _why_not(session: RenderSessionSpec) -> str:
    """Why the engine does not write this film, or nothing."""
    film = session.video_encoder
    if film is None or encodes(film):
        return ""
    return (
        f"{film.width}x{film.height} {film.codec} in {film.pixel_format} is not H.264 in yuv420p "
        "with even sides"
    )
