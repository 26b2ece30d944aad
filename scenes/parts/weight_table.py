"""Some weights of a network, each with its slope, before a step and after it."""

from collections.abc import Sequence

from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.record.update import Update
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import SMALL, Region
from scenes.drawing.measure import text_width
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.step_rows import slope_text, weight_text

PITCH = 44  # pixels from one row to the next
SHARES = (1, 1.4, 1.4, 1.4)  # of the width: names, weights, slopes, new weights
MOST = 5  # rows


class WeightTable:
    """A row for each of some weights, as mobjects that a scene shows one after the other.

    Args:
        updates: one for each row, with its name.

    Attributes:
        before: headings, names, and the weights as they are.
        slopes: one label for each row.
        after: the new weights.
    """

    def __init__(
        self,
        updates: Sequence[tuple[str, Update]],
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        names, *columns = region.columns(SHARES)
        bases = [region.top + PITCH * (at + 1.7) for at in range(len(updates))]
        found = [update for _, update in updates]
        texts = (
            [weight_text(update.before) for update in found],
            [slope_text(update.slope) for update in found],
            [weight_text(update.after) for update in found],
        )
        colors = theme.ink, theme.loss, theme.optimizer
        called = words("before"), "g", words("after")
        heads = [
            Label(head, SMALL, theme.faint).put(column.x, region.top + PITCH * 0.6, 0.5)
            for head, column in zip(called, columns)
        ]
        before, slopes, after = (
            _column(each, bases, column, color)
            for each, column, color in zip(texts, columns, colors)
        )
        rows = [
            Label(name, SMALL, theme.ink, weight=BOLD).put(names.left, base)
            for (name, _), base in zip(updates, bases)
        ]
        self.before = VGroup(*heads, *rows, *before)
        self.slopes, self.after = slopes, VGroup(*after)


def height_of(rows: int) -> float:
    """How high a table is, in pixels."""
    return PITCH * (rows + 1)


def _column(
    texts: Sequence[str], bases: Sequence[float], column: Region, color: str
) -> list[Label]:
    """Numbers below each other on their points, all in the middle of the column."""
    lefts = [text_width(text.partition(".")[0], SMALL) for text in texts]
    rights = [text_width(text, SMALL) - left for text, left in zip(texts, lefts)]
    at = column.x + (max(lefts) - max(rights)) / 2
    return [
        Label(text, SMALL, color).put(at - left, base)
        for text, left, base in zip(texts, lefts, bases)
    ]
