"""The title page: the course, this lesson, and where to find its author."""

from collections.abc import Iterator

from manim import UP, FadeIn, LaggedStart, VGroup

from epochreel.lecture.words import N_
from scenes.drawing.motion import Appear
from scenes.drawing.title_page import Named, TitlePage, title_page
from scenes.parts.page import card, set_line
from scenes.stage.scene import Beat, LectureScene


class Title(LectureScene):
    """Course, lesson, links."""

    title = N_("Title")
    reads = ("courses", "lesson", "links")

    def beats(self) -> Iterator[Beat]:
        yield Beat("title", self.say("{lesson}", lesson=self.view.lesson), self.show_title)

    def show_title(self) -> None:
        """The card with the course's names, the lesson below it, the links at the foot."""
        theme, page = self.theme, self._page()
        panel = card(page.card, theme, theme.accent)
        names = [
            VGroup(*[set_line(line, color) for line in lines])
            for lines, color in zip(page.courses, (theme.accent, theme.ink))
        ]
        self.play(FadeIn(panel, scale=0.96), run_time=0.6)
        self.play(
            LaggedStart(*[FadeIn(name, shift=0.2 * UP) for name in names], lag_ratio=0.4),
            run_time=1.4,
        )
        if page.lesson:
            lesson = VGroup(*[set_line(line, theme.ink) for line in page.lesson])
            self.play(FadeIn(lesson, shift=0.2 * UP), run_time=0.7)
        if page.links:
            links = [set_line(link, theme.accent) for link in page.links]
            self.play(Appear(*links, lag_ratio=0.3), run_time=0.8)
        self.hold(2.5)

    def _page(self) -> TitlePage:
        """The page, on which a lesson that the card names already is not said again."""
        view = self.view
        lesson = None if view.lesson in view.courses else Named("The lesson's title", view.lesson)
        return title_page(
            [Named("words.course", name) for name in view.courses], lesson, view.links
        )
