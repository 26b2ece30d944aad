"""One term of a loss in a line: its numbers put in, and what it comes to."""

from decimal import Decimal

from manim import VGroup

from epochreel.numbers import compact
from scenes.drawing.layout import BODY, LARGE, SMALL, point
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.worked_lines import WorkedLine

APART = 16  # pixels between a term and what it comes to


class PutIn:
    """A term worked out, in digits that are those of its card, as large as there is room for.

    Args:
        line: with the term's numbers.
        value: what it comes to.
        left, base: where the line starts, in pixels.
        width: that it may take; where it is long, the error is left out.

    Attributes:
        term: with its true value and its prediction, or its probability.
        comes_to: the same with the error, and the value.
        value: as it is shown.
    """

    def __init__(
        self,
        line: WorkedLine,
        value: Decimal,
        left: float,
        base: float,
        width: float,
        theme: Theme,
    ) -> None:
        self.value = float(value)
        result = Label(compact(value) if value else "0", SMALL, theme.loss)
        behind = [line.error, line.sign, result] if line.error else [line.sign, result]
        if _width(line.put_in, behind) > width and line.error:
            behind = [line.sign, result]
        x = left
        for piece in line.put_in:
            x += piece.put(x, base).width_px
        for piece in behind:
            x += APART + piece.put(x + APART, base).width_px
        size = next((each for each in (LARGE, BODY) if (x - left) * each / SMALL <= width), SMALL)
        self.term, self.comes_to = VGroup(*line.put_in), VGroup(*behind)
        VGroup(self.term, self.comes_to).scale(size / SMALL, about_point=point(left, base))


def _width(term: tuple[Label, ...], behind: list[Label]) -> float:
    return sum(piece.width_px for piece in (*term, *behind)) + APART * len(behind)
