"""Small films of small records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epochreel.lecture.video import Video
from epochreel.products.film import make_film
from epochreel.products.plan import Film
from epochreel.record.view import Show
from epochreel.work.clips import Drawing
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Processes

SMALL = Video(320, 180, 5)
FAST = Drawing(SMALL)
MakeFilm = Callable[..., Path]


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def film(tmp_path: Path, heard: list[Event]) -> MakeFilm:
    """Makes a film of some scenes in the test's folder; what was said of it is in `heard`."""

    def make(show: Show, only: str, drawing: Drawing = FAST, **options: Any) -> Path:
        heard.clear()
        path = options.pop("path", tmp_path / "film.mp4")
        store = Store(tmp_path / "media")
        wanted = Film(show, drawing, path, only.split(), **options)
        with Processes(2, store) as workers:
            make_film(wanted, store, workers, heard.append)
        return path

    return make


def drawn(heard: list[Event]) -> set[str]:
    """Scene and beat of every clip that was drawn."""
    return {
        f"{event.scene}/{beat}"
        for event in heard
        if event.what == "drawn"
        for beat in event.beat.split(", ")
    }


def warnings(heard: list[Event]) -> list[str]:
    return [event.what for event in heard if event.warning]
