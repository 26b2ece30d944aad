"""The title page: the course, this lesson, and where to find its author."""

from collections.abc import Iterator, Sequence
from typing import Any

from manim import VGroup, VMobject

from epochreel.lecture.words import N_
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.title_page import Named, TitlePage, title_page
from scenes.parts.learning_network import kernels_of
from scenes.parts.page import card, set_line
from scenes.parts.title_ground import plate, title_ground
from scenes.stage.scene import Beat, LectureScene


class Title(LectureScene):
    """Course, lesson, links; behind them, faint, the record's own network learns."""

    title = N_("Title")
    reads = ("courses", "lesson", "links", "widths", "dense", "parameters", "epochs")

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.ground = title_ground(view, self.theme)
        drawn: dict[str, Any] = {
            "epochs": len(view.epochs),  # which ones is not to be seen
            "parameters": kernels_of(view),
        }
        yield Beat("title", self.say("{lesson}", lesson=view.lesson), self.show_title, drawn)

    def show_title(self) -> None:
        """The card with the course's names, the lesson below it, the links at the foot."""
        theme, page, ground = self.theme, self._page(), self.ground
        panel = card(page.card, theme, theme.accent)
        texts = [
            VGroup(*[set_line(line, color) for line in lines])
            for lines, color in zip(page.courses, (theme.accent, theme.ink))
        ]
        if page.lesson:
            texts.append(self._on_ground([set_line(line, theme.ink) for line in page.lesson]))
        if page.links:
            texts.append(self._on_ground([set_line(link, theme.accent) for link in page.links]))
        # All of it stands from the first frame on, which players show before they play.
        self.play(Appear(*([ground] if ground else []), panel, *texts), run_time=0.6)
        if ground:
            learn = Follow(ground, ground.learn_to, eased=False, stepped=True, run_time=1.7)
            self.play(learn)
        self.hold(0.7)

    def _on_ground(self, lines: Sequence[VMobject]) -> VGroup:
        """Lines that are read where the network is behind them."""
        text = VGroup(*lines)
        return VGroup(plate(text, self.theme), *text) if self.ground else text

    def _page(self) -> TitlePage:
        """The page, on which a lesson that the card names already is not said again."""
        view = self.view
        lesson = None if view.lesson in view.courses else Named("The lesson's title", view.lesson)
        return title_page(
            [Named("words.course", name) for name in view.courses], lesson, view.links
        )
