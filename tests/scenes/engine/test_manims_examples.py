"""The engine draws the scenes in Manim's own documentation as Manim draws them."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import manim
import numpy as np
import pytest
from manim import Scene, tempconfig

from .frames import fast_frames, largest_difference, manim_frames
from .test_same_pictures import TOLERANCE

pytestmark = [pytest.mark.manim, pytest.mark.render]

# A directive in a docstring, with the indented lines below it.
EXAMPLE = re.compile(
    r"^(?P<indent> *)\.\. manim:: (?P<name>\w+)\n(?P<body>(?:(?P=indent) +\S.*\n| *\n)+)", re.M
)
DIRECTIVE_OPTION = re.compile(r"^ *:\w+:.*$", re.M)
# Drawn by another renderer, or about documentation itself.
OTHERS = ("opengl", "docbuild")
# What draws with LaTeX, by the names that an example uses.
LATEX = re.compile(
    r"\b(?:Tex|MathTex|Title|BulletedList|BarChart|LinearTransformationScene"
    r"|DecimalNumber|Integer|Variable|Matrix|IntegerMatrix|DecimalMatrix|MathTable"
    r"|LabeledLine|LabeledArrow|labels=True|get_graph_label"
    r"|add_coordinates|include_numbers|coordinate_label)\b"
)
HAS_LATEX = all(map(shutil.which, ("latex", "dvisvgm")))  # Manim runs both
FPS = 4  # the examples play long, and what they show is there at few moments too


def examples() -> Iterator[object]:
    """Name and source of every scene in the docstrings of the installed Manim."""
    package = Path(manim.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if any(other in str(path.relative_to(package)) for other in OTHERS):
            continue
        for example in EXAMPLE.finditer(path.read_text(encoding="utf-8")):
            source = dedent(DIRECTIVE_OPTION.sub("", example["body"]))
            if "http" in source or ">>>" in source:  # nothing is fetched; no doctests
                continue
            if HAS_LATEX or not LATEX.search(source):
                yield pytest.param(example["name"], source, id=example["name"])


def scene_of(name: str, source: str) -> type[Scene]:
    """The example, standing still at its end so that one that only adds has frames."""
    names: dict[str, type[Scene]] = {}
    random.seed(0)  # an example may draw lots before its scene is made, which is seeded
    np.random.seed(0)
    exec(f"from manim import *\nimport numpy as np\n{source}", names)

    class Example(names[name]):  # type: ignore[misc]
        def construct(self) -> None:
            super().construct()
            self.wait(0.2)

    return Example


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "source"), [*examples()])
def test_every_frame_is_manims(name: str, source: str, small: Path) -> None:
    with tempconfig({"seed": 0, "frame_rate": FPS}):
        try:
            theirs = manim_frames(scene_of(name, source))
        except FileNotFoundError as error:
            pytest.fail(f"needs {error.filename}: LATEX lacks a name of what draws with it here")
        assert largest_difference(fast_frames(scene_of(name, source)), theirs) < TOLERANCE
