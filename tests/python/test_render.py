"""`render`: the films of `epochreel render`, from Python."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from epochreel import load_record, render
from epochreel.errors import (
    BadOutput,
    BadSetting,
    EpochreelError,
    NoCharacter,
    NoSuchBeat,
    NoSuchLecture,
    NoSuchRecord,
    NoSuchScene,
)
from epochreel.lecture.file import load_lecture
from epochreel.python.wanted import wanted_of
from epochreel.record.file import save_record
from tests.records import a_record

ROOT = Path(__file__).parents[2]
QUICK: dict[str, Any] = {"only": "title", "quality": "draft", "language": "en"}
LECTURE = """
data = {start = -2, stop = 3, rule = "2*x"}
model = {layers = [{units = 1}]}
training = {epochs = 2}
words.en.lesson = "Twice"
"""


@pytest.mark.manim
@pytest.mark.render
def test_a_record_is_drawn_once(record: Path, tmp_path: Path) -> None:
    first = render(record, **QUICK)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.mp4")}
    again = render(str(record), **QUICK)

    assert first.path == again.path
    assert first.path.parent == tmp_path / "media/films"
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.mp4")} == made
    assert {path.suffix for path in first.path.parent.glob("[!.]*")} == {".mp4", ".srt", ".vtt"}
    assert [path.suffix for path in tmp_path.rglob("*.json")] == [".json"]


@pytest.mark.keras
@pytest.mark.manim
@pytest.mark.render
def test_a_lecture_in_another_folder_is_trained_here(tmp_path: Path) -> None:
    (tmp_path / "lectures").mkdir()
    path = tmp_path / "lectures" / "mine.toml"
    path.write_text(LECTURE)

    of_file = render(path, settings={"training.seed": 3}, **QUICK)
    of_loaded = render(load_lecture(str(path)), settings={"training.seed": 3}, **QUICK)

    assert of_file.path == of_loaded.path
    assert of_file.path.name == "mine.en.draft.only-title.seed-3.mp4"
    assert of_file.path.parent == tmp_path / "media/films"
    assert len([*tmp_path.glob("media/records/*.json")]) == 1
    assert "Twice" in of_file.path.with_suffix(".vtt").read_text()
    assert [*path.parent.iterdir()] == [path]


def test_films_of_one_notebook_have_names_of_their_own(record: Path) -> None:
    wanted = [
        wanted_of("loss_function", {}),
        wanted_of("loss_function", {"training.epochs": 3}),
        wanted_of("loss_function", {"training.epochs": 30}),
        wanted_of("loss_function", {"words.en.lesson": "One!"}),
        wanted_of("loss_function", {"words.en.lesson": "One?"}),
        wanted_of(record, {}),
        wanted_of(record, {"film.shown_epochs": [0, 2]}),
        wanted_of(load_record(record), {}),
        wanted_of(a_record(samples=8), {}),
    ]

    names = [(each.lecture.name, each.mark) for each in wanted]
    assert len({*names}) == len(names)
    assert names[:2] == [("loss_function", ""), ("loss_function", "epochs-3")]
    assert names[5] == ("run", "")
    assert names[6][0] == "run" and re.fullmatch(r"shown_epochs-0-2-\w{8}", names[6][1])
    assert re.fullmatch(r"run-\w{8}", names[7][0])


def test_language_and_theme_have_marks_already() -> None:
    assert wanted_of("loss_function", {"film.language": "en", "film.theme": "night"}).mark == ""


@pytest.mark.manim
@pytest.mark.render
def test_a_film_goes_where_it_is_wanted_and_stays_there(record: Path, tmp_path: Path) -> None:
    film = render(record, out="sub/mine.mp4", **QUICK)
    (tmp_path / "elsewhere").mkdir()
    os.chdir(tmp_path / "elsewhere")

    assert film.path == tmp_path / "sub/mine.mp4"
    assert "data:video/mp4" in film._repr_html_()
    assert film.still("title", "title").size == (854, 480)
    assert [*(tmp_path / "elsewhere").iterdir()] == []


@pytest.mark.parametrize(
    ("options", "kind", "field", "message"),
    [
        ({"quality": "hd"}, BadSetting, "quality", "There is no quality 'hd'. Known: draft, low"),
        ({"quality": None}, BadSetting, "quality", "There is no quality None."),
        ({"only": "titel"}, NoSuchScene, "--only", "There is no scene 'titel'"),
        ({"only": ["title", "fitt"]}, NoSuchScene, "--only", "There is no scene 'fitt'"),
        ({"language": "de"}, BadSetting, "film.language", "no language 'de'. Known: en, es, zh"),
        ({"theme": "dark"}, BadSetting, "film.theme", "should be 'paper' or 'night'"),
        ({"out": "film.avi"}, BadOutput, "out", "film.avi must end in .mp4"),
        ({"out": "run.json/film.mp4"}, BadOutput, "out", "cannot be written"),
        ({"settings": {"words.links": ["😀"]}}, NoCharacter, "words.links.1", "has no '😀'"),
        (
            {"settings": {"training.epochs": 3}},
            BadSetting,
            "training.epochs",
            "settings['training.epochs']: a record is shown as it was trained",
        ),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_made(
    record: Path,
    tmp_path: Path,
    options: dict[str, Any],
    kind: type[EpochreelError],
    field: str,
    message: str,
) -> None:
    with pytest.raises(kind) as error:
        render(record, **options)

    assert message in str(error.value)
    assert error.value.field == field
    assert [*tmp_path.iterdir()] == [record]


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NoSuchLecture, match=r"There is no lecture 'mine.toml'"):
        render("mine.toml")
    with pytest.raises(NoSuchRecord, match=r"There is no record mine.JSON"):
        render("mine.JSON")


@pytest.mark.manim
@pytest.mark.render
def test_a_beat_that_is_not_there_is_said(record: Path) -> None:
    with pytest.raises(NoSuchBeat, match=r"The scene 'title' has no beat 'titel' here\. It has"):
        render(record, only="title/titel", quality="draft")


@pytest.mark.manim
@pytest.mark.render
def test_a_script_without_a_guard_renders_inside_an_event_loop_and_says_nothing(
    record: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import asyncio\n"
        "from epochreel import render\n"
        "async def main():\n"
        "    return render('run.json', only='title', quality='draft')\n"
        "print(asyncio.run(main()).path)\n"
    )

    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert Path(done.stdout.strip()).is_file()


@pytest.mark.manim
@pytest.mark.render
def test_a_training_that_diverged_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = save_record(a_record(diverged_at=13), tmp_path / "run.json")

    render(run, **QUICK)

    assert capsys.readouterr().err.startswith("epochreel: the training diverged at epoch 13;")
