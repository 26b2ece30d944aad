"""docs/scenes.md, followed to the letter."""

import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from epochreel.cli import main
from epochreel.lecture.file import load_lecture
from epochreel.record.file import save_record
from epochreel.record.view import View
from tests.records import a_record

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "scenes.md").read_text(encoding="utf-8")
(SCENE,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
SETTINGS = re.findall(r"```toml\n(.*?)```", PAGE, re.S)


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_scenes.py").write_text(SCENE, encoding="utf-8")
    return tmp_path


@pytest.mark.manim
@pytest.mark.render
@pytest.mark.parametrize(
    ("file", "name"),
    [("my_scenes.py", "weight_paths"), (f"{DOCS / 'first_to_last.py'}", "first_to_last")],
)
def test_a_scene_of_the_page_is_drawn_with_every_kind_of_record(file: str, name: str) -> None:
    tried = run("scenes", "--scenes", file, "--try", name)

    assert len(tried.stdout.split()) == 2
    assert tried.stderr.splitlines() == [
        "epochreel: one epoch: nothing to show: there is one epoch, and nothing moves"
    ]


@pytest.mark.manim
@pytest.mark.render
def test_the_scene_of_the_page_is_in_a_film(folder: Path) -> None:
    save_record(a_record(), Path("run.json"))

    run(
        *("render", "--record", "run.json", "--scenes", "my_scenes.py", "--only", "weight_paths"),
        *("--quality", "draft", "--language", "en", "--out", "film.mp4"),
    )

    assert "4 weights over the epochs." in Path("film.srt").read_text(encoding="utf-8")


def test_the_scene_of_the_page_is_short() -> None:
    body = SCENE[SCENE.index("class ") :]
    assert len([line for line in body.splitlines() if line.strip()]) <= 40


def test_the_settings_of_the_page_are_settings() -> None:
    scenes, words, _ = (tomllib.loads(text) for text in SETTINGS)

    lecture = load_lecture("loss_function", {"film.scenes": scenes["film"]["scenes"], **words})

    assert lecture.film.scenes == ["title", "data", "epochs", "loss_curve"]
    assert lecture.chapters["en"] == {"epochs": "Watch it learn"}
    assert lecture.captions["en"].keys() == {"epochs/initial"}


def test_the_table_of_the_page_has_all_that_a_scene_may_read() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    listed = re.findall(r"`(\w+)`", " ".join(rows))

    assert sorted(listed) == sorted(View.__annotations__)


def test_what_the_page_builds_with_is_called_so() -> None:
    table = PAGE.partition("| what for |")[2].partition("\n\n")[0]
    calls = [
        (module, *call)
        for _, module, how in re.findall(r"^\| (.*) \| `([\w.]+)` \| (.*) \|$", table, re.M)
        for call in re.findall(r"`(\w+)\(([^()]+)\)", how)
    ]
    assert len(calls) > 25
    for module, name, given in calls:
        places = inspect.signature(getattr(importlib.import_module(module), name))
        named = re.findall(r"(\w+)=", given)
        places.bind(*given.split(", ")[: -len(named) or None], **dict.fromkeys(named))
