"""Draft speech: it fills in for recordings, and never takes their place."""

import stat
from pathlib import Path

import pytest

from epochreel.products.narrating import make_speech
from epochreel.products.narration import narration_of
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import FAST
from tests.products.sounds import record, tone
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim

# Writes what it is given after its name: the voice, and the text of its input.
ESPEAK = """#!/bin/sh
while [ $# -gt 0 ]; do case $1 in -w) out=$2; shift;; -v) voice=$2; shift;; esac; shift; done
{ echo "$voice"; cat; } > "$out"
"""


@pytest.fixture(autouse=True)
def espeak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "espeak-ng"
    program.parent.mkdir()
    program.write_text(ESPEAK)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")


def a_plan(folder: Path, *only: str, language: str = "en") -> FilmPlan:
    film = Film(show_of(a_record(), language), FAST, folder / "nothing", only)
    return plan_film(film, Store(folder / "media"), Inline(), print)


def speak(folder: Path, *only: str, language: str = "en") -> list[str]:
    spoken = folder / "spoken"
    plan = a_plan(folder, *only, language=language)
    made = make_speech(plan, spoken, Store(folder / "media"), print)
    return [path.relative_to(spoken).as_posix() for path in made]


def test_each_beat_is_spoken_in_the_films_language(tmp_path: Path) -> None:
    assert speak(tmp_path, "fit") == ["en/fit-start.wav", "en/fit-training.wav"]
    assert speak(tmp_path, "fit/start", language="zh") == ["zh/fit-start.wav"]
    english, chinese = (
        (tmp_path / "spoken" / language / "fit-start.wav").read_text(encoding="utf-8")
        for language in ("en", "zh")
    )
    assert english.startswith("en-us\n") and "predictions" in english
    assert chinese.startswith("cmn\n") and "预测" in chinese


@pytest.mark.parametrize("place", ["fit-start.wav", "en/fit-start.mp3"])
def test_a_recording_is_never_spoken_over(place: str, tmp_path: Path) -> None:
    own = tmp_path / "spoken" / place
    own.parent.mkdir(parents=True)
    before = record(own, tone(0.2)).read_bytes()
    assert speak(tmp_path, "fit") == ["en/fit-training.wav"]
    assert own.read_bytes() == before


def test_a_recording_in_the_place_of_a_draft_stays(tmp_path: Path) -> None:
    speak(tmp_path, "fit")
    own = record(tmp_path / "spoken" / "en" / "fit-start.wav", tone(0.2))
    before = own.read_bytes()
    assert speak(tmp_path, "fit") == ["en/fit-training.wav"]
    assert own.read_bytes() == before


def test_other_beats_keep_their_drafts(tmp_path: Path) -> None:
    speak(tmp_path, "fit")
    assert speak(tmp_path, "fit/training") == ["en/fit-training.wav"]
    there = {path.name for path in (tmp_path / "spoken" / "en").glob("*.wav")}
    assert there == {"fit-start.wav", "fit-training.wav"}


@pytest.mark.parametrize("place", ["fit-start.wav", "en/fit-start.mp3", "en/fit-start.wav"])
def test_a_draft_gives_way_to_a_recording(place: str, tmp_path: Path) -> None:
    speak(tmp_path, "fit")
    own = record(tmp_path / "spoken" / place, tone(0.2))
    found = narration_of(tmp_path / "spoken", ["fit/start", "fit/training"], "en")
    assert found.files == {
        "fit/start": own,
        "fit/training": tmp_path / "spoken" / "en" / "fit-training.wav",
    }
    speak(tmp_path, "fit")
    there = {path.name for path in (tmp_path / "spoken").rglob("fit-start.*")}
    assert there == {own.name}
