"""Scenes gone through and drawn: every beat alone gives its part of the whole."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from manim import CairoRenderer, tempconfig
from numpy.typing import NDArray

from epochreel.lecture.video import Video
from epochreel.record.view import Show, View
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.render import load_scene, walk
from scenes.stage.scene import LectureScene
from tests.records import a_record
from tests.scenes.conftest import show_for

pytestmark = [pytest.mark.manim, pytest.mark.render]
SMALL = Video(320, 180, 5)
Frame = NDArray[np.uint8]
Draw = Callable[[SceneCode, Show, str | None], tuple[LectureScene, list[Frame]]]
EPOCHS = (0, 1, 2, 3, 4, 5, 6, 7, 500)


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Draw]:
    """Draws one beat alone, or all, with Manim's own renderer; gives frames before encoding."""
    frames: list[Frame] = []
    monkeypatch.setattr(
        CairoRenderer,
        "add_frame",
        lambda _, frame, num_frames=1: frames.extend([frame] * num_frames),
    )

    def draw_beat(
        entry: SceneCode, show: Show, beat: str | None
    ) -> tuple[LectureScene, list[Frame]]:
        frames.clear()
        scene_class = load_scene(entry)
        scene = scene_class(
            View(show, scene_class.reads),
            language="zh",
            theme="paper",
            only=None if beat is None else [beat],
            engine="manim",
        )
        scene.render()
        return scene, frames.copy()

    settings = {
        "pixel_width": SMALL.width,
        "pixel_height": SMALL.height,
        "dry_run": True,
        "frame_rate": SMALL.frame_rate,
        "media_dir": str(tmp_path),
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    with tempconfig(settings):
        yield draw_beat


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_a_beat_drawn_alone_starts_where_the_last_one_ended(entry: SceneCode, draw: Draw) -> None:
    show = show_for(entry, a_record(epochs=EPOCHS))
    walked = walk(entry, show, SMALL)

    films = [draw(entry, show, beat.name)[1] for beat in walked]

    for beat, film in zip(walked, films, strict=True):
        assert len(film) == pytest.approx(beat.seconds * SMALL.frame_rate, abs=1)
        assert difference(film[0], film[-1]) > 0.01
    for before, after in pairwise(films):
        assert difference(before[-1], after[0]) == 0


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_going_through_asks_for_all_that_drawing_asks_for(entry: SceneCode, draw: Draw) -> None:
    """Else a clip would depend on a value that its key does not hold."""
    show = show_for(entry, a_record(epochs=EPOCHS))
    last = walk(entry, show, SMALL)[-1]

    scene, _ = draw(entry, show, None)

    assert {*scene.view.asked} <= {*last.values}
    assert {*scene.words.asked} == {*last.words}


def difference(one: Frame, other: Frame) -> float:
    """Mean absolute difference, of 255."""
    return float(np.abs(one.astype(float) - other).mean())
