"""Samples from rules and files, and what is refused before Keras is imported."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import LectureError
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from training.data import MAX_PARAMETERS, load_data

MakeLecture = Callable[..., Lecture]


def test_rule_gives_the_samples_of_range(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": -10, "stop": 10, "rule": "2*x + 1"}))
    np.testing.assert_array_equal(data.inputs, np.arange(-10, 10).reshape(-1, 1))
    np.testing.assert_array_equal(data.targets, 2 * data.inputs + 1)
    assert data.inputs.dtype == data.targets.dtype == np.float32


def test_step_may_be_a_fraction(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": 0, "stop": 1, "step": 0.1, "rule": "x"}))
    np.testing.assert_allclose(data.inputs[:, 0], np.arange(10) / 10, rtol=1e-6)


@pytest.mark.parametrize("header", ["", "size,rooms,price\n", "\ufeffsize,rooms,price\r\n"])
def test_csv_has_its_target_in_the_last_column(
    make_lecture: MakeLecture, tmp_path: Path, header: str
) -> None:
    (tmp_path / "flats.csv").write_text(header + "50,2,900\n\n70,3,1200.5\n", encoding="utf-8")
    data = load_data(make_lecture(data={"file": "flats.csv"}))
    np.testing.assert_array_equal(data.inputs, [[50, 2], [70, 3]])
    np.testing.assert_array_equal(data.targets, [[900], [1200.5]])


def test_npz_holds_inputs_and_targets(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(6).reshape(3, 2), targets=np.arange(3))
    data = load_data(make_lecture(data={"file": "a.npz"}))
    assert data.inputs.shape == (3, 2)
    assert data.targets.shape == (3, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it holds no sample"),
        ("x,y\n", "it holds no sample"),
        ("x,y\n1,2\n3,four\n", "line 3, column 2: 'four' is not a number"),
        ("1,y\n3,4\n", "line 1, column 2: 'y' is not a number"),
        ("1,2\n3,4,5\n", "line 2 has 3 columns, the first sample 2"),
        ("1\n2\n", "line 1 has one column"),
        ("1,nan\n", "line 1 holds a value that is not a finite number"),
        ("1,1e300\n", "targets: sample 1 holds a value that is not finite"),
        ("1,2\n3,\n", "line 2, column 2: '' is not a number"),
    ],
)
def test_csv_errors_name_file_and_line(
    make_lecture: MakeLecture, tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LectureError) as error:
        load_data(make_lecture(data={"file": "a.csv"}))
    assert str(error.value).startswith("test: [data] file: a.csv: ")
    assert message in str(error.value)


def test_csv_that_is_not_text_is_refused(make_lecture: MakeLecture, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1,2\n\xff\xfe,3\n")
    with pytest.raises(LectureError, match="it is not UTF-8 text"):
        load_data(make_lecture(data={"file": "a.csv"}))


class Explosive:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return pytest.fail, ("the file's code was run",)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"inputs": [1.0]}, "array 'targets' is missing; found: inputs"),
        ({"inputs": [1.0, 2.0], "targets": [1.0]}, "2 inputs and 1 targets"),
        ({"inputs": np.zeros((2, 3, 3)), "targets": [1, 2]}, r"found \(2, 3, 3\)"),
        ({"inputs": np.zeros((0, 1)), "targets": np.zeros((0, 1))}, r"found \(0, 1\)"),
        ({"inputs": ["a"], "targets": [1]}, "inputs must be numbers"),
        ({"inputs": [1.0, 2.0], "targets": [1.0, np.inf]}, "sample 2 holds a value that is not"),
        ({"inputs": np.array([Explosive()]), "targets": [1]}, "not an NPZ file of plain numbers"),
    ],
)
def test_npz_errors(
    make_lecture: MakeLecture, tmp_path: Path, arrays: dict[str, object], message: str
) -> None:
    np.savez(tmp_path / "a.npz", **arrays)  # type: ignore[arg-type]
    with pytest.raises(LectureError, match=message):
        load_data(make_lecture(data={"file": "a.npz"}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\x80\x04."])
def test_npz_that_is_no_npz_is_refused(
    make_lecture: MakeLecture, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(LectureError, match=r"a\.npz: it is not an? .*NPZ file"):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_one_array_is_no_npz(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.zeros(3))
    (tmp_path / "a.npy").rename(tmp_path / "a.npz")
    with pytest.raises(LectureError, match="it is one array"):
        load_data(make_lecture(data={"file": "a.npz"}))


@pytest.mark.parametrize("name", ["a.xlsx", "gone.csv", "folder.csv"])
def test_files_that_cannot_be_read_are_named(
    make_lecture: MakeLecture, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(LectureError, match=name):
        load_data(make_lecture(data={"file": name}))


def test_rule_without_a_value_names_the_x(make_lecture: MakeLecture) -> None:
    with pytest.raises(LectureError, match=r"'log\(x\)' has no value at x = -2"):
        load_data(make_lecture(data={"start": -2, "stop": 3, "rule": "log(x)"}))


def test_rule_beyond_float32_is_refused(make_lecture: MakeLecture) -> None:
    with pytest.raises(LectureError, match="at x = 89"):
        load_data(make_lecture(data={"start": 80, "stop": 95, "rule": "exp(x)"}))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([{"units": 2, "kernel": [[1.0, 2.0]]}, {"units": 1}], r"it must be \(2, 2\)"),
        ([{"units": 3}], "the last layer has 3 units; the data has 1 targets"),
        ([{"units": 60_000}, {"units": 60_000}, {"units": 1}], f"{MAX_PARAMETERS}, the limit"),
    ],
)
def test_model_must_fit_the_file(
    make_lecture: MakeLecture, tmp_path: Path, layers: list[dict[str, object]], message: str
) -> None:
    (tmp_path / "a.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(LectureError, match=message):
        load_data(make_lecture(layers, {"file": "a.csv"}))


def test_too_much_data_says_how_much_fits(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.zeros((6000, 784), "uint8"), targets=np.zeros(6000))
    with pytest.raises(LectureError, match="give at most 5095 of them"):
        load_data(make_lecture(data={"file": "a.npz"}))


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
