"""The lecture's own words set on their pages, in pixels: what the scenes draw and a check tries.

Needs the fonts, but not Manim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from epochreel.errors import NoRoom
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BAR, BODY, MARGIN, PAGE, Region
from scenes.drawing.measure import LINE, Measured, lines_or_cut, measured, sizes

BAR_LINES, BAR_PITCH = 2, 1.3  # how many at most; from one to the next, of the font size
LEAST_GAP, MOST_GAP = 12, 76.8  # between references, in pixels
CAP_MIDDLE = 0.733 / 2  # above the base line, of the font size

# The page of references: a heading, numbers that end where their column does, and texts.
HEADING, _LIST = replace(PAGE.inset(176, 80), top=BAR.bottom + 70).cut_top(76, 28)
NUMBERS, TEXTS = _LIST.cut_left(50, 20)


@dataclass(frozen=True)
class Line:
    """One line of words on the page, in pixels.

    Attributes:
        x: where it starts, or where its middle or its end is if `align` is 0.5 or 1.
        base: y of its base line.
    """

    text: str
    size: float
    x: float
    base: float
    align: float = 0
    weight: int = REGULAR


def bar_lines(lesson: str, name: str = "The lesson's title") -> list[Line]:
    """What the bar shows of a lesson's title: a long one shrinks, then has two lines, then ends.

    Raises:
        RenderError: a character that cannot be drawn.
    """
    width = BAR.width - 2 * MARGIN
    lines, size = lines_or_cut(lesson, width, BODY + 4, BAR_LINES, name, BOLD)
    first = BAR.y + CAP_MIDDLE * size - BAR_PITCH * size * (len(lines) - 1) / 2
    return [
        Line(text, size, BAR.left + MARGIN, first + BAR_PITCH * size * at, weight=BOLD)
        for at, text in enumerate(lines)
    ]


def reference_list(
    references: Sequence[str], name: str = "words.references"
) -> list[tuple[Line, list[Line]]]:
    """Each reference's number and lines, one below the other; all of one size.

    Args:
        name: what to call them in an error.

    Raises:
        RenderError: the page has no room for them, even in the smallest size that can be read.
    """
    texts = [measured(text, f"{name}.{at}") for at, text in enumerate(references, 1)]
    for size in sizes(BODY + 4):
        paragraphs = _paragraphs(texts, size, TEXTS)
        if paragraphs is not None:
            return _placed(paragraphs, size)
    raise NoRoom(
        f"{name} has {len(references)} entries of {sum(map(len, references))} characters "
        "together, more than one page has room for. Make them shorter, or list fewer.",
        field=name,
        value=list(references),
    )


def _paragraphs(texts: Sequence[Measured], size: float, region: Region) -> list[list[str]] | None:
    """Every text's lines at this size, or None where they are more than the region holds."""
    most = int((region.height - LEAST_GAP * len(texts)) / (LINE * size))
    paragraphs = []
    for text in texts:
        paragraphs.append(text.lines(size, region.width, most))
        most -= len(paragraphs[-1])
        if most < 0:
            return None
    return paragraphs


def _placed(paragraphs: Sequence[Sequence[str]], size: float) -> list[tuple[Line, list[Line]]]:
    """Paragraphs one below the other; what room is left goes between them, up to MOST_GAP."""
    pitch = LINE * size
    left = TEXTS.height - pitch * sum(map(len, paragraphs))
    gap = min(MOST_GAP, left / max(len(paragraphs), 1))
    placed, top = [], TEXTS.top
    for number, paragraph in enumerate(paragraphs, start=1):
        base = top + (gap + pitch) / 2 + CAP_MIDDLE * size
        lines = [
            Line(text, size, TEXTS.left, base + at * pitch) for at, text in enumerate(paragraph)
        ]
        placed.append((Line(f"{number}.", size, NUMBERS.right, base, align=1), lines))
        top += gap + pitch * len(paragraph)
    return placed
