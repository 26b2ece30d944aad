"""A lecture is trained once, whatever is shown of it, and again where its record is damaged."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from epochreel.errors import BadData, StaleCode
from epochreel.lecture.file import load_lecture
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from epochreel.work import ingredients, records
from epochreel.work.events import Event, Listener
from epochreel.work.records import plan_record, read_record, records_of
from epochreel.work.store import Store
from epochreel.work.workers import Processes

pytestmark = pytest.mark.keras
LECTURE = """
data.file = "samples.csv"
training = {epochs = 3, learning_rate = 0.05}
model.layers = [{units = 1}]
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the lecture and its record."""
    folder = tmp_path_factory.mktemp("trained")
    (folder / "lecture.toml").write_text(LECTURE)
    (folder / "samples.csv").write_text("0,1\n1,3\n2,5\n")
    store = Store(folder / "media")
    record_path(lecture(store), store, lambda event: None)
    return folder


@pytest.fixture
def store(tmp_path: Path, trained: Path) -> Store:
    """Of a copy of that folder."""
    shutil.copytree(trained, tmp_path, dirs_exist_ok=True)
    return Store(tmp_path / "media")


@pytest.fixture
def heard() -> list[Event]:
    return []


def record_path(lecture: Lecture, store: Store, listen: Listener) -> Path:
    with Processes(1, store) as workers:
        (plan,) = records_of([lecture], store, workers, listen)
    return plan.path


def trainings(heard: list[Event]) -> int:
    return [event.what for event in heard].count("trained")


def lecture(store: Store, *settings: str):
    return load_lecture(str(store.root.parent / "lecture.toml"), settings)


def test_what_is_shown_trains_nothing_again(store: Store, heard: list[Event]) -> None:
    path = record_path(lecture(store), store, heard.append)
    for setting in ("film.shown_epochs=[2]", "film.theme='night'", "words.zh.lesson='x'"):
        assert record_path(lecture(store, setting), store, heard.append) == path
    assert heard == []


@pytest.mark.parametrize("damage", ["flipped", "cut", "other schema", "empty", "no manifest"])
def test_a_damaged_record_is_trained_again(damage: str, store: Store, heard: list[Event]) -> None:
    path = record_path(lecture(store), store, heard.append)
    whole = path.read_bytes()
    other: dict[str, Callable[[bytes], bytes]] = {
        "flipped": lambda it: it[:300] + b"7" + it[301:],
        "cut": lambda it: it[: len(it) // 2],
        "other schema": lambda it: it.replace(b"record/2", b"record/9"),
        "empty": lambda it: b"",
        "no manifest": lambda it: it,
    }
    path.write_bytes(other[damage](whole))
    if damage == "no manifest":
        path.with_name(f".{path.name}.manifest").unlink()

    record = load_record(record_path(lecture(store), store, heard.append))

    assert path.read_bytes() == whole
    assert record.epochs.tolist() == [0, 1, 2, 3]
    assert trainings(heard) == 1
    assert [e.what for e in heard if e.warning] == (
        [] if damage == "no manifest" else [f"the record {path} is damaged; training again"]
    )


def test_an_epoch_that_was_not_kept_is_said_and_not_trained_for(
    store: Store, heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = lecture(store, "film.shown_epochs=[0, 1, 2]")
    plan = plan_record(wanted, store)
    whole = load_record(plan.path)
    sampled = replace(
        whole,
        epochs=whole.epochs[[0, 2, 3]],
        history={"loss": whole.losses[[0, 2, 3]]},
        predictions=whole.predictions[[0, 2, 3]],
        parameters=tuple(
            {name: states[[0, 2, 3]] for name, states in layer.items()}
            for layer in whole.parameters
        ),
    )
    monkeypatch.setattr(records, "load_record", lambda path: sampled)

    assert read_record(plan, heard.append) is sampled

    (said,) = [event.what for event in heard if event.warning]
    assert "1 cannot be shown" in said
    assert trainings(heard) == 0


def test_data_saved_while_training_never_gives_a_wrong_record(
    store: Store, heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = ingredients.of_record, []

    def edited_at_first(*arguments):
        asked.append(arguments)
        return (
            {**real(*arguments), "data.file": "as it was"} if len(asked) == 1 else real(*arguments)
        )

    monkeypatch.setattr(ingredients, "of_record", edited_at_first)

    shutil.rmtree(store.root)

    path = record_path(lecture(store), store, heard.append)

    assert [e.what for e in heard if e.warning] == [
        "The data file was edited while it was trained on. Starting over."
    ]
    assert [file for file in path.parent.glob("*.json")] == [path]


def test_code_that_changes_in_every_training_is_said(
    store: Store, heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "code_on_disk", lambda modules: "other than what is loaded")

    shutil.rmtree(store.root)

    with pytest.raises(StaleCode, match="so 3 times"):
        record_path(lecture(store), store, heard.append)
    assert not list(store.root.glob("records/*"))


def test_bad_data_is_said_before_keras_is_loaded(store: Store, heard: list[Event]) -> None:
    (store.root.parent / "samples.csv").write_text("0,1\nnan,3\n")

    shutil.rmtree(store.root)

    with pytest.raises(BadData, match="line 2"):
        record_path(lecture(store), store, heard.append)
    assert not list(store.root.glob("*/*"))
