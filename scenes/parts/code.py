"""Lines of code on a page."""

from collections import defaultdict
from collections.abc import Sequence

from manim import VGroup

from epochreel.errors import RenderError
from scenes.drawing.glyphs import MONO, SANS, Face, font
from scenes.drawing.layout import Region
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme

CODE_WEIGHT = 500
Piece = tuple[str, str]  # text, role


class CodeBlock(VGroup):
    """Lines of code in a region; `parts` finds a piece by its role."""

    def __init__(
        self, lines: Sequence[Sequence[Piece]], region: Region, size: float, theme: Theme
    ) -> None:
        colors = {
            "name": theme.ink,
            "call": theme.faint,
            "argument": theme.prediction,
            "number": theme.accent,
            "loss": theme.loss,
            "optimizer": theme.optimizer,
        }
        size = fitting_size(lines, region, size)
        pitch = min(size * 2.1, region.height / len(lines))
        widest = max(_width(line, size) for line in lines)
        base = region.y - pitch * (len(lines) - 1) / 2 + CAP_HEIGHT * size / 2
        self.parts: dict[str, list[Label]] = defaultdict(list)
        self.lines = []
        for at, line in enumerate(lines):
            x, labels = region.x - widest / 2, []
            for text, role in line:
                label = Label(text, size, colors[role], face=_face(text), weight=CODE_WEIGHT)
                labels.append(label.put(x, base + at * pitch))
                self.parts[role].append(label)
                x += label.width_px
            self.lines.append(VGroup(*labels))
        super().__init__(*self.lines)


def fitting_size(lines: Sequence[Sequence[Piece]], region: Region, size: float) -> float:
    """The size at which the longest line fits the region's width, and all of them its height."""
    widest = max(_width(line, size) for line in lines)
    return min(size, size * region.width / widest, region.height / len(lines) / 1.4)


def _width(line: Sequence[Piece], size: float) -> float:
    return sum(text_width(text, size, CODE_WEIGHT, _face(text)) for text, _ in line)


def _face(text: str) -> Face:
    """That of code, or of all other words for a name in a script that code's font lacks."""
    try:
        font(MONO, CODE_WEIGHT).line(text)
    except RenderError:
        return SANS
    return MONO
