"""A scene looked at beat by beat, with what is wrong with its pages."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from epochreel.lecture.video import Video
from epochreel.record.view import Show
from scenes.engine.formats import straight
from scenes.stage.catalogue import SceneCode
from scenes.stage.checks import problems
from scenes.stage.render import Pixels, manim_config, on_stage
from scenes.stage.scene import Beat


def looked_at(
    code: SceneCode, show: Show, video: Video
) -> Iterator[tuple[Beat, Pixels, list[str]]]:
    """Every beat of a scene, its last frame (height, width, 4), RGBA, and that frame's problems."""
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = on_stage(code, show, only=(), engine="fast")
        for beat in scene.beats():
            scene.enter(beat)
            beat.play()
            scene.leave(beat)
            scene.renderer.update_frame(scene)
            yield beat, straight(scene.renderer.get_frame()), problems(scene)
