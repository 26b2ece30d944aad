"""Scenes gone through and drawn: the only place that sets Manim's config, for a while."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from manim import tempconfig

from epochreel.lecture.video import Video
from epochreel.record.view import Show, View
from scenes.stage.scene import Beat, LectureScene, NotedPhrases


@dataclass(frozen=True)
class Walked:
    """A beat gone through without drawing a frame.

    Attributes:
        seconds: how long it plays.
        values: what it draws of the record and the lecture, by name.
        words: the phrases on screen, by name.
    """

    name: str
    caption: str
    seconds: float
    values: Mapping[str, Any]
    words: Mapping[str, str]


def load_scene(name: str) -> type[LectureScene]:
    """The scene's class: `LossCurve` of `scenes/loss_curve.py`."""
    module = import_module(f"scenes.{name}")
    scene: type[LectureScene] = getattr(module, class_name(name))
    return scene


def class_name(name: str) -> str:
    """The class that a scene's file holds."""
    return "".join(word.capitalize() for word in name.split("_"))


def walk(name: str, show: Show, video: Video) -> list[Walked]:
    """Every beat of a scene, and what it depends on.

    Raises:
        RenderError: words or numbers that this scene cannot show.
    """
    walked = []
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = _stage(name, show, only=(), engine="fast")
        for beat in scene.beats():
            scene.enter(beat)
            beat.play()
            # Beats before this one drew what it starts from: all that was asked until now.
            values = {**scene.view.asked, **beat.draws}
            words = dict(cast(NotedPhrases, scene.words).asked)
            seconds = scene.seconds[beat.name]
            walked.append(Walked(beat.name, beat.caption, seconds, values, words))
    return walked


def draw(
    name: str, show: Show, video: Video, engine: str, beats: Collection[str], folder: Path
) -> dict[str, Path]:
    """Draw beats of a scene, each to a file in `folder`; by the beat's name."""
    with manim_config(video, folder):
        scene = _stage(name, show, only=beats, engine=engine)
        scene.render()
        writer = scene.renderer.file_writer
        return {
            section.name: writer.sections_output_dir / section.video
            for section in writer.sections
            if section.video is not None
        }


def stills(
    name: str, show: Show, video: Video, engine: str
) -> Iterator[tuple[Beat, npt.NDArray[np.uint8]]]:
    """Every beat of a scene, and its last frame as pixels (height, width, 3)."""
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = _stage(name, show, only=(), engine=engine)
        for beat in scene.beats():
            scene.enter(beat)
            beat.play()
            scene.renderer.update_frame(scene)
            yield beat, np.asarray(scene.renderer.get_frame()[:, :, :3], dtype=np.uint8)


def _stage(name: str, show: Show, only: Collection[str], engine: str) -> LectureScene:
    scene = load_scene(name)
    return scene(
        View(show, scene.reads),
        language=show.language,
        theme=show.theme,
        only=only,
        engine=engine,
    )


@contextmanager
def manim_config(video: Video, folder: Path, *, dry_run: bool = False) -> Iterator[None]:
    """Manim's settings for clips of `video`; whatever it writes goes to `folder`."""
    settings = {
        "pixel_width": video.width,
        "pixel_height": video.height,
        "frame_rate": video.frame_rate,
        "media_dir": str(folder),
        "disable_caching": True,
        "save_sections": True,
        "dry_run": dry_run,
        "verbosity": "ERROR",
        "progress_bar": "none",
        "notify_outdated_version": False,
    }
    with tempconfig(settings):
        yield
