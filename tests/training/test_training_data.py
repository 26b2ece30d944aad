"""Samples from rules and files, and what is refused before Keras is imported."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadData, BadRule, LectureError
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from training.data import load_data
from training.model_check import MAX_PARAMETERS

MakeLecture = Callable[..., Lecture]


def test_rule_gives_the_samples_of_range(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": -10, "stop": 10, "rule": "2*x + 1"}))
    np.testing.assert_array_equal(data.inputs, np.arange(-10, 10).reshape(-1, 1))
    np.testing.assert_array_equal(data.targets, 2 * data.inputs + 1)
    assert data.inputs.dtype == data.targets.dtype == np.float32


def test_step_may_be_a_fraction(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": 0, "stop": 1, "step": 0.1, "rule": "x"}))
    np.testing.assert_allclose(data.inputs[:, 0], np.arange(10) / 10, rtol=1e-6)


def test_stop_is_left_out_in_decimals_too(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": 1, "stop": 1.3, "step": 0.1, "rule": "x"}))
    np.testing.assert_array_equal(data.inputs[:, 0], np.float32([1, 1.1, 1.2]))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name on this system")
def test_a_pipe_is_no_data(make_lecture: MakeLecture, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(BadData, match="a pipe or a device"):
        load_data(make_lecture(data={"file": "a.csv"}))


@pytest.mark.parametrize("name", ["a.xlsx", "gone.csv", "folder.csv"])
def test_files_that_cannot_be_read_are_named(
    make_lecture: MakeLecture, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(LectureError, match=name):
        load_data(make_lecture(data={"file": name}))


def test_rule_without_a_value_names_the_x(make_lecture: MakeLecture) -> None:
    with pytest.raises(BadRule, match=r"'log\(x\)' has no value at x = -2"):
        load_data(make_lecture(data={"start": -2, "stop": 3, "rule": "log(x)"}))


def test_rule_beyond_float32_is_refused(make_lecture: MakeLecture) -> None:
    with pytest.raises(LectureError, match="at x = 89"):
        load_data(make_lecture(data={"start": 80, "stop": 95, "rule": "exp(x)"}))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([{"units": 2, "kernel": [[1.0, 2.0]]}, {"units": 1}], r"it must be \(2, 2\)"),
        ([{"units": 3}], "the last layer has 3 units; the data has 1 target, so give it units = 1"),
        ([{"units": 60_000}, {"units": 60_000}, {"units": 1}], f"{MAX_PARAMETERS}, the limit"),
    ],
)
def test_model_must_fit_the_file(
    make_lecture: MakeLecture, tmp_path: Path, layers: list[dict[str, object]], message: str
) -> None:
    (tmp_path / "a.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(LectureError, match=message):
        load_data(make_lecture(layers, {"file": "a.csv"}))


def test_import_and_refusal_load_neither_keras_nor_manim(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(
        '[data]\nstart = -1\nstop = 2\nrule = "sqrt(x)"\n[model]\nlayers = [{ units = 1 }]\n',
        encoding="utf-8",
    )
    program = f"""
import sys
from pathlib import Path
from epochreel.errors import LectureError
from epochreel.lecture.file import load_lecture
from training import train
try:
    train(load_lecture({str(tmp_path / "bad.toml")!r}), Path({str(tmp_path / "run.json")!r}))
except LectureError as error:
    assert "at x = -1" in str(error), error
else:
    raise AssertionError("not refused")
assert not {{"keras", "tensorflow", "manim", "scenes"}} & {{*sys.modules}}
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    assert not (tmp_path / "run.json").exists()


def test_the_record_in_the_documentation_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "RECORD.md").read_text(encoding="utf-8")
    path = tmp_path / "run.json"
    path.write_text(text.split("```json\n")[1].split("```")[0], encoding="utf-8")
    record = load_record(path)
    residuals = record.predictions - record.targets
    np.testing.assert_allclose(record.losses, np.mean(residuals**2, axis=(1, 2)))
