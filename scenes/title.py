"""The title page: the course, this lesson, and where to find its author."""

from collections.abc import Iterator

from manim import UP, FadeIn, LaggedStart

from scenes.glyphs import BOLD
from scenes.layout import BODY, HUGE, LARGE, PAGE, Region
from scenes.parts.page import card
from scenes.stage import Beat, LectureScene
from scenes.text import paragraph


class Title(LectureScene):
    """Course, lesson, links."""

    reads = ("courses", "lesson", "links")

    def beats(self) -> Iterator[Beat]:
        yield Beat("title", self.words.say_title.format(lesson=self.view.lesson), self.show_title)

    def show_title(self) -> None:
        """The card with the course's names, the lesson below it, the links at the foot."""
        theme = self.theme
        upper = PAGE.inset(180, 120)
        top, middle, foot = upper.rows((5, 2, 1.6), gap=40)
        panel = card(top, theme, theme.accent)
        names = self._course_names(top.inset(70, 60))
        lesson = paragraph(self.view.lesson, middle, LARGE + 8, theme.ink, "The lesson's title")
        links = [
            paragraph(link, place, BODY, theme.accent, "words.links")
            for link, place in zip(self.view.links, _link_places(self.view.links, foot))
        ]
        self.play(FadeIn(panel, scale=0.96), run_time=0.6)
        self.play(LaggedStart(*[FadeIn(name, shift=0.2 * UP) for name in names], lag_ratio=0.4), run_time=1.4)
        self.play(FadeIn(lesson, shift=0.2 * UP), run_time=0.7)
        if links:
            self.play(LaggedStart(*[FadeIn(link) for link in links], lag_ratio=0.3), run_time=0.8)
        self.hold(2.5)

    def _course_names(self, region: Region) -> list:
        courses = self.view.courses
        if not courses:
            return []
        places = region.rows((3, 2)[: len(courses)], gap=20)
        looks = ((HUGE, self.theme.accent, BOLD), (HUGE - 24, self.theme.ink, 400))
        return [
            paragraph(course, place, size, color, "words.course", weight=weight)
            for course, place, (size, color, weight) in zip(courses, places, looks)
        ]


def _link_places(links: tuple[str, ...], region: Region) -> list[Region]:
    if not links:
        return []
    widest = 3
    rows = region.rows([1] * -(-len(links) // widest), gap=8)
    return [
        place
        for at, row in enumerate(rows)
        for place in row.columns([max(len(x), 12) for x in links[at * widest : (at + 1) * widest]])
    ]
