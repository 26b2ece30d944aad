"""What the letters of a formula stand for, each with its words in a line."""

from collections.abc import Sequence
from decimal import Decimal

from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import compact
from scenes.drawing.layout import BODY, UNIT, Region, point
from scenes.drawing.text import one_line
from scenes.drawing.theme import Theme
from scenes.parts.cross_entropy_text import CrossEntropyText
from scenes.parts.formula import formula
from scenes.parts.loss_text import LossText

SYMBOL = 50  # font size in pixels
X_HEIGHT = 0.43  # of a formula's font size: how high an n is
BEHIND = 20  # pixels from a symbol to its words


def told_symbols(
    text: LossText | CrossEntropyText,
    samples: int,
    outputs: int,
    delta: Decimal | None,
    words: Words,
    theme: Theme,
) -> list[tuple[str, str, str]]:
    """The letters of a loss for Typst, each with its words and its colour.

    Args:
        delta: of the Huber loss.
    """
    told = [(source, words(name), getattr(theme, role)) for source, name, role in text.symbols]
    count = words("{count} sample", "{count} samples", count=samples)
    if outputs > 1 and text.per_output:
        count += " × " + words("{count} output", "{count} outputs", count=outputs)
        count = f"{samples * outputs} = {count}"
    told.append(("n", count, theme.ink))
    if delta is not None:
        bound = words("where the square turns into a line")
        told.append(("delta", f"{compact(delta)}, {bound}", theme.ink))
    return told


def symbol_lines(told: Sequence[tuple[str, str, str]], places: Sequence[Region]) -> list[VGroup]:
    """A letter and its words at the left of each place."""
    return [_line(*each, place) for each, place in zip(told, places, strict=True)]


def _line(source: str, told: str, color: str, place: Region) -> VGroup:
    symbol = formula(source, SYMBOL, color)
    width, base = symbol.width / UNIT, place.y + 12
    # A letter comes first, then what is above it or behind it: letters share their base line.
    letter = symbol.family_members_with_points()[0]
    start = (symbol.get_left()[0], letter.get_top()[1], 0)
    symbol.shift(point(place.left, base - X_HEIGHT * SYMBOL) - start)
    left = place.left + width + BEHIND
    label = one_line(f": {told}", BODY, color, place.right - left, told)
    return VGroup(symbol, label.put(left, base))
