"""The lecture's own words set on their pages, in pixels: what the scenes draw and a check tries.

Needs the fonts, but not Manim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from epochreel.errors import NoRoom
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import (
    BAR,
    BODY,
    HUGE,
    LARGE,
    MARGIN,
    REFERENCE_PAGE,
    SMALL,
    TITLE_PAGE,
    Region,
)
from scenes.drawing.measure import (
    LINE,
    Measured,
    fit_or_cut,
    measured,
    no_room,
    sizes,
    text_width,
)

LINK_GAP, LINK_PITCH = 70, 1.6  # between links in pixels, between their rows of the font size
LEAST_GAP, MOST_GAP = 12, 76.8  # between references, in pixels
CAP_MIDDLE, DESCENT = 0.733 / 2, 0.25  # above and below the base line, of the font size


@dataclass(frozen=True)
class Place:
    """Where a paragraph goes, and how large it is if it is short."""

    region: Region
    size: float
    weight: int = REGULAR


@dataclass(frozen=True)
class Line:
    """One line of words: its start (or end, if `align` is 1) on the page, in pixels."""

    text: str
    size: float
    x: float
    base: float
    align: float = 0


LESSON = Place(TITLE_PAGE.lesson, LARGE + 8)


def course_places(count: int) -> list[Place]:
    """The places of the course's names on the title page: for one of them, or for both."""
    if count == 1:
        return [Place(TITLE_PAGE.card.inset(70, 60), HUGE, BOLD)]
    return [Place(TITLE_PAGE.course, HUGE, BOLD), Place(TITLE_PAGE.other_course, HUGE - 24)]


def bar_line(lesson: str, name: str = "The lesson's title") -> tuple[str, float]:
    """What the bar shows of a lesson's title, and its size; a long title is cut.

    Raises:
        RenderError: a character that cannot be drawn.
    """
    return fit_or_cut(lesson, BAR.width - 2 * MARGIN, BODY + 4, name, BOLD)


def link_rows(links: Sequence[str]) -> list[Line]:
    """The links side by side, centred, in as many rows as they need; all of one size.

    Raises:
        RenderError: a link wider than the page, or more rows than there is room for.
    """
    region = TITLE_PAGE.links
    texts: list[str] = []
    for number, link in enumerate(links, start=1):
        words = measured(link, f"words.links.{number}")
        if len(words.lines(SMALL, region.width, 1)) > 1:
            raise no_room(f"words.links.{number}", link)
        texts.append(words.text)
    for size in sizes(BODY):
        rows = _rows(texts, size, region.width)
        depth = size * (1 + DESCENT) + (len(rows) - 1) * LINK_PITCH * size
        if depth <= region.height and all(_width(row, size) <= region.width for row in rows):
            return [line for at, row in enumerate(rows) for line in _link_row(row, size, at)]
    raise NoRoom(
        f"words.links has {len(links)} links that need {len(rows)} rows, more than the title page "
        "has room for. Make them shorter, or list fewer.",
        field="words.links",
        value=list(links),
    )


def reference_list(references: Sequence[str]) -> list[tuple[Line, list[Line]]]:
    """Each reference's number and lines, one below the other; all of one size.

    Raises:
        RenderError: the page has no room for them, even in the smallest size that can be read.
    """
    page = REFERENCE_PAGE
    texts = [measured(text, f"words.references.{at}") for at, text in enumerate(references, 1)]
    for size in sizes(BODY + 4):
        paragraphs = _paragraphs(texts, size, page.texts)
        if paragraphs is not None:
            return _placed(paragraphs, size)
    raise NoRoom(
        f"words.references has {len(references)} entries of {sum(map(len, references))} characters "
        "together, more than one page has room for. Make them shorter, or list fewer.",
        field="words.references",
        value=list(references),
    )


def _rows(links: Sequence[str], size: float, width: float) -> list[list[str]]:
    rows: list[list[str]] = []
    for link in links:
        if rows and _width([*rows[-1], link], size) <= width:
            rows[-1].append(link)
        else:
            rows.append([link])
    return rows


def _width(row: Sequence[str], size: float) -> float:
    return sum(text_width(link, size) for link in row) + LINK_GAP * (len(row) - 1)


def _link_row(row: Sequence[str], size: float, at: int) -> list[Line]:
    region, lines = TITLE_PAGE.links, []
    x = region.x - _width(row, size) / 2
    base = region.top + size + at * size * LINK_PITCH
    for link in row:
        lines.append(Line(link, size, x, base))
        x += text_width(link, size) + LINK_GAP
    return lines


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
    page, pitch = REFERENCE_PAGE, LINE * size
    left = page.texts.height - pitch * sum(map(len, paragraphs))
    gap = min(MOST_GAP, left / max(len(paragraphs), 1))
    placed, top = [], page.texts.top
    for number, paragraph in enumerate(paragraphs, start=1):
        base = top + (gap + pitch) / 2 + CAP_MIDDLE * size
        lines = [
            Line(text, size, page.texts.left, base + at * pitch)
            for at, text in enumerate(paragraph)
        ]
        placed.append((Line(f"{number}.", size, page.numbers.right, base, align=1), lines))
        top += gap + pitch * len(paragraph)
    return placed
