"""Data sets by name."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from epochreel.errors import BadData
from epochreel.lecture.settings import Lecture
from epochreel.lecture.vocabulary import COLLECTED_SETS, MADE_SETS
from training.data import load_data
from training.datasets import load_dataset

MakeLecture = Callable[..., Lecture]
OF_TWO = ("moons", "circles", "xor", "spiral")


@pytest.mark.parametrize(
    ("name", "units", "samples", "feature", "target"),
    [
        ("iris", 3, 150, "petal length (cm)", "virginica"),
        ("wine", 3, 178, "alcohol", "class_2"),
        ("breast_cancer", 1, 569, "mean radius", "benign"),
        ("diabetes", 1, 442, "age (years)", "disease progression"),
    ],
)
def test_collected_sets_come_with_names(
    make_lecture: MakeLecture, name: str, units: int, samples: int, feature: str, target: str
) -> None:
    data = load_data(make_lecture([{"units": units}], {"dataset": name}))
    assert data.targets.shape == (samples, units)
    assert feature in data.feature_names
    assert len(data.feature_names) == data.inputs.shape[1]
    assert target in (data.class_names or data.target_names)


def test_diabetes_is_in_its_own_units(make_lecture: MakeLecture) -> None:
    chosen = {"dataset": "diabetes", "features": ["age (years)"]}
    assert load_data(make_lecture(data=chosen)).inputs.max() == 79


def test_digits_are_images(make_lecture: MakeLecture) -> None:
    lecture = make_lecture(data={"dataset": "digits"})
    found = load_dataset(lecture.data, 0)
    assert found.inputs.shape == (1797, 8, 8)
    assert found.class_names == tuple("0123456789")
    with pytest.raises(BadData, match=r"shape \(8, 8\), and Dense takes a row; put a layer"):
        load_data(lecture)


def test_features_of_a_set_are_chosen_by_name(make_lecture: MakeLecture) -> None:
    names = ["petal width (cm)", "sepal length (cm)"]
    data = load_data(make_lecture([{"units": 3}], {"dataset": "iris", "features": names}))
    np.testing.assert_array_equal(data.inputs[0], np.float32([0.2, 5.1]))
    with pytest.raises(BadData, match=r"dataset: iris: there is no feature 'petal_width'"):
        load_data(make_lecture(data={"dataset": "iris", "features": ["petal_width"]}))


@pytest.mark.parametrize("name", MADE_SETS)
def test_made_sets_follow_the_seed(make_lecture: MakeLecture, name: str) -> None:
    layers = [{"units": 1 if name in OF_TWO else 3}]

    def made(seed: int, **settings: object) -> np.ndarray:
        lecture = make_lecture(layers, {"dataset": name, **settings}, seed=seed)
        return load_data(lecture).inputs

    assert made(1).shape == (200, 2)
    assert made(1, samples=31).shape == (31, 2)
    np.testing.assert_array_equal(made(1), made(1))
    assert not np.array_equal(made(1), made(2))
    assert not np.array_equal(made(1, noise=0.5), made(1, noise=0.6))


def test_xor_is_what_it_says(make_lecture: MakeLecture) -> None:
    data = load_data(make_lecture(data={"dataset": "xor"}, loss="bce"))
    differ = (data.inputs[:, 0] > 0) != (data.inputs[:, 1] > 0)
    np.testing.assert_array_equal(data.targets[:, 0], differ)
    assert data.class_names == ("0", "1")


def test_the_arms_of_the_spiral_mirror_each_other(make_lecture: MakeLecture) -> None:
    lecture = make_lecture(data={"dataset": "spiral", "noise": 0.0, "samples": 400})
    data = load_data(lecture)
    radius = np.linalg.norm(data.inputs, axis=1)
    angle = np.arctan2(data.inputs[:, 1], data.inputs[:, 0]) - 3.5 * np.pi * radius / 3
    np.testing.assert_allclose(np.cos(angle), np.where(data.targets[:, 0], -1, 1), atol=1e-4)
    assert data.targets.mean() == 0.5


def test_without_scikit_learn_there_is_one_error(
    make_lecture: MakeLecture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(BadData, match=r"dataset: iris: .* pip install scikit-learn"):
        load_data(make_lecture(data={"dataset": "iris"}))
    load_data(make_lecture(data={"dataset": "xor"}))


def test_scikit_learn_is_imported_for_its_sets_only() -> None:
    program = """
import sys
from epochreel.lecture.file import load_lecture
from training.data import load_data
load_data(load_lecture("loss_function"))
assert "sklearn" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_name_has_a_set(make_lecture: MakeLecture) -> None:
    for name in (*COLLECTED_SETS, *MADE_SETS):
        source = make_lecture(data={"dataset": name}).data
        found = load_dataset(source, 0)
        assert len(found.inputs) == len(found.targets)
