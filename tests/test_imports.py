"""The rooms stay apart: who loads Keras, who loads Manim, and how light help is."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("code", "strangers"),
    [
        ("import scenes", {"keras", "tensorflow"}),
        ("import scenes.epochs", {"keras", "tensorflow"}),
        ("import training", {"manim", "keras", "tensorflow"}),
        ("import training.train", {"manim"}),
        ("import epochreel.cli", {"manim", "keras", "tensorflow", "numpy"}),
        ("import epochreel.products.film", {"manim", "keras", "tensorflow"}),
        ("import epochreel", {"manim", "keras", "tensorflow", "numpy", "IPython"}),
        ("from epochreel import load_record", {"manim", "keras", "tensorflow"}),
        ("from epochreel import render", {"manim", "keras", "tensorflow", "IPython"}),
        ("from epochreel import EpochRecorder", {"manim"}),
        ("from training.recorder import EpochRecorder", {"manim"}),
    ],
)
def test_import_loads_no_stranger(code: str, strangers: set[str]) -> None:
    program = f"{code}\nimport sys; print(*sorted({strangers!r} & set(sys.modules)))"

    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert found == []
