"""Every beat of the lecture as text: what stands on the page, in which role, and where.

A change of layout shows as a diff of tests/goldens; `pytest --update-goldens` accepts it.
"""

from difflib import unified_diff
from pathlib import Path

import pytest
from manim import RoundedRectangle

from scenes.drawing.layout import UNIT
from scenes.drawing.theme import THEMES
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.checks import texts_of
from tests.records import DIVERGED, a_record, a_run, several_runs
from tests.scenes.conftest import WalkThrough, show_for, show_of
from tests.scenes.page_text import EVERY_ROLE_ITS_OWN, page

pytestmark = pytest.mark.manim
GOLDENS = Path(__file__).parents[1] / "goldens"
RUNS = (*several_runs(8), a_run("learning_rate 1", **DIVERGED))
TITLE = shipped()["title"]


@pytest.fixture(autouse=True)
def _distinct_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(THEMES, "paper", EVERY_ROLE_ITS_OWN)


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_page_is_the_golden_one(
    entry: SceneCode, walk_through: WalkThrough, request: pytest.FixtureRequest
) -> None:
    golden = GOLDENS / f"{entry.name}.txt"
    pages = [
        f"[{beat.name}] {beat.caption.text('zh')}\n" + "".join(page(scene))
        for beat, scene in walk_through(entry, show_for(entry, a_record(), runs=RUNS))
    ]
    drawn = "\n".join(pages)

    if request.config.getoption("--update-goldens"):
        golden.write_text(drawn, encoding="utf-8")

    assert difference(golden.read_text(encoding="utf-8"), drawn) == ""


def test_a_shifted_label_is_a_difference(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(TITLE, show_of(a_record())):
        before = page(scene)
        texts_of(scene)[0].shift((2 * UNIT, 0, 0))

        assert page(scene) != before


@pytest.mark.parametrize("change", ["place", "stroke", "width", "fill", "order"])
def test_a_changed_shape_is_a_difference(change: str, walk_through: WalkThrough) -> None:
    theme = EVERY_ROLE_ITS_OWN

    for _, scene in walk_through(TITLE, show_of(a_record())):
        before = page(scene)
        card = next(drawn for drawn in scene.mobjects if isinstance(drawn, RoundedRectangle))

        match change:
            case "place":
                card.shift((2 * UNIT, 0, 0))
            case "stroke":
                card.set_stroke(theme.bar)  # on paper the accent's colour, which it has
            case "width":
                card.set_stroke(width=3)
            case "fill":
                card.set_fill(theme.page)
            case "order":
                scene.bring_to_front(card)

        assert page(scene) != before


def difference(golden: str, drawn: str) -> str:
    return "".join(
        unified_diff(golden.splitlines(True), drawn.splitlines(True), "golden", "drawn", n=1)
    )
