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


class CodeLine(VGroup):
    """One line, which `Grow` types letter by letter."""

    def __init__(self, *pieces: Label) -> None:
        self._pieces = [
            (piece, piece.points.copy(), _ends(piece)) for piece in pieces if piece.text
        ]
        self.length = sum(len(piece.text) for piece in pieces)
        super().__init__(*pieces)

    def grow_to(self, share: float) -> None:
        """Show this share of its letters, from the left."""
        typed = round(share * self.length)
        for piece, outlines, ends in self._pieces:
            piece.set_points(outlines[: ends[min(max(typed, 0), len(piece.text))]])
            typed -= len(piece.text)

    def join(self) -> None:
        """It is whole as it is."""


class CodeBlock(VGroup):
    """Lines of code in the middle of a region.

    Args:
        left: where lines start instead, in pixels.

    Attributes:
        parts: its pieces by their roles.
    """

    def __init__(
        self,
        lines: Sequence[Sequence[Piece]],
        region: Region,
        size: float,
        theme: Theme,
        *,
        left: float | None = None,
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
        start = left_of(lines, region, size) if left is None else left
        base = region.y - pitch * (len(lines) - 1) / 2 + CAP_HEIGHT * size / 2
        self.parts: dict[str, list[Label]] = defaultdict(list)
        self.lines: list[CodeLine] = []
        for at, line in enumerate(lines):
            x, labels = start, []
            for text, role in line:
                label = Label(text, size, colors[role], face=_face(text), weight=CODE_WEIGHT)
                labels.append(label.put(x, base + at * pitch))
                self.parts[role].append(label)
                x += label.width_px
            self.lines.append(CodeLine(*labels))
        super().__init__(*self.lines)


def _ends(piece: Label) -> list[int]:
    """How many of its points are there, for each number of letters that are."""
    glyphs, box = font(_face(piece.text), CODE_WEIGHT), len(piece.points)
    letters = [len(glyphs.line(piece.text[:at])[0]) for at in range(1, len(piece.text) + 1)]
    return [0, *(box - letters[-1] + count for count in letters)]


def fitting_size(lines: Sequence[Sequence[Piece]], region: Region, size: float) -> float:
    """The size at which the longest line fits the region's width, and all of them its height."""
    widest = max(_width(line, size) for line in lines)
    return min(size, size * region.width / widest, region.height / len(lines) / 1.4)


def left_of(lines: Sequence[Sequence[Piece]], region: Region, size: float) -> float:
    """Where lines of this size start that stand in the middle of a region, in pixels."""
    return region.x - max(_width(line, size) for line in lines) / 2


def _width(line: Sequence[Piece], size: float) -> float:
    return sum(text_width(text, size, CODE_WEIGHT, _face(text)) for text, _ in line)


def _face(text: str) -> Face:
    """That of code, or of all other words for a name in a script that code's font lacks."""
    try:
        font(MONO, CODE_WEIGHT).line(text)
    except RenderError:
        return SANS
    return MONO
