"""What the lecture was made from."""

from collections.abc import Iterator

from manim import UP, FadeIn, LaggedStart, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, LARGE, Region
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label, paragraph
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class References(LectureScene):
    """The list from the lecture file."""

    reads = ("references", "lesson")

    def beats(self) -> Iterator[Beat]:
        yield Beat("references", self.words.say_references, self.show_references)

    def show_references(self) -> None:
        """A numbered list under its heading."""
        theme, count = self.theme, len(self.view.references)
        page = CONTENT.inset(120, 40)
        head = Label(self.words.references, LARGE, theme.accent, weight=BOLD)
        head.put(page.left, page.top + LARGE)
        room = Region(page.left, page.top + 110, page.right, page.bottom)
        height = min(room.height / max(count, 1), 130)
        lines = []
        for at, reference in enumerate(self.view.references):
            top = room.top + at * height
            number = Label(f"{at + 1}.", BODY + 4, theme.faint)
            text = paragraph(
                reference,
                Region(page.left + 70, top, page.right, top + height - 12),
                BODY + 4,
                theme.ink,
                "words.references",
                align=0,
            )
            number.put(page.left + 50, 0, 1)
            number.shift((0, text[0].points[0][1] - number.points[0][1], 0))
            lines.append(VGroup(number, text))
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(head), run_time=0.5)
        self.play(
            LaggedStart(*[FadeIn(line, shift=0.15 * UP) for line in lines], lag_ratio=0.3),
            run_time=1.0,
        )
        self.hold(2.5)
