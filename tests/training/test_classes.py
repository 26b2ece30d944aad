"""Targets as a network learns them: when they are classes, and how these are encoded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import BadData
from epochreel.lecture.layers import Model
from epochreel.lecture.settings import Lecture
from training.data import load_data
from training.model_check import outputs_of, problem_of_model
from training.samples import Samples

MakeLecture = Callable[..., Lecture]


@pytest.fixture
def load(make_lecture: MakeLecture, tmp_path: Path) -> Callable[..., Samples]:
    """Load targets, one text for each sample, for a network of so many units."""

    def load(targets: list[str], units: int, loss: str) -> Samples:
        rows = [f"{at},{target}" for at, target in enumerate(targets)]
        (tmp_path / "a.csv").write_text("\n".join(["x,y", *rows]), encoding="utf-8")
        return load_data(make_lecture([{"units": units}], {"file": "a.csv"}, loss=loss))

    return load


@pytest.mark.parametrize(
    ("targets", "units", "loss", "classes", "encoded"),
    [
        (["b", "a"], 1, "bce", ("a", "b"), [[1], [0]]),
        (["b", "a"], 1, "mse", ("a", "b"), [[1], [0]]),
        (["b", "a"], 2, "bce", ("a", "b"), [[0, 1], [1, 0]]),
        (["b", "a"], 2, "scce", ("a", "b"), [[0, 1], [1, 0]]),
        (["10", "9"], 2, "cce", ("9", "10"), [[0, 1], [1, 0]]),
        (["2.0", "1.0"], 1, "bce", ("1", "2"), [[1], [0]]),
        (["1", "0"], 1, "mse", (), [[1], [0]]),
        (["0.5", "1"], 1, "bce", (), [[0.5], [1]]),
        (["b", "a", "c"], 3, "mse", ("a", "b", "c"), [[0, 1, 0], [1, 0, 0], [0, 0, 1]]),
    ],
)
def test_classes_are_encoded_as_the_network_takes_them(
    load: Callable[..., Samples],
    targets: list[str],
    units: int,
    loss: str,
    classes: tuple[str, ...],
    encoded: list[list[float]],
) -> None:
    data = load(targets, units, loss)
    assert data.class_names == classes
    assert data.target_names == (() if classes else ("y",))
    np.testing.assert_array_equal(data.targets, encoded)
    assert data.targets.dtype == np.float32


@pytest.mark.parametrize(
    ("targets", "units", "loss", "message"),
    [
        (["a", "b", "c"], 1, "mse", 'has 3 classes (a, b, c); the last layer has 1 unit. Give it '
         'units = 3 and activation = "softmax", and loss = "sparse_categorical_crossentropy".'),
        (["a", "b"], 3, "scce", 'Give it units = 1 and activation = "sigmoid", and loss = "binary'),
        (["a", "b"], 1, "cce", 'With loss = "categorical_crossentropy" give it units = 2 and'),
        (["0", "1", "2"], 3, "mse", "its whole numbers are labels of classes, take loss = "
         '"sparse_categorical_crossentropy", or write them one-hot, a column for each class.'),
        (["1", "2"], 3, "mse", "the data has 1 target (y), so give it units = 1."),
        ([*map(str, range(30))], 1, "bce", "If these are no classes, take another target"),
        (["a", "a"], 1, "bce", "all samples are of one class, 'a'"),
        (["1", "1"], 1, "bce", "all samples are of one class, '1'"),
        (["1.5", "2"], 2, "scce", "column 'y' holds numbers such as 1.5. For numbers take loss"),
        (["1.5", "0"], 1, "bce", "column 'y' holds numbers such as 1.5. For numbers take loss"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_what_to_write(
    load: Callable[..., Samples], targets: list[str], units: int, loss: str, message: str
) -> None:
    with pytest.raises(BadData) as error:
        load(targets, units, loss)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("targets", "loss", "classes"),
    [
        (np.eye(3), "categorical_crossentropy", ("0", "1", "2")),
        (np.eye(3), "sparse_categorical_crossentropy", ("0", "1", "2")),
        (np.eye(3), "mean_squared_error", ()),
        (np.full((3, 3), 1 / 3), "categorical_crossentropy", ()),
        (np.eye(3), "binary_crossentropy", ()),
    ],
)
def test_rows_are_classes_where_they_are_one_hot(
    make_lecture: MakeLecture, tmp_path: Path, targets: Any, loss: str, classes: tuple[str, ...]
) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(3), targets=targets)
    data = load_data(make_lecture([{"units": 3}], {"file": "a.npz"}, loss=loss))
    assert data.class_names == classes
    np.testing.assert_array_equal(data.targets, targets.astype(np.float32))


def test_rows_that_are_no_classes_are_refused_by_a_sparse_loss(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    np.savez(tmp_path / "a.npz", inputs=np.arange(3), targets=np.ones((3, 3)))
    with pytest.raises(BadData, match="takes the class of each sample, one whole number or word"):
        load_data(make_lecture([{"units": 3}], {"file": "a.npz"}, loss="scce"))


def test_a_rule_gives_numbers_whatever_the_loss(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"start": 0, "stop": 2, "rule": "x"}, loss="bce"))
    assert data.class_names == ()


FLAT, TEN = {"type": "Flatten"}, {"units": 10}


@pytest.mark.parametrize(
    ("layers", "outputs", "problem"),
    [
        ([FLAT, TEN], 10, None),
        ([FLAT, TEN, {"type": "Softmax"}], 10, None),
        ([{"type": "Reshape", "target_shape": [64]}, TEN], 10, None),
        (
            [{"type": "Dropout", "rate": 0.5}, TEN],
            10,
            'put a layer { type = "Flatten" } before layer 2',
        ),
        ([{"type": "Reshape", "target_shape": [4, 16]}, TEN], 10, "has shape (4, 16)"),
        ([FLAT, {**TEN, "kernel": [[0.0] * 10]}], 10, "it must be (64, 10)"),
        (
            [FLAT, {"units": 12}, {"type": "Reshape", "target_shape": [12]}],
            None,
            None,
        ),
    ],
)
def test_layers_of_other_kinds_are_looked_through(
    make_lecture: MakeLecture,
    layers: list[dict[str, Any]],
    outputs: int | None,
    problem: str | None,
) -> None:
    model = Model.model_validate({"layers": layers})
    lecture = make_lecture().model_copy(update={"model": model})
    data = Samples.of(np.zeros((2, 8, 8)), np.zeros((2, 10)))
    assert outputs_of(lecture) == outputs
    found = problem_of_model(lecture, data)
    assert found is None if problem is None else problem in str(found)
