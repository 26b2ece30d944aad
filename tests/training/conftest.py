"""Lectures to train, small enough for a test."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epochreel.lecture.settings import Lecture

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

OF_KERAS = ("test_epoch_recorder.py", "test_hyperparameters.py")
MakeLecture = Callable[..., Lecture]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where tests with Keras are left out, so is the module that imports it at its top."""
    left_out = "not keras" in config.getoption("markexpr")
    return True if left_out and collection_path.name in OF_KERAS else None


@pytest.fixture
def make_lecture(tmp_path: Path) -> MakeLecture:
    """Make a lecture of 1-4-1 on ten samples of x**2/10; tables given replace or extend these."""

    def make(
        layers: list[dict[str, Any]] | None = None,
        data: dict[str, Any] | None = None,
        **training: Any,
    ) -> Lecture:
        return Lecture.model_validate(
            {
                "name": "test",
                "folder": tmp_path,
                "data": data or {"start": -5, "stop": 5, "rule": "x**2/10"},
                "model": {"layers": layers or [{"units": 4, "activation": "tanh"}, {"units": 1}]},
                "training": {"epochs": 4, "learning_rate": 0.05, "seed": 3, **training},
            }
        )

    return make
