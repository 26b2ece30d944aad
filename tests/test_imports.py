"""The rooms stay apart: who loads Keras, who loads Manim, and how quick help is."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("scenes", {"keras", "tensorflow"}),
        ("scenes.epochs", {"keras", "tensorflow"}),
        ("training", {"manim", "keras", "tensorflow"}),
        ("training.train", {"manim"}),
        ("epochreel.cli", {"manim", "keras", "tensorflow", "numpy"}),
        ("epochreel.products.build", {"manim", "keras", "tensorflow"}),
    ],
)
def test_import_loads_no_stranger(module: str, strangers: set[str]) -> None:
    code = f"import {module}, sys; print(*sorted({strangers!r} & set(sys.modules)))"

    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert found == []
