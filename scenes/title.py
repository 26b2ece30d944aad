"""The title page: the course, this lesson, and where to find its author."""

from collections.abc import Iterator

from manim import UP, FadeIn, LaggedStart, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, HUGE, LARGE, TITLE_PAGE, Region
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label, one_line, paragraph
from scenes.parts.page import card
from scenes.stage.scene import Beat, LectureScene

LINK_GAP = 70


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
        lesson = paragraph(
            self.view.lesson, TITLE_PAGE.lesson, LARGE + 8, theme.ink, "The lesson's title"
        )
        named = self.view.lesson not in self.view.courses
        links = _links(self.view.links, TITLE_PAGE.links, theme.accent)
        if not named and not links:
            VGroup(panel, *names).center()
        self.play(FadeIn(panel, scale=0.96), run_time=0.6)
        self.play(
            LaggedStart(*[FadeIn(name, shift=0.2 * UP) for name in names], lag_ratio=0.4),
            run_time=1.4,
        )
        if named:
            self.play(FadeIn(lesson, shift=0.2 * UP), run_time=0.7)
        if links:
            self.play(Appear(*links, lag_ratio=0.3), run_time=0.8)
        self.hold(2.5)

    def _course_names(self) -> list[VGroup]:
        courses = self.view.courses
        both = (TITLE_PAGE.course, TITLE_PAGE.other_course)
        places = both if len(courses) > 1 else (TITLE_PAGE.card.inset(70, 60),)
        looks = ((HUGE, self.theme.accent, BOLD), (HUGE - 24, self.theme.ink, 400))
        return [
            paragraph(course, place, size, color, "words.course", weight=weight)
            for course, place, (size, color, weight) in zip(courses, places, looks)
        ]


def _links(links: tuple[str, ...], region: Region, color: str) -> list[Label]:
    """The links side by side, centred, in as many rows as they need."""
    labels = [one_line(link, BODY, color, region.width, "words.links") for link in links]
    rows: list[list[Label]] = [[]]
    for label in labels:
        if rows[-1] and _row_width([*rows[-1], label]) > region.width:
            rows.append([])
        rows[-1].append(label)
    for at, row in enumerate(rows):
        x = region.x - _row_width(row) / 2
        for label in row:
            label.put(x, region.top + BODY + at * BODY * 1.6)
            x += label.width_px + LINK_GAP
    return labels


def _row_width(labels: list[Label]) -> float:
    return sum(label.width_px for label in labels) + LINK_GAP * (len(labels) - 1)
