"""The renderer that stands between a scene, the fast camera and the fast writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from manim import CairoRenderer, Camera, Mobject, MovingCamera, MultiCamera, ThreeDCamera, logger
from manim.utils.iterables import list_update

from .boxes import merged
from .camera import FastCamera, FastMovingCamera
from .lengths import measured_once
from .looks import Look
from .three_d import FastThreeDCamera
from .writer import FastWriter
from .zoomed import FastMultiCamera

if TYPE_CHECKING:
    from manim import Scene
    from manim.scene.scene_file_writer import SceneFileWriter
    from manim.typing import PixelArray

    from .boxes import Box


FAST: dict[type[Camera], type[Camera]] = {
    Camera: FastCamera,
    MovingCamera: FastMovingCamera,
    MultiCamera: FastMultiCamera,
    ThreeDCamera: FastThreeDCamera,
}


class FastRenderer(CairoRenderer):
    """Draws what Manim's Cairo renderer draws and hands on only the pixels that changed.

    A scene that asks for a camera of its own kind gets that one and is drawn by Manim's own
    methods; only the writer is the fast one then.
    """

    def __init__(
        self,
        file_writer_class: Callable[..., SceneFileWriter] = FastWriter,
        skip_animations: bool = False,
        camera_class: type[Camera] | None = None,
    ) -> None:
        super().__init__(
            file_writer_class=file_writer_class,  # type: ignore[arg-type]
            camera_class=camera_class or FastCamera,
            skip_animations=skip_animations,
        )
        self._changed: list[Box] = []

    def init_scene(self, scene: Scene, *args: Any) -> None:
        kind = FAST.get(scene.camera_class, scene.camera_class)
        if kind is scene.camera_class:
            logger.debug("%s draws with Manim's own %s", scene, kind.__name__)
        if type(self.camera) is not kind:
            self.camera = kind()
        super().init_scene(scene, *args)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """One play, as Manim does it, without its cache.

        Manim keeps one file per play under a hash of everything in the scene, which takes
        longer than drawing it here; and a section's plays share one file (see FastWriter).
        """
        self.skip_animations = self._original_skipping_status
        self.update_skipping_status()
        scene.compile_animation_data(*args, **kwargs)
        if self.skip_animations:
            self.time += scene.duration
        name = None if self.skip_animations else f"uncached_{self.num_plays:05}"
        self.animations_hashes.append(name)
        self.file_writer.add_partial_movie_file(name)
        self.file_writer.begin_animation(not self.skip_animations, animation_index=self.num_plays)
        with measured_once():
            scene.begin_animations()
            self.save_static_frame_data(scene, scene.static_mobjects)
            if scene.is_current_animation_frozen_frame():
                self._hold(scene)
            else:
                scene.play_internal()
        self.file_writer.end_animation(not self.skip_animations)
        self.num_plays += 1

    def _hold(self, scene: Scene) -> None:
        # Truncated as Manim truncates, so that both films have the same length.
        frames = int(scene.duration / (1 / self.camera.frame_rate))
        self._show(scene, scene.moving_mobjects, frames)

    def render(
        self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None
    ) -> None:
        self._show(scene, moving_mobjects, 1)

    def _show(self, scene: Scene, mobjects: Iterable[Mobject] | None, frames: int) -> None:
        """Draw what the scene looks like, to be seen for ``frames`` frames."""
        self.update_frame(scene, mobjects)
        self._write(frames)

    def save_static_frame_data(
        self, scene: Scene, static_mobjects: Iterable[Mobject]
    ) -> PixelArray | None:
        if not isinstance(self.camera, FastCamera):
            return super().save_static_frame_data(scene, static_mobjects)
        self._stand_still(self.camera.look(static_mobjects) if static_mobjects else None)
        return self.static_image

    def _stand_still(self, look: Look | None) -> None:
        """Keep what stands still in a play, if anything does."""
        assert isinstance(self.camera, FastCamera)
        self.static_image = self.camera.show_static(look) if look else None

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        if not isinstance(self.camera, FastCamera):
            super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
            return
        if self.skip_animations and not ignore_skipping:
            return
        self._paint(self._look(scene, mobjects, include_submobjects=include_submobjects, **kwargs))

    def _look(self, scene: Scene, mobjects: Iterable[Mobject] | None, **kwargs: Any) -> Look:
        """What moves, or else all, as it is now."""
        assert isinstance(self.camera, FastCamera)
        everything = list_update(scene.mobjects, scene.foreground_mobjects)
        return self.camera.look(mobjects or everything, **kwargs)

    def _paint(self, look: Look) -> None:
        assert isinstance(self.camera, FastCamera)
        if self.static_image is None:
            self.camera.show_static(look.of_nothing())
        self._changed += self.camera.show_moving(look)

    def _write(self, frames: int) -> None:
        """Hand the picture on, to be seen for ``frames`` frames; not while plays are skipped."""
        if self.skip_animations:
            self._changed = merged(self._changed)
            return
        write_change = getattr(self.file_writer, "write_change", None)
        if write_change is None or not isinstance(self.camera, FastCamera):
            self.add_frame(self.get_frame(), frames)
            return
        self.time += frames / self.camera.frame_rate
        write_change(self.camera.picture, self._changed, repeat=frames)
        self._changed = []
