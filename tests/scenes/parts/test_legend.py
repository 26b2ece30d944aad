"""Names of curves stand beside samples of them, and never on each other."""

from itertools import combinations

import pytest
from manim import Mobject, VMobject

from scenes.drawing.layout import Region, pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER, series_colors
from scenes.parts.legend import (
    Entry,
    class_legend,
    legend,
    line_legend,
    short_names,
)
from scenes.parts.marks import Discs

pytestmark = pytest.mark.manim
REGION = Region(100, 120, 1100, 300)
NAMES = [f"w2[{row}, 1]" for row in range(1, 12)]


def box(mobject: Mobject) -> tuple[float, float, float, float]:
    """Its left, top, right and bottom in pixels."""
    left, bottom = pixels(mobject.get_corner((-1, -1, 0)))
    right, top = pixels(mobject.get_corner((1, 1, 0)))
    return left, top, right, bottom


def test_every_name_stands_right_of_its_line_and_in_the_region() -> None:
    colors = series_colors(PAPER, len(NAMES))
    drawn = line_legend(NAMES, colors, REGION, PAPER)

    lines = [part for part in drawn if type(part) is VMobject]
    labels = [part for part in drawn if isinstance(part, Label)]
    assert [label.text for label in labels] == NAMES
    assert [line.get_color().to_hex().upper() for line in lines] == [*colors]
    for line, label in zip(lines, labels):
        assert line.get_right()[0] < label.get_left()[0]
        assert line.get_y() == pytest.approx(label.get_y(), abs=0.05)
        assert REGION.left <= box(line)[0] and box(label)[2] <= REGION.right
        assert REGION.top <= box(label)[1] < box(label)[3] <= REGION.bottom
    assert not any(overlap(*pair) for pair in combinations([*lines, *labels], 2))
    assert len({round(box(label)[1]) for label in labels}) > 1


def test_a_legend_at_the_right_ends_there() -> None:
    entries = [Entry("truth", PAPER.truth, line=6), Entry("prediction", PAPER.prediction, dots=8)]
    drawn = legend(entries, REGION, PAPER, align=1)

    assert box(drawn)[2] == pytest.approx(REGION.right, abs=1)
    assert [type(part) for part in drawn] == [VMobject, Label, Discs, Label]


def test_the_ninth_of_a_series_is_grey() -> None:
    assert series_colors(PAPER, 3) == PAPER.runs[:3]
    assert series_colors(PAPER, 10) == (*PAPER.runs, PAPER.line, PAPER.line)


def overlap(one: Mobject, other: Mobject) -> bool:
    a, b = box(one), box(other)
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def test_names_of_classes_are_cut_where_all_have_no_room() -> None:
    names = ["setosa and a long tail of words", "versicolor and another one", "virginica"]
    assert short_names(names, 2000) == names
    cut = short_names(names, 600)
    assert cut[0].endswith("…") and cut[2] == "virginica"
    drawn = class_legend(cut, Region(0, 0, 600, 44), PAPER)
    assert len(drawn) == 2 * len(names)
