"""Samples from CSV files: what a lecturer may bring, and what is said of the rest."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadData, LectureError
from epochreel.lecture.settings import Lecture
from training.data import load_data

MakeLecture = Callable[..., Lecture]


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it holds no sample"),
        ("x,y\n", "it holds no sample"),
        ("x,y\n1,2\n3,four\n", "line 3, column 'y': 'four' is not a number, and others"),
        ("1,y\n3,4\n", "line 1, column 2: 'y' is not a number"),
        ("1,2\n3,4,5\n", "line 2 has 3 columns, the first sample 2"),
        ("1\n2\n", "line 1 has one column"),
        ("1,inf\n", "line 1, column 2: 'inf' is not a finite number"),
        ("1,nan\n", "line 1, column 2: the target is missing ('nan')"),
        ("1,1e300\n", "targets: sample 1 holds a value that is not finite"),
        ("1,2\n3,\n", "line 2, column 2: the target is missing ('')"),
        ("x,y\nx,y\n1,2\n", "line 2, column 'x': 'x' is not a number"),
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
        (
            ",".join(map("x{}".format, range(1000))) + "\n",
            ",".join(["0"] * 1000) + "\n",
            "it has more than 4000 samples of 1000 values",
        ),
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


IRIS = "sepal,petal,species\n5.1,1.4,setosa\n6.3,6.0,virginica\n5.8,4.0,versicolor\n"
TO_CLASSES = [{"units": 3, "activation": "softmax"}]


def test_words_in_the_target_are_classes_in_their_order(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(IRIS, encoding="utf-8")
    data = load_data(make_lecture(TO_CLASSES, {"file": "a.csv"}, loss="scce"))
    assert data.feature_names == ("sepal", "petal")
    assert (data.class_names, data.target_names) == (("setosa", "versicolor", "virginica"), ())
    np.testing.assert_array_equal(data.targets, [[1, 0, 0], [0, 0, 1], [0, 1, 0]])


def test_columns_are_chosen_by_name(make_lecture: MakeLecture, tmp_path: Path) -> None:
    text = "\ufeff编号;面积;房间;价格\n甲;50;2;900\n乙;70;3;1200\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    chosen = {"file": "a.csv", "target": "面积", "features": ["价格", "房间"]}
    data = load_data(make_lecture(data=chosen))
    assert (data.feature_names, data.target_names) == (("价格", "房间"), ("面积",))
    np.testing.assert_array_equal(data.inputs, [[900, 2], [1200, 3]])
    np.testing.assert_array_equal(data.targets, [[50], [70]])


def test_a_name_of_digits_and_underscores_is_no_number(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("1_2,y\n3,4\n", encoding="utf-8")
    assert load_data(make_lecture(data={"file": "a.csv"})).feature_names == ("1_2",)


def test_several_targets(make_lecture: MakeLecture, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\tu\tv\n1\t2\t3\n", encoding="utf-8")
    chosen = {"file": "a.csv", "targets": ["v", "x"]}
    data = load_data(make_lecture([{"units": 2}], chosen))
    assert (data.feature_names, data.target_names) == (("u",), ("v", "x"))
    np.testing.assert_array_equal(data.targets, [[3, 1]])


@pytest.mark.parametrize(
    "text",
    [
        ",a,b,y\n0,1,2,3\n1,4,5,6\n",
        ",a,b,y\n17,1,2,3\n4,4,5,6\n",
        '"","a","b","y"\n"Mazda RX4",1,2,3\n"Datsun 710",4,5,6\n',
        "a,b,y,,\n1,2,3,,\n4,5,6,,\n,,,,\n",
        'a, "b", y\n1, 2, 3\n4, 5, 6\n',
    ],
)
def test_what_pandas_r_and_excel_add_is_left_out(
    make_lecture: MakeLecture, tmp_path: Path, text: str
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    data = load_data(make_lecture(data={"file": "a.csv"}))
    assert (data.feature_names, data.target_names) == (("a", "b"), ("y",))
    np.testing.assert_array_equal(data.inputs, [[1, 2], [4, 5]])


@pytest.mark.parametrize(
    ("text", "chosen", "message"),
    [
        ("a;b\n5,1;3\n", {}, "line 2, column 'a': '5,1' has a comma in it; write 5.1, with"),
        ('a,b\n"1,200",3\n', {}, "'1,200' has a comma in it; write 1200, or with a decimal"),
        ("a,b,y\n1,?,2\n", {}, "line 2, column 'b': the value is missing ('?'). Fill it in"),
        ("a,b,y\n1,None,2\n", {}, "line 2, column 'b': the value is missing ('None')"),
        ("a,b,y\n1,2,NA\n", {}, "line 2, column 'y': the target is missing ('NA')"),
        ("a,a,y\n1,2,3\n", {}, "2 column names are 'a'; rename all but one"),
        ("a,b,y\n1,2,3,\n", {}, "line 2 has 4 columns, the header 3"),
        ("a,,y\n1,2,3\n", {}, "line 2 holds '2' in column 2, which has no name"),
        (",a,y\n1,2,3\n1,2,3\n", {}, "its first column has no name, and does not number"),
        ("1 2 3\n", {}, "with a comma, a semicolon or a tab between"),
        (
            "a,b,y\n1,x,2\n",
            {},
            "'x' is not a number. Leave a column of words out: features = [\"a\"]",
        ),
        ("39,Private,7\n", {}, "Write a first line of names, none of them a number"),
        ("a,y\n1,3+\n2,4\n", {}, "line 2, column 'y': '3+' is not a number, and others"),
        ("a,y\n1,b\x07\n", {}, "line 2, column 'y': 'b\\x07' cannot be printed"),
        ("1,2\n", {"target": "y"}, "its columns have no names to choose by"),
        (
            "a,price\n1,2\n",
            {"target": "prise"},
            "no column 'prise' for a target. Did you mean 'price'",
        ),
        ("a,b\n1,2\n", {"features": ["a", "b"]}, "column 'b' is among the features, and is the"),
        ("a,b\n1,2\n", {"targets": ["a", "b"]}, "all its columns are targets"),
    ],
)
def test_csv_errors_say_what_to_do(
    make_lecture: MakeLecture, tmp_path: Path, text: str, chosen: dict[str, object], message: str
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as error:
        load_data(make_lecture(data={"file": "a.csv", **chosen}))
    assert message in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_csv_in_another_encoding_is_told_how_to_be_saved(
    make_lecture: MakeLecture, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "a.csv").write_text("面积,价格\n50,900\n", encoding=encoding)
    with pytest.raises(BadData, match=r"not UTF-8 text. Save it anew: in Excel as 'CSV UTF-8"):
        load_data(make_lecture(data={"file": "a.csv"}))
