"""A stage on which scenes are gone through without rendering a frame."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from manim import tempconfig

from epochreel.lecture.file import load_lecture
from epochreel.record.record import Record
from epochreel.record.view import Run, Show, View
from scenes.parts.formula import formula
from scenes.stage.catalogue import SceneCode
from scenes.stage.render import load_scene
from scenes.stage.scene import Beat, LectureScene
from tests.records import COMPARED

WalkThrough = Callable[..., Iterator[tuple[Beat, LectureScene]]]


def show_of(record: Record, language: str = "zh", theme: str = "paper", *more: str) -> Show:
    settings = (f"film.language='{language}'", f"film.theme='{theme}'", *more)
    return Show(record, load_lecture("loss_function", settings))


def show_for(
    entry: SceneCode,
    record: Record,
    language: str = "zh",
    theme: str = "paper",
    *more: str,
    runs: Sequence[Run] = COMPARED["forty"],
) -> Show:
    """A show that fills the scene: of the record, or of runs side by side."""
    show = show_of(record, language, theme, *more)
    return replace(show, runs=tuple(runs)) if entry.name == "compare" else show


@pytest.fixture(scope="session", autouse=True)
def formulas_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where Manim keeps typeset formulas: two processes of tests would meet in the same files."""
    with tempconfig({"media_dir": str(tmp_path_factory.mktemp("media"))}):
        yield


@pytest.fixture
def walk_through(tmp_path: Path) -> Iterator[WalkThrough]:
    """Goes through a scene beat by beat and gives its state at the end of each."""

    def walk(entry: SceneCode, show: Show) -> Iterator[tuple[Beat, LectureScene]]:
        scene_class = load_scene(entry)
        scene = scene_class(
            View(show, scene_class.reads),
            language=show.language,
            theme=show.theme,
            only=(),
            engine="manim",
        )
        for beat in scene.beats():
            scene.enter(beat)
            beat.play()
            scene.leave(beat)
            yield beat, scene

    settings = {
        "media_dir": str(tmp_path),
        "dry_run": True,
        "verbosity": "ERROR",
        "frame_rate": 15,
        "pixel_width": 1920,
        "pixel_height": 1080,
    }
    with tempconfig(settings):
        formula("x", 30, "#000000")
        yield walk
