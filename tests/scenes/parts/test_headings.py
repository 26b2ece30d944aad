"""The heading of a column keeps away from its neighbours."""

from itertools import pairwise

import pytest

from epochreel.lecture.languages import LANGUAGES
from epochreel.lecture.words import Words
from scenes.drawing.layout import SMALL
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.columns import HEADING_HEIGHT
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.page import heading
from scenes.stage.checks import box_of

pytestmark = pytest.mark.manim
LEAST = 16  # pixels


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_side_by_side_are_apart_and_above_their_numbers(language: str) -> None:
    words, page = Words(language), EPOCH_PAGE
    texts = (words("prediction"), words("truth"), words("truth − prediction"))
    regions = (page.predictions, page.targets, page.residuals)
    made = [heading(text, region, PAPER.ink) for text, region in zip(texts, regions)]

    for left, right in pairwise(box_of(each) for each in made):
        assert right.left - left.right >= LEAST
    for each in made:
        assert box_of(each).bottom < page.targets.top + HEADING_HEIGHT
        for line in each:
            assert isinstance(line, Label)
            assert line.size >= SMALL


def test_two_lines_are_about_as_long_as_each_other() -> None:
    lines = heading("valor real − predicción", EPOCH_PAGE.residuals, PAPER.ink)

    assert [line.text for line in lines] == ["valor real", "− predicción"]
