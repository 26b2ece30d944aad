"""What a film depends on, known without Manim: everything that any of its beats may show."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from epochreel.lecture.video import Video
from epochreel.products import plan
from epochreel.products.plan import Film
from epochreel.record.record import Record, Validation
from epochreel.record.view import Show
from epochreel.work import ingredients
from epochreel.work.clips import Drawing
from epochreel.work.store import key_of
from scenes.stage.catalogue import shipped
from tests.records import a_record
from tests.scenes.conftest import show_of

DRAWING = Drawing(Video(320, 180, 5))
CODES = {shipped()["title"]: "1", shipped()["fit"]: "2"}


def key(show: Show | None = None, drawing=DRAWING, codes=CODES, only=()) -> str:
    wanted = Film(show or show_of(a_record()), drawing, Path("film.mp4"), only)
    return key_of(plan.film_ingredients(wanted, codes))


def test_the_same_is_the_same() -> None:
    assert key() == key()


@pytest.mark.parametrize(
    "setting",
    [
        "film.theme='night'",
        "film.language='en'",
        "film.shown_epochs=[0, 1]",
        "words.zh.lesson='x'",
        "words.zh.course='x'",
        "words.links=[]",
        "words.references=[]",
        "film.scenes=['title']",
        "film.scenes=['fit', 'title']",
        "captions.zh={'fit/start'='x'}",
        "chapters.zh.fit='x'",
    ],
)
def test_a_setting_of_the_film(setting: str) -> None:
    assert key(show_of(a_record(), "zh", "paper", setting)) != key()


CHANGES: dict[str, Callable[[Record], object]] = {
    "hyperparameters": lambda it: {**it, "learning_rate": 0.2},
    "inputs": lambda it: it + 1,
    "targets": lambda it: it + 1,
    "rule": lambda it: "x",
    "layers": lambda it: (replace(it[0], activation="relu"), *it[1:]),
    "epochs": lambda it: it + np.arange(len(it)),
    "history": lambda it: {"loss": it["loss"] * 2},
    "parameters": lambda it: ({**it[0], "bias": it[0]["bias"] + 1}, *it[1:]),
    "predictions": lambda it: it * 2,
    "diverged_at": lambda it: 13,
    "feature_names": lambda it: ("length",),
    "target_names": lambda it: ("price",),
    "class_names": lambda it: ("low", "high"),
    "validation": lambda it: Validation(np.ones((2, 1)), np.ones((2, 1))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_of_the_record(name: str) -> None:
    record = a_record()
    changed = replace(record, **{name: CHANGES[name](getattr(record, name))})
    assert key(show_of(changed)) != key()


def test_every_field_is_tried() -> None:
    assert {field.name for field in fields(Record)} - {*CHANGES} == {"versions"}


def test_drawing_code_and_translations(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [
        key(drawing=Drawing(Video(320, 180, 10))),
        key(drawing=Drawing(DRAWING.video, "manim")),
        key(codes={**CODES, shipped()["fit"]: "3"}),
        key(only=("fit/start",)),
    ]
    monkeypatch.setattr(plan, "words_digest", lambda language: "other words")
    others.append(key())
    monkeypatch.undo()
    monkeypatch.setattr(plan, "code_on_disk", lambda modules: f"other code of {modules}")
    others.append(key())
    monkeypatch.undo()
    monkeypatch.setattr(ingredients, "encoder_version", lambda: "another PyAV")
    others.append(key())
    monkeypatch.undo()
    assert len({key(), *others}) == 1 + len(others)


def test_the_language_is_that_of_the_subtitle_track(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where two languages had the same words."""
    monkeypatch.setattr(plan, "words_digest", lambda language: "the same")
    settings = ("words.en={course='x', lesson='y'}", "words.zh={course='x', lesson='y'}")
    one, two = (show_of(a_record(), language, "paper", *settings) for language in ("zh", "en"))
    assert key(one) != key(two)
