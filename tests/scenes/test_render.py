"""Real renders, small: every beat alone, and a whole film."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from manim import CairoRenderer, tempconfig
from numpy.typing import NDArray

from epochreel.lecture.video import Video
from epochreel.products.build import make_film
from epochreel.record.view import Show, View
from epochreel.work.store import Store
from scenes.stage.catalogue import CATALOGUE, Entry
from scenes.stage.render import plan_scene
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]
SMALL = Video(320, 180, 5)
Frame = NDArray[np.uint8]


@pytest.fixture
def draw(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[Entry, Show, str], list[Frame]]]:
    """Draws one beat alone with Manim's own renderer; gives its frames before encoding."""
    frames: list[Frame] = []
    monkeypatch.setenv("EPOCHREEL_ENGINE", "manim")
    monkeypatch.setattr(
        CairoRenderer,
        "add_frame",
        lambda _, frame, num_frames=1: frames.extend([frame] * num_frames),
    )

    def draw_beat(entry: Entry, show: Show, beat: str) -> list[Frame]:
        frames.clear()
        scene_class = entry.load()
        scene = scene_class(
            View(show, scene_class.reads), language="zh", theme="paper", only=[beat]
        )
        scene.render()
        return frames.copy()

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


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_a_beat_drawn_alone_starts_where_the_last_one_ended(
    entry: Entry, draw: Callable[[Entry, Show, str], list[Frame]]
) -> None:
    show = show_of(a_record(epochs=(0, 1, 2, 3, 4, 5, 6, 7, 500)))
    planned = plan_scene(entry, show, SMALL)

    films = [draw(entry, show, beat.name) for beat in planned]

    for beat, film in zip(planned, films, strict=True):
        assert len(film) == pytest.approx(beat.seconds * SMALL.frame_rate, abs=1)
        assert difference(film[0], film[-1]) > 0.01
    for before, after in pairwise(films):
        assert difference(before[-1], after[0]) == 0


def test_a_film_has_chapters_subtitles_and_a_constant_rate(tmp_path: Path) -> None:
    path = film(show_of(a_record(), "en"), tmp_path, ["title", "fit"])

    with av.open(path) as container:
        chapters = container.chapters()
        video, subtitles = container.streams.video[0], container.streams.subtitles[0]
        times = [frame.pts for frame in container.decode(video)]
    assert [chapter["metadata"]["title"] for chapter in chapters] == ["Title", "The fit"]
    assert subtitles.frames >= 3
    assert video.average_rate == SMALL.frame_rate
    assert set(np.diff(times)) == {times[1] - times[0]}
    srt = path.with_suffix(".srt").read_text(encoding="utf-8")
    assert srt.startswith("1\n00:00:00,000 --> ")
    assert "The true function" in srt
    assert path.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT\n\n00:00:00.000")


def test_what_is_there_is_not_rendered_again(tmp_path: Path) -> None:
    show = show_of(a_record())
    film(show, tmp_path, ["references"])
    clips = {path: path.stat().st_mtime_ns for path in (tmp_path / "clips").iterdir()}

    film(show, tmp_path, ["references"])
    film(show_of(a_record(), "en"), tmp_path, ["references"])

    assert {path: path.stat().st_mtime_ns for path in clips} == clips
    assert len(list((tmp_path / "clips").iterdir())) == 2 * len(clips)


def film(show: Show, folder: Path, only: list[str]) -> Path:
    return make_film(
        show.lecture,
        show.record,
        SMALL,
        folder / "film.mp4",
        Store(folder),
        lambda what, share: None,
        only=only,
        jobs=2,
    )


def difference(one: Frame, other: Frame) -> float:
    """Mean absolute difference, of 255."""
    return float(np.abs(one.astype(float) - other).mean())
