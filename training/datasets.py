"""Data sets by name: those that scikit-learn brings along, and those that are made with a seed."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from epochreel.lecture.source import Source
from epochreel.lecture.vocabulary import COLLECTED_SETS
from training.classes import Found

Made = tuple[npt.NDArray[Any], npt.NDArray[Any]]
DEFAULT_SAMPLES = 200
# How far points lie from where their class would be without chance; of blobs, how wide they are.
DEFAULT_NOISE = {"moons": 0.1, "circles": 0.05, "blobs": 1.0, "xor": 0.0, "spiral": 0.1}
# Where scikit-learn does not say in what unit, as it does for iris.
UNITS = {"age": "age (years)", "bmi": "bmi (kg/m²)", "bp": "bp (mmHg)"}


def load_dataset(source: Source, seed: int) -> Found:
    """The data set of the name `source.dataset`.

    Raises:
        ValueError: it comes from scikit-learn, which is not installed.
    """
    assert source.dataset is not None
    if source.dataset in COLLECTED_SETS:
        return _collected(source.dataset)
    noise = DEFAULT_NOISE[source.dataset] if source.noise is None else source.noise
    make = MAKERS[source.dataset]
    points, labels = make(source.samples or DEFAULT_SAMPLES, noise, seed)
    classes = tuple(map(str, range(int(labels.max()) + 1)))
    return Found(points, labels, feature_names=("x1", "x2"), class_names=classes)


def _collected(name: str) -> Found:
    sets = _sklearn_datasets()
    if name == "digits":
        digits = sets.load_digits()
        return Found(digits.images, digits.target, class_names=tuple(map(str, range(10))))
    if name == "diabetes":
        diabetes = sets.load_diabetes(scaled=False)
        features = tuple(UNITS.get(feature, feature) for feature in diabetes.feature_names)
        return Found(diabetes.data, diabetes.target, features, ("disease progression",))
    found = getattr(sets, f"load_{name}")()
    features, classes = (
        tuple(map(str, names)) for names in (found.feature_names, found.target_names)
    )
    return Found(found.data, found.target, features, class_names=classes)


def _moons(samples: int, noise: float, seed: int) -> Made:
    made: Made = _sklearn_datasets().make_moons(samples, noise=noise, random_state=seed)
    return made


def _circles(samples: int, noise: float, seed: int) -> Made:
    made: Made = _sklearn_datasets().make_circles(
        samples, noise=noise, factor=0.5, random_state=seed
    )
    return made


def _blobs(samples: int, noise: float, seed: int) -> Made:
    made: Made = _sklearn_datasets().make_blobs(samples, cluster_std=noise, random_state=seed)
    return made


def _xor(samples: int, noise: float, seed: int) -> Made:
    """Points of a square; class 1 where just one of the two coordinates is positive."""
    random = np.random.default_rng(seed)
    points = random.uniform(-1, 1, (samples, 2))
    labels = (points > 0).sum(axis=1) % 2
    return points + random.normal(0, noise, points.shape), labels


def _spiral(samples: int, noise: float, seed: int) -> Made:
    """Two arms that wind around each other, one and three quarter turns, out to radius 3."""
    random = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    along = np.sqrt(random.uniform(0.02, 1, samples))
    angle = 3.5 * np.pi * along + np.pi * labels
    points = 3 * along[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return points + random.normal(0, noise, points.shape), labels


def _sklearn_datasets() -> Any:
    try:
        from sklearn import datasets
    except ImportError:
        raise ValueError(
            "it comes with scikit-learn, which is not installed here. Install it with: "
            "pip install scikit-learn"
        ) from None
    return datasets


MAKERS: Mapping[str, Callable[[int, float, int], Made]] = {
    "moons": _moons,
    "circles": _circles,
    "blobs": _blobs,
    "xor": _xor,
    "spiral": _spiral,
}
