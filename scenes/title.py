"""The title page: the course, this lesson, and where to find its author."""

from collections.abc import Iterator

from manim import UP, FadeIn, LaggedStart, VGroup

from scenes.drawing.layout import TITLE_PAGE
from scenes.drawing.motion import Appear
from scenes.drawing.text import paragraph
from scenes.drawing.typesetting import LESSON, Place, course_places, link_rows
from scenes.parts.page import card, set_line
from scenes.stage.scene import Beat, LectureScene


class Title(LectureScene):
    """Course, lesson, links."""

    reads = ("courses", "lesson", "links")

    def beats(self) -> Iterator[Beat]:
        yield Beat("title", self.words.say_title.format(lesson=self.view.lesson), self.show_title)

    def show_title(self) -> None:
        """The card with the course's names, the lesson below it, the links at the foot."""
        theme = self.theme
        panel = card(TITLE_PAGE.card, theme, theme.accent)
        names = self._course_names()
        named = self.view.lesson not in self.view.courses
        links = [set_line(line, theme.accent) for line in link_rows(self.view.links)]
        if not named and not links:
            VGroup(panel, *names).center()
        self.play(FadeIn(panel, scale=0.96), run_time=0.6)
        self.play(
            LaggedStart(*[FadeIn(name, shift=0.2 * UP) for name in names], lag_ratio=0.4),
            run_time=1.4,
        )
        if named:
            lesson = _set(self.view.lesson, LESSON, theme.ink, "The lesson's title")
            self.play(FadeIn(lesson, shift=0.2 * UP), run_time=0.7)
        if links:
            self.play(Appear(*links, lag_ratio=0.3), run_time=0.8)
        self.hold(2.5)

    def _course_names(self) -> list[VGroup]:
        courses = self.view.courses
        colors = (self.theme.accent, self.theme.ink)
        return [
            _set(course, place, color, "words.course")
            for course, place, color in zip(courses, course_places(len(courses)), colors)
        ]


def _set(text: str, place: Place, color: str, name: str) -> VGroup:
    return paragraph(text, place.region, place.size, color, name, weight=place.weight)
