"""The title page set in pixels: the course in a card, the lesson below it, links at the foot.

All that a lecture has of them stands in the middle of the page, and the card is as high as the
rest leaves it. Needs the fonts, but not Manim.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from epochreel.errors import NoRoom
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BODY, HUGE, LARGE, PAGE, SMALL, Region
from scenes.drawing.measure import LINE, fit_lines, measured, no_room, sizes, text_width
from scenes.drawing.typesetting import CAP_MIDDLE, Line

# Pixels: at most above the names in the card and below them, between them, and between all parts.
PADDING, NAMES_GAP, PARTS_GAP = 100, 40, 60
LINK_GAP, LINK_PITCH = 70, 1.6  # between links in pixels, between their rows of the font size


class Named(NamedTuple):
    """Words of a lecture, and what to call them in an error, such as `words.zh.course`."""

    name: str
    text: str


class Style(NamedTuple):
    """The size of words that are short, and the width and height in pixels that they may take."""

    size: float
    width: float
    height: float
    weight: int = REGULAR


_PAGE = PAGE.inset(180, 100)
_NAMES = 1420.0  # pixels that a line of a name may be wide
ONE_COURSE = (Style(HUGE + 12, _NAMES, 340, BOLD),)
TWO_COURSES = (Style(HUGE, _NAMES, 190, BOLD), Style(HUGE - 24, _NAMES, 110))
LESSON = Style(LARGE + 8, _PAGE.width, 160)
LINKS = Style(BODY, _PAGE.width, 170)


@dataclass(frozen=True)
class TitlePage:
    """Where everything stands; `courses` holds the lines of each of the course's names."""

    card: Region
    courses: list[list[Line]]
    lesson: list[Line]
    links: list[Line]


@dataclass(frozen=True)
class Paragraph:
    """Words in lines of one size, each in the middle of the page."""

    lines: list[str]
    size: float
    weight: int

    @property
    def height(self) -> float:
        return self.size * (1 + LINE * (len(self.lines) - 1))

    def at(self, top: float) -> list[Line]:
        """Its lines where the first one begins `top` pixels from the page's top."""
        base = top + self.size * (0.5 + CAP_MIDDLE)
        return [
            Line(text, self.size, _PAGE.x, base + at * LINE * self.size, 0.5, self.weight)
            for at, text in enumerate(self.lines)
        ]


@dataclass(frozen=True)
class LinkRows:
    """Links side by side in rows, each row in the middle of the page."""

    rows: list[list[str]]
    size: float

    @property
    def height(self) -> float:
        return self.size * (1 + LINK_PITCH * (len(self.rows) - 1))

    def at(self, top: float) -> list[Line]:
        """Its links where the first row begins `top` pixels from the page's top."""
        return [link for at, row in enumerate(self.rows) for link in self._row(row, at, top)]

    def _row(self, row: Sequence[str], at: int, top: float) -> Iterator[Line]:
        x = _PAGE.x - _width(row, self.size) / 2
        base = top + self.size * (0.5 + CAP_MIDDLE + at * LINK_PITCH)
        for link in row:
            yield Line(link, self.size, x, base)
            x += text_width(link, self.size) + LINK_GAP


def title_page(courses: Sequence[Named], lesson: Named | None, links: Sequence[str]) -> TitlePage:
    """The page with one name or two of the course, and what there is of lesson and links.

    Raises:
        RenderError: a character that cannot be drawn, or words that do not fit.
    """
    styles = ONE_COURSE if len(courses) == 1 else TWO_COURSES
    names = [_paragraph(words, style) for words, style in zip(courses, styles)]
    title = _paragraph(lesson, LESSON) if lesson else None
    foot = _link_rows(links) if links else None
    below = [part.height for part in (title, foot) if part]
    gaps = PARTS_GAP * len(below)
    written = sum(name.height for name in names) + NAMES_GAP * (len(names) - 1)
    card = min(written + 2 * PADDING, _PAGE.height - gaps - sum(below))
    top, *tops = _stacked([card, *below], _PAGE.y, PARTS_GAP)
    region = Region(_PAGE.left, top, _PAGE.right, top + card)
    in_card = _stacked([name.height for name in names], region.y, NAMES_GAP)
    return TitlePage(
        card=region,
        courses=[name.at(at) for name, at in zip(names, in_card)],
        lesson=title.at(tops[0]) if title else [],
        links=foot.at(tops[-1]) if foot else [],
    )


def _paragraph(words: Named, style: Style) -> Paragraph:
    room = Region(0, 0, style.width, style.height)
    lines, size = fit_lines(words.text, room, style.size, words.name, style.weight)
    return Paragraph(lines, size, style.weight)


def _stacked(heights: Sequence[float], middle: float, gap: float) -> list[float]:
    """The tops of parts one below the other, the middle of all being at `middle`; in pixels."""
    top = middle - (sum(heights) + gap * (len(heights) - 1)) / 2
    return [top + sum(heights[:at]) + gap * at for at in range(len(heights))]


def _link_rows(links: Sequence[str]) -> LinkRows:
    """Links in as few rows as hold them, at the largest size that has room."""
    texts = []
    for number, link in enumerate(links, start=1):
        words = measured(link, f"words.links.{number}")
        if len(words.lines(SMALL, LINKS.width, 1)) > 1:
            raise no_room(f"words.links.{number}", link)
        texts.append(words.text)
    for size in sizes(LINKS.size):
        found = LinkRows(_rows(texts, size), size)
        widest = max(_width(row, size) for row in found.rows)
        if found.height <= LINKS.height and widest <= LINKS.width:
            return found
    raise NoRoom(
        f"words.links has {len(links)} links that need {len(found.rows)} rows, more than the title "
        "page has room for. Make them shorter, or list fewer.",
        field="words.links",
        value=list(links),
    )


def _rows(links: Sequence[str], size: float) -> list[list[str]]:
    rows: list[list[str]] = []
    for link in links:
        if rows and _width([*rows[-1], link], size) <= LINKS.width:
            rows[-1].append(link)
        else:
            rows.append([link])
    return rows


def _width(row: Sequence[str], size: float) -> float:
    return sum(text_width(link, size) for link in row) + LINK_GAP * (len(row) - 1)
