"""Every beat of the lecture as text: what stands on the page, in which role, and where.

A change of layout shows as a diff of tests/goldens; `pytest --update-goldens` accepts it.
"""

from difflib import unified_diff
from pathlib import Path

import pytest
from manim import Mobject

from scenes.drawing.layout import PAGE_HEIGHT, PAGE_WIDTH, UNIT
from scenes.drawing.text import Numbers
from scenes.drawing.theme import PAPER
from scenes.stage.catalogue import CATALOGUE, Entry
from scenes.stage.scene import LectureScene
from tests.records import a_record
from tests.scenes.conftest import WalkThrough, box_of, show_of, texts_of

pytestmark = pytest.mark.manim
GOLDENS = Path(__file__).parents[1] / "goldens"
ROLES = {color.lower(): role for role, color in reversed(vars(PAPER).items())}


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_page_is_the_golden_one(
    entry: Entry, walk_through: WalkThrough, request: pytest.FixtureRequest
) -> None:
    golden = GOLDENS / f"{entry.name}.txt"
    pages = [
        f"[{beat.name}] {beat.caption}\n" + "".join(page(scene))
        for beat, scene in walk_through(entry, show_of(a_record()))
    ]
    drawn = "\n".join(pages)

    if request.config.getoption("--update-goldens"):
        golden.write_text(drawn, encoding="utf-8")

    assert difference(golden.read_text(encoding="utf-8"), drawn) == ""


def test_a_shifted_label_is_a_difference(walk_through: WalkThrough) -> None:
    title = next(entry for entry in CATALOGUE if entry.name == "title")

    for _, scene in walk_through(title, show_of(a_record())):
        before = page(scene)
        texts_of(scene)[0].shift((2 * UNIT, 0, 0))

        assert difference("".join(before), "".join(page(scene))) != ""


def page(scene: LectureScene) -> list[str]:
    """A line per text: its words, its colour's role, its left, top, width and height in pixels."""
    return sorted(line(text) for text in texts_of(scene))


def line(text: Mobject) -> str:
    left, bottom, right, top = box_of(text)
    x, y = round(left / UNIT + PAGE_WIDTH / 2), round(PAGE_HEIGHT / 2 - top / UNIT)
    size = f"{round((right - left) / UNIT)}x{round((top - bottom) / UNIT)}"
    role = ROLES[text.family_members_with_points()[0].get_fill_color().to_hex().lower()]
    return f"{words(text)}  {role}  at {x},{y}  {size}\n"


def words(text: Mobject) -> str:
    if isinstance(text, Numbers):
        return " / ".join(" ".join(row) for row in text.texts)
    return str(getattr(text, "text", None) or getattr(text, "typst_code", ""))


def difference(golden: str, drawn: str) -> str:
    return "".join(
        unified_diff(golden.splitlines(True), drawn.splitlines(True), "golden", "drawn", n=1)
    )
