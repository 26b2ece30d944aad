"""Cleaning keeps what a lecture points to, and nothing else."""

from pathlib import Path

import pytest

from epochreel.lecture.file import load_lecture
from epochreel.work import ingredients
from epochreel.work.code import code_on_disk
from epochreel.work.rubbish import remove, rubbish
from epochreel.work.store import OF_NO_LECTURE, Store, key_of, manifest_path, put

LECTURE = "[data]\nstart = 0\nstop = 3\nrule = 'x'\n[model]\nlayers = [{units = 1}]\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


def made(place: Path, **notes: list[str]) -> Path:
    source = place.with_name("made")
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("content")
    put({place: source}, {}, **notes)
    return place


def test_what_a_lecture_points_to_stays(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    lecture = load_lecture(str(tmp_path / "mine.toml"))
    key = key_of(ingredients.of_record(lecture, code_on_disk(ingredients.TRAINING)))
    kept = [
        made(store.record("mine", key)),
        made(store.clip("used")),
        made(store.film("mine", "zh"), clips=["used.mp4"]),
        made(store.film("loss_function", "en")),
        made(store.film("mine", "zh", "night", "draft")),
        made(store.film(OF_NO_LECTURE, "zh")),
        made(store.record("mine", "a" * 32)),
        made(store.sweep("mine", "epochs"), records=[store.record("mine", "a" * 32).name]),
        made(store.stills / "mine.zh" / "contact-sheet.png"),
    ]
    gone = [
        made(store.record("mine", "0" * 32)),
        made(store.record("other", key)),
        made(store.clip("unused")),
        made(store.film("theirs", "zh"), clips=["used.mp4"]),
        made(store.sweep("theirs", "epochs"), records=[store.record("mine", key).name]),
        made(store.stills / "theirs.zh" / "contact-sheet.png"),
    ]

    found = rubbish(store, tmp_path)
    assert {*found} == {*gone, *map(manifest_path, gone)}
    assert all(path.exists() for path in found)

    (store.root / ".run-dead").mkdir()
    remove(store, found)
    assert rubbish(store, tmp_path) == []
    assert all(path.exists() for path in (*kept, *map(manifest_path, kept)))
    assert not any(path.exists() for path in (*gone, *map(manifest_path, gone)))
    assert not list(store.root.glob(".run-*"))


def test_a_lecture_with_a_mistake_in_it_loses_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE + "[training]\nlearning_rte = 1\n")
    made(store.record("mine", "0" * 32))
    made(store.clip("used"))
    made(store.film("mine", "zh"), clips=["used.mp4"])

    assert rubbish(store, tmp_path) == []


def test_an_empty_store_has_no_rubbish(store: Store, tmp_path: Path) -> None:
    assert rubbish(store, tmp_path) == []
    remove(store, [])
    assert not store.root.exists()
