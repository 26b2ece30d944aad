"""Samples from rules and files, and what is refused before Keras is imported."""

import io
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadData, BadRule, LectureError
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


def test_stop_is_left_out_in_decimals_too(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": 1, "stop": 1.3, "step": 0.1, "rule": "x"}))
    np.testing.assert_array_equal(data.inputs[:, 0], np.float32([1, 1.1, 1.2]))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "size,rooms,price\n",
        "\ufeffsize,rooms,price\r\n",
        "\n\n,,\nsize,rooms,price\n",
        '"size\n(m2)",rooms,price\n',
    ],
)
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
        ("x,y\nx,y\n1,2\n", "line 2, column 1: 'x' is not a number"),
        ("1," + "y" * 5000 + "\n", "line 1, column 2: 'yyy"),
        ("1," + "y" * 200_000 + "\n", "line 1: field larger than field limit"),
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
    assert len(str(error.value)) < 200
    assert (type(error.value), error.value.field) == (BadData, "data.file")


def test_csv_that_is_not_text_is_refused(make_lecture: MakeLecture, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1,2\n\xff\xfe,3\n")
    with pytest.raises(LectureError, match="it is not UTF-8 text"):
        load_data(make_lecture(data={"file": "a.csv"}))


class Endless(io.TextIOBase):
    """A text that goes on for ever with `rest`, and fails a reader who goes with it."""

    def __init__(self, first: str, rest: str) -> None:
        self.first, self.rest, self.taken = first, rest, 0

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        line = self.rest if "\n" in self.rest else self.rest * (size // len(self.rest) + 1)
        line, self.first = self.first or line, ""
        self.taken += len(line)
        assert self.taken < 20_000_000
        return line[:size]


@pytest.mark.parametrize(
    ("first", "rest", "message"),
    [
        ("", "1.5,2.5\n", "it has more than 100000 samples of 2 values"),
        ("x\n", ",".join(["0"] * 1000) + "\n", "it has more than 4000 samples of 1000 values"),
        ("", "1,", "one of its rows has more than 4,000,000 characters"),
        ('"\n', '","\n', "one of its rows has more than 4,000,000 characters"),
    ],
)
def test_a_csv_is_read_no_further_than_a_record_holds(
    make_lecture: MakeLecture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    rest: str,
    message: str,
) -> None:
    (tmp_path / "a.csv").touch()
    monkeypatch.setattr(Path, "open", lambda *_, **__: Endless(first, rest))
    with pytest.raises(BadData, match=message):
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


def npy(header: str, values: bytes = b"") -> bytes:
    """An array file with this header, written by hand."""
    padded = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode() + values


def described(kind: str, shape: str, values: bytes = b"") -> bytes:
    return npy(f"{{'descr': {kind}, 'fortran_order': False, 'shape': {shape}, }}", values)


def zipped(path: Path, members: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)


TWO = described("'<f8'", "(2,)", bytes(16))


@pytest.mark.parametrize(
    ("member", "message"),
    [
        (described("'<f8'", "(3,)", bytes(16)), "inputs declares 24 bytes of values; it holds 16"),
        (described("'<f8'", "(1,)", bytes(16)), "inputs declares 8 bytes of values; it holds 16"),
        (described("'<f8'", "(-2,)", bytes(16)), r"inputs must have shape .* found \(-2,\)"),
        (described("'<f8'", "(-1, -2)", bytes(16)), r"found \(-1, -2\)"),
        (described("'<f8'", "()", bytes(8)), r"found \(\)"),
        (
            described("'<f8'", f"(1{'0' * 40}, 9)", bytes(16)),
            "inputs declares 72000",
        ),
        (described("'<f8'", f"(1{'0' * 5000},)", bytes(16)), "inputs has no header"),
        (described("[('a', '<f8')]", "(2,)", bytes(16)), "inputs must be numbers; found dtype"),
        (described("'|O'", "(2,)", bytes(16)), "not an NPZ file of plain numbers"),
        (described("'<c16'", "(2,)", bytes(32)), "inputs must be numbers; found dtype"),
        (described("'nonsense'", "(2,)", bytes(16)), "inputs has no header"),
        (npy("(" * 200), "inputs has no header"),
        (npy("{}"), "inputs has no header"),
        (b"nothing", "inputs has no header"),
        (b"", "inputs has no header"),
        (b"\x93NUMPY\x09\x00", "inputs has no header"),
    ],
)
def test_npz_headers_are_checked_before_values_are_read(
    make_lecture: MakeLecture, tmp_path: Path, member: bytes, message: str
) -> None:
    zipped(tmp_path / "a.npz", {"inputs": member, "targets": TWO})
    with pytest.raises(BadData, match=message) as error:
        load_data(make_lecture(data={"file": "a.npz"}))
    assert len(str(error.value)) < 200


def test_an_npz_that_unpacks_to_too_much_is_not_unpacked(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    zipped(tmp_path / "a.npz", {"inputs": bytes(70_000_000), "targets": TWO})
    many = described("'|u1'", "(5000000,)", bytes(5_000_000))
    zipped(tmp_path / "b.npz", {"inputs": many, "targets": many})
    tracemalloc.start()
    try:
        with pytest.raises(BadData, match="inputs unpacks to 70,000,000 bytes; a record holds"):
            load_data(make_lecture(data={"file": "a.npz"}))
        with pytest.raises(BadData, match="5000000 samples of 2 values are more than a record"):
            load_data(make_lecture(data={"file": "b.npz"}))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_npz_of_odd_but_plain_numbers(make_lecture: MakeLecture, tmp_path: Path) -> None:
    inputs = np.asfortranarray(np.arange(6, dtype=">f8").reshape(3, 2))
    np.savez_compressed(tmp_path / "a.npz", inputs=inputs, targets=np.array([True, False, True]))
    data = load_data(make_lecture(data={"file": "a.npz"}))
    np.testing.assert_array_equal(data.inputs, [[0, 1], [2, 3], [4, 5]])
    np.testing.assert_array_equal(data.targets, [[1], [0], [1]])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_npz_with_an_array_twice_or_with_a_password(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    path = tmp_path / "a.npz"
    zipped(path, {"inputs": TWO, "targets": TWO})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("inputs.npy", TWO)
    with pytest.raises(BadData, match="it holds 2 arrays of the name 'inputs'"):
        load_data(make_lecture(data={"file": "a.npz"}))

    zipped(path, {"inputs": TWO, "targets": TWO})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # of the first member itself, and in the list of members
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(BadData, match="it is encrypted; save it without a password"):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_npz_with_spoilt_values_is_refused(make_lecture: MakeLecture, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, inputs=np.ones(2), targets=np.ones(2))
    content = bytearray(path.read_bytes())
    content[content.index(np.ones(2).tobytes())] ^= 1
    path.write_bytes(content)
    with pytest.raises(BadData, match="it is not a whole NPZ file"):
        load_data(make_lecture(data={"file": "a.npz"}))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name on this system")
def test_a_pipe_is_no_data(make_lecture: MakeLecture, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(BadData, match="a pipe or a device"):
        load_data(make_lecture(data={"file": "a.csv"}))


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
    with pytest.raises(BadRule, match=r"'log\(x\)' has no value at x = -2"):
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
