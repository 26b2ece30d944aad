"""Samples from NPZ files, of which nothing is run and no more is read than a record holds."""

import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadData, LectureError
from epochreel.lecture.settings import Lecture
from training.data import load_data

MakeLecture = Callable[..., Lecture]


def test_npz_holds_inputs_and_targets(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(6).reshape(3, 2), targets=np.arange(3))
    data = load_data(make_lecture(data={"file": "a.npz"}))
    assert data.inputs.shape == (3, 2)
    assert data.targets.shape == (3, 1)


class Explosive:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return pytest.fail, ("the file's code was run",)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"inputs": [1.0]}, "array 'targets' is missing; found: inputs"),
        ({"inputs": [1.0, 2.0], "targets": [1.0]}, "2 inputs and 1 targets"),
        ({"inputs": np.zeros((2, 3, 3, 1, 1)), "targets": [1, 2]}, r"found \(2, 3, 3, 1, 1\)"),
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


def test_one_array_is_no_npz(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.zeros(3))
    (tmp_path / "a.npy").rename(tmp_path / "a.npz")
    with pytest.raises(LectureError, match="it is one array"):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_too_much_data_says_how_much_fits(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.zeros((6000, 784), "uint8"), targets=np.zeros(6000))
    with pytest.raises(LectureError, match="give at most 5095 of them"):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_npz_with_names_and_samples_to_validate_with(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    np.savez(
        tmp_path / "a.npz",
        inputs=np.eye(3)[:, :2],
        targets=np.array([2, 0, 1]),
        feature_names=np.array(["length", "width"]),
        class_names=np.array(["猫", "狗", "鸟"]),
        validation_inputs=np.ones((1, 2)),
        validation_targets=np.array([1]),
    )
    lecture = make_lecture([{"units": 3}], {"file": "a.npz", "features": ["width"]})
    data = load_data(lecture)
    assert (data.feature_names, data.class_names) == (("width",), ("猫", "狗", "鸟"))
    np.testing.assert_array_equal(data.inputs, [[0], [1], [0]])
    np.testing.assert_array_equal(data.targets, [[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    assert data.validation is not None
    np.testing.assert_array_equal(data.validation.inputs, [[1]])
    np.testing.assert_array_equal(data.validation.targets, [[0, 1, 0]])


def test_npz_of_words(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(3), targets=np.array(["no", "yes", "no"]))
    data = load_data(make_lecture(data={"file": "a.npz"}, loss="bce"))
    assert data.class_names == ("no", "yes")
    np.testing.assert_array_equal(data.targets, [[0], [1], [0]])


def test_npz_of_words_from_another_machine(make_lecture: MakeLecture, tmp_path: Path) -> None:
    words = np.array(["狗", "猫"]).astype(">U1")
    np.savez(tmp_path / "a.npz", inputs=np.arange(2), targets=words)
    assert load_data(make_lecture(data={"file": "a.npz"}, loss="bce")).class_names == ("狗", "猫")


def test_labels_are_finite(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(3), targets=[0, 1, np.inf])
    with pytest.raises(BadData, match="targets: sample 3 holds a value that is not finite"):
        load_data(make_lecture(data={"file": "a.npz"}, loss="bce"))


def test_features_are_chosen_from_validation_inputs_too(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    np.savez(
        tmp_path / "a.npz",
        inputs=np.ones((2, 2)),
        targets=np.ones(2),
        feature_names=np.array(["a", "b"]),
        validation_inputs=np.ones(2),
        validation_targets=np.ones(2),
    )
    with pytest.raises(BadData, match="validation_inputs must have as many columns as inputs"):
        load_data(make_lecture(data={"file": "a.npz", "features": ["b"]}))


def test_another_npz_to_validate_with_is_of_the_same_classes(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    names = np.array(["a", "b", "c"])
    np.savez(tmp_path / "a.npz", inputs=np.arange(3), targets=[0, 1, 2], class_names=names)
    np.savez(tmp_path / "b.npz", inputs=np.arange(1), targets=[1])
    lecture = make_lecture([{"units": 3}], {"file": "a.npz", "validation_file": "b.npz"})
    validation = load_data(lecture).validation
    assert validation is not None
    np.testing.assert_array_equal(validation.targets, [[0, 1, 0]])


TEXT = described("'<U1'", "(2,)", b"\xff" * 8)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"class_names": np.array(["a", "b"], dtype=object)}, "class_names holds Python objects"),
        ({"class_names": np.array([1, 2])}, r"class_names must be text, as of .astype\(str\)"),
        (
            {"class_names": np.array(["a", "b"]), "targets": np.array([0, 2])},
            "sample 2 has label 2; there are 2 class names, for 0 to 1",
        ),
        ({"class_names": np.array(["a", "a"])}, "2 class names are 'a'; rename all but one"),
        ({"class_names": np.array([["a", "b"]])}, r"must be one row; found shape \(1, 2\)"),
        ({"class_names": np.array(["a" * 101, "b"])}, "must be words of 1 to 100 characters"),
        ({"feature_names": np.array(["a", "b"])}, "2 feature_names for 1 values of a sample"),
        ({"targets": np.array([["a", "b"]] * 2)}, "targets are words; give one for each sample"),
        ({"validation_inputs": np.ones(2)}, "array 'validation_targets' is missing"),
        (
            {"validation_inputs": np.ones((2, 3)), "validation_targets": np.ones(2)},
            r"inputs to measure with have shape \(3,\), those to train on \(1,\)",
        ),
        (
            {"validation_inputs": np.ones(99_999), "validation_targets": np.ones(99_999)},
            "100001 samples of 2 values are more than a record holds",
        ),
    ],
)
def test_npz_errors_of_names_and_validation(
    make_lecture: MakeLecture, tmp_path: Path, arrays: dict[str, object], message: str
) -> None:
    given = {"inputs": np.arange(2), "targets": np.arange(2), **arrays}
    np.savez(tmp_path / "a.npz", **given)
    with pytest.raises(BadData, match=message):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_npz_text_that_is_none_is_refused(make_lecture: MakeLecture, tmp_path: Path) -> None:
    zipped(tmp_path / "a.npz", {"inputs": TWO, "targets": TWO, "class_names": TEXT})
    with pytest.raises(BadData, match="class_names holds what is no text"):
        load_data(make_lecture(data={"file": "a.npz"}))


def test_images_are_told_to_be_flattened(make_lecture: MakeLecture, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.zeros((4, 28, 28)), targets=np.arange(4))
    with pytest.raises(BadData, match=r'put a layer { type = "Flatten" } before layer 1'):
        load_data(make_lecture(data={"file": "a.npz"}))
