"""A stage on which scenes are gone through without rendering a frame."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from manim import MathTypst, Mobject, tempconfig

from epochreel.lecture.file import load_lecture
from epochreel.record.record import Record
from epochreel.record.view import Run, Show, View
from scenes.drawing.text import Label, Numbers
from scenes.parts.formula import formula
from scenes.stage.catalogue import Entry
from scenes.stage.render import load_scene
from scenes.stage.scene import Beat, LectureScene
from tests.records import COMPARED

WalkThrough = Callable[..., Iterator[tuple[Beat, LectureScene]]]


def show_of(record: Record, language: str = "zh", theme: str = "paper", *more: str) -> Show:
    settings = (f"film.language='{language}'", f"film.theme='{theme}'", *more)
    return Show(record, load_lecture("loss_function", settings))


def show_for(
    entry: Entry,
    record: Record,
    language: str = "zh",
    theme: str = "paper",
    *more: str,
    runs: Sequence[Run] = COMPARED["forty"],
) -> Show:
    """A show that fills the scene: of the record, or of runs side by side."""
    show = show_of(record, language, theme, *more)
    return replace(show, runs=tuple(runs)) if entry.name == "compare" else show


@pytest.fixture
def walk_through(tmp_path: Path) -> Iterator[WalkThrough]:
    """Goes through a scene beat by beat and gives its state at the end of each."""

    def walk(entry: Entry, show: Show) -> Iterator[tuple[Beat, LectureScene]]:
        scene_class = load_scene(entry.name)
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


def texts_of(scene: LectureScene) -> list[Mobject]:
    """Every visible piece of text on the page: labels, number grids, formulas."""
    found: list[Mobject] = []

    def visit(mobject: Mobject) -> None:
        if isinstance(mobject, (Label, Numbers)):
            if mobject.get_fill_opacity() > 0 and len(mobject.points):
                found.append(mobject)
        elif isinstance(mobject, MathTypst):
            found.append(mobject)
        else:
            for part in mobject.submobjects:
                visit(part)

    for mobject in scene.mobjects:
        visit(mobject)
    return found


def box_of(mobject: Mobject) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in Manim's units."""
    points = np.concatenate([part.points for part in mobject.family_members_with_points()])
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return left, bottom, right, top
