"""docs/scenes.md, followed to the letter."""

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

PAGE = (Path(__file__).parents[2] / "docs/scenes.md").read_text(encoding="utf-8")
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
def test_the_scene_of_the_page_is_drawn_with_every_kind_of_record(folder: Path) -> None:
    tried = run("scenes", "--scenes", "my_scenes.py", "--try", "weight_paths")

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
