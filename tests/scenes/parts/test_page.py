"""A heading stays within its column, whatever language it is in."""

import pytest

from scenes.drawing.layout import Region
from scenes.drawing.theme import PAPER
from scenes.parts.page import heading
from scenes.stage.checks import box_of

pytestmark = pytest.mark.manim
COLUMN = Region(300, 200, 564, 900)


@pytest.mark.parametrize(
    ("text", "count"),
    [("loss", 1), ("valor real − predicción", 2), ("真实值 − 预测值", 1), ("very long " * 20, 2)],
)
def test_a_heading_is_no_wider_than_its_column(text: str, count: int) -> None:
    lines = heading(text, COLUMN, PAPER.ink)
    box = box_of(lines)

    assert len(lines) == count
    assert COLUMN.left <= box.left and box.right <= COLUMN.right
    assert box.x == pytest.approx(COLUMN.x, abs=4)
