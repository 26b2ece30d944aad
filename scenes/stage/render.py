"""Scenes gone through and drawn: the only place that sets Manim's config, for a while."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from manim import config
from manim.typing import PixelArray
from PIL import Image

from epochreel.errors import BadCaption, BadScenes
from epochreel.lecture.languages import translations
from epochreel.lecture.video import QUALITIES, Video
from epochreel.record.view import Show, View
from scenes.engine import FastRenderer
from scenes.engine.formats import Encoder, encoder_of, straight
from scenes.engine.pictures import picture_renderer
from scenes.engine.writer import SectionWriter
from scenes.stage.scene import Beat, LectureScene

if TYPE_CHECKING:  # another scene's name is no new picture
    from scenes.stage.catalogue import SceneCode

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


def load_scene(code: "SceneCode") -> type[LectureScene]:
    """The scene's class.

    Raises:
        BadScenes: there is something else of its name.
    """
    scene = getattr(import_module(code.module), code.class_name, None)
    if not (isinstance(scene, type) and issubclass(scene, LectureScene)):
        raise BadScenes(f"{code.module}.{code.class_name} is no LectureScene.", field=code.name)
    return scene


def title_of(code: "SceneCode", show: Show) -> str:
    """The chapter's name in the show's language, or as the lecture says it."""
    own = show.lecture.chapters.get(show.language, {}).get(code.name)
    return own or translations(show.language).gettext(load_scene(code).chapter(_view(code, show)))


def why_not(code: "SceneCode", show: Show) -> str | None:
    """Why a scene has nothing to show; None where it has something."""
    if "runs" in load_scene(code).reads and not show.runs:
        return "it draws runs side by side, and this is one run"
    if "runs" not in load_scene(code).reads and show.runs and not show.lecture.compare:
        return f"{len(show.runs)} runs are compared, which the scene 'compare' draws"
    return load_scene(code).needs(_view(code, show))


def caption_of(code: "SceneCode", beat: Beat, show: Show) -> str:
    """What is said in a beat, or what the lecture says instead.

    Raises:
        BadCaption: the lecture's words have a place for something that is not said there.
    """
    name = f"{code.name}/{beat.name}"
    own = show.lecture.captions.get(show.language, {}).get(name)
    try:
        return beat.caption.text(show.language, own)
    except BadCaption as error:
        raise BadCaption(
            f"{show.lecture.name}.toml: [captions.{show.language}] {name}: {error}",
            field=f"captions.{show.language}.{name}",
            value=own,
        ) from None


def walk(code: "SceneCode", show: Show, video: Video) -> list[Walked]:
    """Every beat of a scene, and what it depends on.

    Raises:
        RenderError: words or numbers that this scene cannot show.
    """
    walked = []
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = on_stage(code, show, only=(), engine="fast")
        for beat in scene.beats():
            scene.enter(beat)
            beat.play()
            scene.leave(beat)
            # Beats before this one drew what it starts from: all that was asked until now.
            values = {**scene.view.asked, **beat.draws}
            words = dict(scene.words.asked)
            seconds = scene.seconds[beat.name]
            caption = caption_of(code, beat, show)
            walked.append(Walked(beat.name, caption, seconds, values, words))
    return walked


def draw(
    code: "SceneCode", show: Show, video: Video, engine: str, beats: Collection[str], folder: Path
) -> dict[str, Path]:
    """Draw beats of a scene, each to a file in `folder`; by the beat's name."""
    with manim_config(video, folder):
        options = {"renderer": FastRenderer(SectionWriter)} if engine == "fast" else {}
        scene = on_stage(code, show, only=beats, engine=engine, **options)
        scene.render()
        writer = scene.renderer.file_writer
        return {
            section.name: writer.sections_output_dir / section.video
            for section in writer.sections
            if section.video is not None
        }


def draw_as(
    code: "SceneCode",
    show: Show,
    video: Video,
    format: str,
    transparent: bool,
    beats: Collection[str],
    folder: Path,
) -> dict[str, Path]:
    """Draw beats of a scene as `webm`, `mov`, `gif` or `png`; files in `folder` by beat."""
    if format == "png":
        return _last_frames(code, show, video, transparent, beats, folder)
    files = _Files(format, video, transparent, folder)
    with manim_config(video, folder, dry_run=True):
        renderer = picture_renderer(files.show)
        on_stage(code, show, only=beats, transparent=transparent, renderer=renderer).render()
    files.close()
    return files.made


def _last_frames(
    code: "SceneCode",
    show: Show,
    video: Video,
    transparent: bool,
    beats: Collection[str],
    folder: Path,
) -> dict[str, Path]:
    made: dict[str, Path] = {}
    for beat, _, last in ends(code, show, video, transparent=transparent):
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
    code: "SceneCode", show: Show, video: Video, engine: str = "fast", transparent: bool = False
) -> Iterator[tuple[Beat, Pixels, Pixels]]:
    """Every beat of a scene, and its first and last frame as pixels (height, width, 4), RGBA."""
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = on_stage(code, show, only=(), engine=engine, transparent=transparent)

        def picture() -> Pixels:
            scene.renderer.update_frame(scene)
            return straight(scene.renderer.get_frame())

        first: list[Pixels] = []
        for beat in scene.beats():
            scene.enter(beat)
            scene.on_start = lambda: first.append(picture())
            beat.play()
            scene.leave(beat)
            yield beat, first.pop(), picture()


def captions(code: "SceneCode", show: Show) -> dict[str, str]:
    """The caption of every beat of a scene; nothing is built or drawn."""
    with (
        tempfile.TemporaryDirectory() as folder,
        manim_config(QUALITIES["draft"], Path(folder), dry_run=True),
    ):
        scene = on_stage(code, show, only=(), engine="fast")
        return {beat.name: caption_of(code, beat, show) for beat in scene.beats()}


def on_stage(code: "SceneCode", show: Show, only: Collection[str], **options: Any) -> LectureScene:
    """A scene, ready to play; for `only` and options see LectureScene."""
    return load_scene(code)(
        _view(code, show), language=show.language, theme=show.theme, only=only, **options
    )


def _view(code: "SceneCode", show: Show) -> View:
    return View(show, load_scene(code).reads)


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
    before = config.copy()
    config.update(settings)
    try:
        yield
    finally:
        # Not all of them, as Manim's tempconfig: with the renderer all of its classes are changed.
        config.update({name: old for name, old in before.items() if config[name] != old})
