"""Samples that are measured with, and not trained on; and the noise of a rule."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadData
from epochreel.lecture.settings import Lecture
from training.data import load_data

MakeLecture = Callable[..., Lecture]
RULE = {"start": 0, "stop": 10, "rule": "x"}


def test_a_share_is_drawn_by_the_seed(make_lecture: MakeLecture) -> None:
    def loaded(seed: int, share: float = 0.3) -> tuple[list[float], list[float]]:
        lecture = make_lecture(data={**RULE, "validation_split": share}, seed=seed)
        data = load_data(lecture)
        assert data.validation is not None
        np.testing.assert_array_equal(data.validation.inputs, data.validation.targets)
        return data.inputs[:, 0].tolist(), data.validation.inputs[:, 0].tolist()

    trained, measured = loaded(1)
    assert (len(trained), len(measured)) == (7, 3)
    assert sorted(trained + measured) == [*range(10)]
    assert trained == sorted(trained)
    assert loaded(1) == (trained, measured) != loaded(2)
    assert [len(part) for part in loaded(1, 0.001)] == [9, 1]
    assert [len(part) for part in loaded(1, 0.999)] == [1, 9]


def test_one_sample_is_not_split(make_lecture: MakeLecture) -> None:
    data = {"start": 0, "stop": 1, "rule": "x", "validation_split": 0.5}
    with pytest.raises(BadData, match="validation_split: one sample cannot be split in two"):
        load_data(make_lecture(data=data))


@pytest.fixture
def with_file(make_lecture: MakeLecture, tmp_path: Path) -> Callable[[str, str], Lecture]:
    """A lecture of two classes with a second file to measure with."""

    def make(train: str, apart: str) -> Lecture:
        (tmp_path / "a.csv").write_text(train, encoding="utf-8")
        (tmp_path / "b.csv").write_text(apart, encoding="utf-8")
        return make_lecture(data={"file": "a.csv", "validation_file": "b.csv"}, loss="bce")

    return make


TRAIN = "a,b,kind\n1,2,yes\n3,4,no\n"


def test_columns_of_the_other_file_are_found_by_name(
    with_file: Callable[[str, str], Lecture],
) -> None:
    data = load_data(with_file(TRAIN, "kind;more;b;a\nyes;x;6;5\n"))
    assert data.validation is not None
    np.testing.assert_array_equal(data.validation.inputs, [[5, 6]])
    np.testing.assert_array_equal(data.validation.targets, [[1]])
    assert data.validation.class_names == data.class_names == ("no", "yes")


@pytest.mark.parametrize(
    ("apart", "message"),
    [
        ("a,kind\n1,yes\n", "there is no column 'b' for a feature"),
        ("1,2,yes\n", "its columns have no names to choose by"),
        ("a,b,kind\n1,2,maybe\n", "sample 1 is of class 'maybe', which the network is not trained"),
        ("a,b,kind\n", "it holds no sample"),
    ],
)
def test_a_problem_of_the_other_file_names_it(
    with_file: Callable[[str, str], Lecture], apart: str, message: str
) -> None:
    with pytest.raises(BadData) as error:
        load_data(with_file(TRAIN, apart))
    assert str(error.value).startswith("test: [data] validation_file: b.csv: ")
    assert message in str(error.value)
    assert error.value.field == "data.validation_file"


def test_a_label_between_two_classes_is_neither(
    with_file: Callable[[str, str], Lecture],
) -> None:
    with pytest.raises(
        BadData, match=r"of class '0\.5', which the network is not trained on: 0, 1"
    ):
        load_data(with_file("a,y\n1,0\n2,1\n", "a,y\n1,0.5\n"))


def test_noise_is_added_to_the_targets_of_a_rule(make_lecture: MakeLecture) -> None:
    rule = {"start": 0, "stop": 4000, "rule": "2*x"}

    def residuals(seed: int) -> np.ndarray:
        data = load_data(make_lecture(data={**rule, "noise": 0.5}, seed=seed))
        return (data.targets - 2 * data.inputs)[:, 0]

    assert abs(residuals(1).mean()) < 0.05
    assert abs(residuals(1).std() - 0.5) < 0.02
    np.testing.assert_array_equal(residuals(1), residuals(1))
    assert not np.array_equal(residuals(1), residuals(2))
