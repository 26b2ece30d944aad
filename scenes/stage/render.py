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
from manim.typing import PixelArray
from PIL import Image

from epochreel.lecture.video import QUALITIES, Video
from epochreel.record.view import Show, View
from scenes.engine.formats import Encoder, encoder_of, straight
from scenes.engine.pictures import picture_renderer
from scenes.stage.scene import Beat, LectureScene, NotedPhrases

Pixels = npt.NDArray[np.uint8]


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


def draw_as(
    name: str,
    show: Show,
    video: Video,
    format: str,
    transparent: bool,
    beats: Collection[str],
    folder: Path,
) -> dict[str, Path]:
    """Draw beats of a scene as `webm`, `mov`, `gif` or `png`; files in `folder` by beat."""
    if format == "png":
        return _last_frames(name, show, video, transparent, beats, folder)
    files = _Files(format, video, transparent, folder)
    with manim_config(video, folder, dry_run=True):
        renderer = picture_renderer(files.show)
        _stage(name, show, only=beats, transparent=transparent, renderer=renderer).render()
    files.close()
    return files.made


def _last_frames(
    name: str, show: Show, video: Video, transparent: bool, beats: Collection[str], folder: Path
) -> dict[str, Path]:
    made: dict[str, Path] = {}
    for beat, _, last in ends(name, show, video, transparent=transparent):
        if beat.name in beats:
            made[beat.name] = folder / f"{len(made)}.png"
            Image.fromarray(last if transparent else last[:, :, :3]).save(made[beat.name])
    return made


class _Files:
    """Files in `folder`, one after the other, one for each beat that is shown."""

    def __init__(self, format: str, video: Video, transparent: bool, folder: Path) -> None:
        self.made: dict[str, Path] = {}
        self._format, self._video, self._transparent = format, video, transparent
        self._folder = folder
        self._encoder: Encoder | None = None

    def show(self, beat: str, picture: PixelArray, repeat: int) -> None:
        if beat not in self.made:
            self.close()
            path = self.made[beat] = self._folder / f"{len(self.made)}.{self._format}"
            size = (self._video.width, self._video.height)
            self._encoder = encoder_of(
                self._format, path, size, self._video.frame_rate, self._transparent
            )
        assert self._encoder
        self._encoder.show(picture, repeat)

    def close(self) -> None:
        if self._encoder:
            self._encoder.close()


def ends(
    name: str, show: Show, video: Video, engine: str = "fast", transparent: bool = False
) -> Iterator[tuple[Beat, Pixels, Pixels]]:
    """Every beat of a scene, and its first and last frame as pixels (height, width, 4), RGBA."""
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = _stage(name, show, only=(), engine=engine, transparent=transparent)

        def picture() -> Pixels:
            scene.renderer.update_frame(scene)
            return straight(scene.renderer.get_frame())

        first: list[Pixels] = []
        for beat in scene.beats():
            scene.enter(beat)
            scene.on_start = lambda: first.append(picture())
            beat.play()
            yield beat, first.pop(), picture()


def captions(name: str, show: Show) -> dict[str, str]:
    """The caption of every beat of a scene; nothing is built or drawn."""
    with (
        tempfile.TemporaryDirectory() as folder,
        manim_config(QUALITIES["draft"], Path(folder), dry_run=True),
    ):
        scene = _stage(name, show, only=(), engine="fast")
        return {beat.name: beat.caption for beat in scene.beats()}


def _stage(name: str, show: Show, only: Collection[str], **options: Any) -> LectureScene:
    scene = load_scene(name)
    return scene(
        View(show, scene.reads),
        language=show.language,
        theme=show.theme,
        only=only,
        **options,
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
