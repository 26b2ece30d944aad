"""Beats rendered to clips: the only place that sets Manim's config, and only for a while."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from manim import tempconfig

from epochreel.lecture.video import Video
from epochreel.record.view import Show, View
from epochreel.work.store import Store
from scenes.stage.catalogue import Entry
from scenes.stage.digest import picture_key
from scenes.stage.scene import LectureScene


@dataclass(frozen=True)
class PlannedBeat:
    """A beat before it is rendered."""

    scene: str
    name: str
    caption: str
    seconds: float
    key: str


def plan_scene(entry: Entry, show: Show, video: Video) -> list[PlannedBeat]:
    """The scene's beats, found by going through it without drawing a frame.

    Raises:
        RenderError: words or numbers that this scene cannot show.
    """
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder), dry_run=True):
        scene = _stage(entry, show, only=())
        captions = {beat.name: beat.caption for beat in scene.beats()}
        scene.construct()
    base = picture_key(scene.view, show, video, entry.name)
    return [
        PlannedBeat(
            entry.name,
            name,
            caption,
            scene.seconds[name],
            hashlib.sha256(f"{base} {name}".encode()).hexdigest()[:32],
        )
        for name, caption in captions.items()
    ]


def render_beats(
    entry: Entry,
    show: Show,
    video: Video,
    beats: Sequence[PlannedBeat],
    store: Store,
    scratch: Path,
) -> None:
    """Render beats of one scene to the store, each to the clip of its key."""
    keys = {beat.name: beat.key for beat in beats}
    with tempfile.TemporaryDirectory(dir=scratch) as folder, manim_config(video, Path(folder)):
        scene = _stage(entry, show, only=keys)
        scene.render()
        writer = scene.renderer.file_writer
        for section in writer.sections:
            if section.video is None:
                continue
            clip = store.clip(keys[section.name])
            clip.parent.mkdir(parents=True, exist_ok=True)
            (writer.sections_output_dir / section.video).replace(clip)


def _stage(entry: Entry, show: Show, only: Sequence[str] | dict[str, str]) -> LectureScene:
    scene_class = entry.load()
    return scene_class(
        View(show, scene_class.reads), language=show.language, theme=show.theme, only=only
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
