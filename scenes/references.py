"""What the lecture was made from."""

from collections.abc import Iterator

from manim import VGroup

from epochreel.lecture.words import N_
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import LARGE
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.drawing.typesetting import HEADING, reference_list
from scenes.parts.page import set_line, title_bar
from scenes.stage.scene import Beat, LectureScene


class References(LectureScene):
    """The list from the lecture file."""

    title = N_("References")
    reads = ("references", "lesson")

    @classmethod
    def needs(cls, view: View) -> str | None:
        return None if view.references else "the lecture lists no references"

    def beats(self) -> Iterator[Beat]:
        yield Beat("references", self.say("References"), self.show_references)

    def show_references(self) -> None:
        """A numbered list under its heading."""
        theme = self.theme
        head = Label(self.words("References"), LARGE, theme.accent, weight=BOLD)
        head.put(HEADING.left, HEADING.top + LARGE)
        entries = [
            VGroup(set_line(number, theme.faint), *[set_line(line, theme.ink) for line in lines])
            for number, lines in reference_list(self.view.references)
        ]
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(head), run_time=0.5)
        self.play(Appear(*entries, lag_ratio=0.3), run_time=0.8)
        self.hold(1.2)
