"""Whatever a lecture says of itself stands in the middle of the title page, and well in the bar."""

import pytest

from scenes.drawing.layout import BAR, PAGE, SMALL
from scenes.drawing.measure import ELLIPSIS
from scenes.drawing.title_page import Named, title_page
from scenes.drawing.typesetting import CAP_MIDDLE, Line, bar_lines

COURSES = [Named("words.zh.course", "深度学习基础课程"), Named("words.en.course", "Deep learning")]
LESSON = Named("words.zh.lesson", "训练神经网络：loss function 损失函数")
LONG = Named("words.en.lesson", "Training a neural network: the loss function " * 6)
LINKS = [f"https://example.org/{name}" for name in ("course", "code", "videos", "author")]


def middle(line: Line) -> float:
    return line.base - CAP_MIDDLE * line.size


@pytest.mark.parametrize("links", [[], LINKS[:1], LINKS], ids=["no links", "a link", "links"])
@pytest.mark.parametrize("lesson", [None, LESSON, LONG], ids=["no lesson", "lesson", "long"])
@pytest.mark.parametrize("courses", [COURSES[:1], COURSES], ids=["one course", "two courses"])
def test_what_there_is_stands_in_the_middle(
    courses: list[Named], lesson: Named | None, links: list[str]
) -> None:
    page = title_page(courses, lesson, links)
    names = [line for lines in page.courses for line in lines]
    below = [*page.lesson, *page.links]

    bottom = middle(below[-1]) + below[-1].size / 2 if below else page.card.bottom
    assert page.card.top + bottom == pytest.approx(PAGE.height)
    assert page.card.top >= 100
    top, end = middle(names[0]) - names[0].size / 2, middle(names[-1]) + names[-1].size / 2
    assert top + end == pytest.approx(2 * page.card.y)
    assert 60 <= top - page.card.top <= 100 + 1e-6
    bases = [line.base for line in (*names, *below)]
    assert bases == sorted(bases)
    assert (bool(page.lesson), len(page.links)) == (bool(lesson), len(links))


def test_a_short_title_is_one_line_in_the_middle_of_the_bar() -> None:
    [line] = bar_lines(LESSON.text)

    assert line.text == LESSON.text
    assert middle(line) == BAR.y


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [("训" * 80, False), ("训" * 400, True), ("loss " * 32, False), ("loss " * 80, True)],
    ids=["80 ideographs", "400 ideographs", "160 letters", "400 letters"],
)
def test_a_long_title_is_two_lines_with_air_around_them(text: str, is_cut: bool) -> None:
    first, last = bar_lines(text)

    assert first.size == last.size == SMALL
    assert middle(first) + middle(last) == pytest.approx(2 * BAR.y)
    air, between = middle(first) - SMALL / 2, last.base - first.base - SMALL
    assert air >= 9
    assert 7 <= between < air  # more to the edges than to each other
    assert last.text.endswith(ELLIPSIS) == is_cut
