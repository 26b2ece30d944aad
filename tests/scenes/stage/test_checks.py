"""A page that is set badly is told so; what is meant to stand close is not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from manim import ImageMobject, Mobject, Scene, Square, Text

from epochreel.lecture.video import QUALITIES
from epochreel.numbers import Notation
from scenes.drawing.layout import BODY, GAP, PAGE_HEIGHT, SMALL, UNIT, Region, point
from scenes.drawing.measure import LINE, text_width
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import PAPER
from scenes.parts.columns import ROW, Reading
from scenes.stage.checks import CHECKS, problems
from scenes.stage.render import manim_config

pytestmark = pytest.mark.manim
PageOf = Callable[..., Scene]
INK = PAPER.ink


@pytest.fixture
def page_of(tmp_path: Path) -> Iterator[PageOf]:
    """A scene with these things on its page."""
    with manim_config(QUALITIES["draft"], tmp_path, dry_run=True):
        yield lambda *drawn: Scene().add(*drawn)


def label(text: str, x: float, base: float, size: float = BODY) -> Label:
    return Label(text, size, INK).put(x, base)


def numbers(x: float, *bases: float) -> Numbers:
    return Numbers(np.ones((len(bases), 1)), [x], bases, INK, Notation())


def right_of(text: str, distance: float) -> tuple[Label, Label]:
    """A heading, and another so many pixels behind it."""
    return label(text, 300, 500), label("truth", 300 + text_width(text, BODY) + distance, 500)


WRONG: dict[str, tuple[str, Callable[[], tuple[Mobject, ...]]]] = {
    "a word over the edge": ("outside the page", lambda: (label("loss", 1900, 500),)),
    "a shape over the edge": (
        "outside the page",
        lambda: (Square(100 * UNIT).move_to(point(900, PAGE_HEIGHT - 40)),),
    ),
    "two words in one place": (
        "overlapping",
        lambda: (label("loss", 300, 500), label("truth", 310, 505)),
    ),
    "a word on a number": ("overlapping", lambda: (label("loss", 300, 500), numbers(320, 500))),
    "headings ten pixels apart": ("crowded", lambda: right_of("prediction", 10)),
    "headings three pixels apart": ("crowded", lambda: right_of("prediction", 3)),
    "lines that touch": ("crowded", lambda: (label("xxx", 300, 500), label("EEE", 300, 524.5))),
    "a number at its name": (
        "crowded",
        lambda: (label("x", 300, 500), numbers(320 + text_width("x", BODY), 500)),
    ),
    "Manim's own text on a number": (
        "overlapping",
        lambda: (Text("loss").move_to(point(310, 490)), numbers(320, 500)),
    ),
    "small words": ("too small", lambda: (label("loss", 300, 500, SMALL - 2),)),
    "small numbers": (
        "too small",
        lambda: (Numbers(np.ones((1, 1)), [300], [500], INK, Notation(), SMALL - 2),),
    ),
    "words that were shrunk": ("too small", lambda: (label("loss", 300, 500).scale(0.5),)),
}
WELL: dict[str, Callable[[], tuple[Mobject, ...]]] = {
    "headings a gap apart": lambda: right_of("prediction", GAP),
    "a line in two pieces": lambda: right_of("history = ", 0),
    "a name and its number": lambda: (
        Reading("loss =", np.array([12.5]), Region(300, 480, 900, 540), BODY, INK).display(12.5),
    ),
    "lines of a paragraph": lambda: (
        label("gjpqy", 300, 500),
        label("ÄÖÜ", 300, 500 + LINE * BODY),
    ),
    "rows of numbers": lambda: (numbers(300, 500, 500 + ROW), numbers(400, 500, 500 + ROW)),
    "an image": lambda: (ImageMobject(np.zeros((9, 9, 3), dtype=np.uint8)),),
    "words no one sees": lambda: (label("loss", 1900, 500, 10).set_opacity(0),),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_page_that_is_set_badly_has_one_problem(kind: str, page_of: PageOf) -> None:
    wrong, drawn = WRONG[kind]

    [problem] = problems(page_of(*drawn()))

    assert problem.startswith(f"{wrong}: ")


@pytest.mark.parametrize("kind", WELL)
def test_what_is_meant_is_no_problem(kind: str, page_of: PageOf) -> None:
    assert problems(page_of(*WELL[kind]())) == []


def test_every_check_has_a_page_that_fails_it() -> None:
    assert {wrong for wrong, _ in WRONG.values()} == set(CHECKS)


def test_what_has_parts_is_named_once(page_of: PageOf) -> None:
    shape = Square(100 * UNIT).move_to(point(900, 500))
    shape.add(Square(100 * UNIT).move_to(point(1900, 500)))

    assert len(problems(page_of(shape))) == 1


def test_a_problem_says_what_stands_where(page_of: PageOf) -> None:
    width = text_width("loss", BODY)

    [problem] = problems(page_of(label("loss", 1900, 500)))

    assert problem == f"outside the page: Label 'loss' x 1900..{1900 + width:.0f} y 473..500"
