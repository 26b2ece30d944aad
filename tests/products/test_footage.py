"""Footage: what is cut from a reel, and what is told of it."""

from pathlib import Path

import pytest

from epochreel.lecture.languages import words_digest
from epochreel.products import footage
from epochreel.products.footage import Reel, draw_reel, footage_ingredients
from epochreel.products.narration import narrated
from epochreel.products.plan import Film, plan_film
from epochreel.products.sound import LOUDNESS, loudness_of, read_sound
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import FAST, warnings
from tests.products.sounds import record, tone
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]


def a_reel(
    folder: Path, *only: str, narration: Path | None = None, heard: list[Event] | None = None
) -> Reel:
    film = Film(show_of(a_record(), "en"), FAST, folder / "nothing", only)
    store, listen = Store(folder / "media"), print if heard is None else heard.append
    plan = plan_film(narrated(film, narration), store, Inline(), listen)
    (folder / "reel").mkdir(exist_ok=True)
    return draw_reel(plan, folder / "reel", store, Inline(), listen)


def test_a_scene_is_its_beats_one_after_the_other(tmp_path: Path) -> None:
    reel = a_reel(tmp_path, "fit")
    start, training = reel.beats()
    scene = reel.cut("fit")
    assert scene

    assert (scene.first, scene.last) == (start.first, training.last)
    assert start.last.read_bytes() != training.last.read_bytes()
    assert scene.seconds == pytest.approx(start.seconds + training.seconds)
    assert scene.caption == f"{start.caption} {training.caption}"
    for language, cues in scene.cues.items():
        assert [cue.text for cue in cues] == [
            start.captions[language],
            training.captions[language],
        ]
        assert cues[1].start == cues[0].end == round(1000 * start.seconds)
        assert cues[1].end == round(1000 * scene.seconds)


def test_what_is_not_wanted_is_not_cut(tmp_path: Path) -> None:
    reel = a_reel(tmp_path, "fit/start")
    assert reel.cut("fit/start") and reel.cut("fit")
    assert reel.cut("fit/training") is None


def test_a_caption_in_either_language_is_an_ingredient(monkeypatch: pytest.MonkeyPatch) -> None:
    show = show_of(a_record(), "en")
    before = footage_ingredients(show)
    for language in ("zh", "en"):
        with monkeypatch.context() as patched:
            digest = "another" if language == "zh" else "one more"
            patched.setattr(
                footage,
                "words_digest",
                lambda known, changed=language, digest=digest: (
                    digest if known == changed else words_digest(known)
                ),
            )
            assert footage_ingredients(show) != before
    assert footage_ingredients(show) == before


def test_what_is_spoken_is_even_in_loudness_and_holds_its_beat(tmp_path: Path) -> None:
    spoken = tmp_path / "spoken"
    spoken.mkdir()
    record(spoken / "fit-start.wav", tone(6, 0.01))
    record(spoken / "fit-trainin.wav", tone(0.5))
    heard: list[Event] = []
    start, training = a_reel(tmp_path, "fit", narration=spoken, heard=heard).beats()

    assert loudness_of(read_sound(start.video)).integrated == pytest.approx(LOUDNESS, abs=1)
    assert start.seconds == pytest.approx(6)
    assert [cue.end for cue in start.cues["zh"]] == [6000]
    assert training.seconds < 9
    said = warnings(heard)
    assert said[0] == "nobody speaks in: fit-training"
    assert "fit-trainin.wav belongs to no beat; is it fit-training?" in said[1]


def test_a_silent_recording_is_told(tmp_path: Path) -> None:
    spoken = tmp_path / "spoken"
    spoken.mkdir()
    record(spoken / "fit-start.wav", tone(1, 0))
    heard: list[Event] = []
    a_reel(tmp_path, "fit/start", narration=spoken, heard=heard)
    assert [said for said in warnings(heard) if "is silent" in said]
