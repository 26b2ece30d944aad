"""The lectures that ship: listed, copied to start from, and each one whole."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from epochreel.cli import main
from epochreel.lecture.comparison import compared
from epochreel.lecture.file import load_lecture, shipped_lectures
from epochreel.lecture.languages import LANGUAGES
from training.data import load_data

LECTURES = [*shipped_lectures()]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_all_are_listed_with_a_sentence_each() -> None:
    lines = run("lectures").stdout.splitlines()
    assert [line.split()[0] for line in lines] == LECTURES
    for line in lines:
        name, sentence = line.split(maxsplit=1)
        assert len(sentence) > 40 and sentence.endswith("."), name


@pytest.mark.parametrize("name", LECTURES)
def test_each_can_be_copied_and_changed(name: str) -> None:
    assert run("new", "my.toml", "--from", name).exit_code == 0
    assert Path("my.toml").read_text() == shipped_lectures()[name].read_text()
    assert load_lecture("my.toml", ["training.epochs=3"]).training.epochs == 3


def test_a_lecture_that_does_not_ship_is_said() -> None:
    result = run("new", "my.toml", "--from", "irsi")
    assert result.exit_code == 2
    assert "No lecture 'irsi' ships. Did you mean 'iris'?" in result.stderr
    assert not Path("my.toml").exists()


@pytest.mark.parametrize("name", LECTURES)
def test_each_has_a_name_in_every_language_and_data_that_fit(name: str) -> None:
    lecture = load_lecture(name)
    words = lecture.words.names("zh")
    assert {*words} == {*LANGUAGES}
    assert all(each.lesson and each.course for each in words.values())
    for each in (lecture, *(variant for _, variant in compared(lecture))):
        samples = load_data(each)
        assert np.isfinite(samples.inputs).all()


def test_side_by_side_stand_lectures_with_other_settings() -> None:
    lecture = load_lecture("activations")
    found = compared(lecture)
    assert [label for label, _ in found] == ["linear", "relu", "tanh"]
    kinds = [[layer.activation for layer in each.model.layers] for _, each in found]
    assert kinds == [["linear"] * 3, ["relu", "relu", "linear"], ["tanh", "tanh", "linear"]]
    assert not any(each.compare for _, each in found)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('{label = "a", set = {"film.theme" = "night"}}', "'film.theme' trains nothing else"),
        ('{label = "", set = {}}', "label"),
        ('{label = "a", set = {}}, {label = "a", set = {}}', "calls two trainings 'a'"),
        ('{label = "a", set = {"training.rate" = 1}}', "has no setting 'rate'"),
    ],
)
def test_a_comparison_that_cannot_be_is_said(entry: str, message: str) -> None:
    text = shipped_lectures()["single_neuron"].read_text()
    Path("my.toml").write_text(f"compare = [{entry}]\n{text}")
    result = run("render", "my.toml", "--dry-run")
    assert result.exit_code == 2
    assert message in result.stderr
