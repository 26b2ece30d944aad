"""How much room words take, known from the fonts alone: needs no Manim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from epochreel.errors import NoCharacter, NoRoom, RenderError
from scenes.drawing.breaking import clause_ends, forced_ends, line_ends, link_ends, phrase_ends
from scenes.drawing.characters import spelled
from scenes.drawing.glyphs import REGULAR, SANS, Face, font
from scenes.drawing.layout import SMALL, Region

LINE = 1.4  # from one line of a paragraph to the next, of the font size
ELLIPSIS = "…"
ALIKE = 0.7  # of a text, what the longer of two lines holds at most
FILLED = 0.7  # of a line; words and links are not cut elsewhere for the sake of the rest


def text_width(text: str, size: float, weight: int = REGULAR, face: Face = SANS) -> float:
    """How far a line of text advances, in pixels of the page."""
    return font(face, weight).line(text)[1] * size


@dataclass(frozen=True)
class Ends:
    """Places where a line may end, rising, and the advances up to each in em."""

    at: npt.NDArray[np.int64]
    edges: npt.NDArray[np.float64]


class Measured:
    """A text whose characters are measured once, to be broken into lines at any size.

    Where a line ends is guessed from the characters' own advances; shaping that line, with its
    kerning and ligatures, then says whether the guess is right.

    Raises:
        RenderError: names a character that cannot be drawn.
    """

    def __init__(self, text: str, weight: int = REGULAR) -> None:
        glyphs = font(SANS, weight)
        self.text = spelled(text, glyphs)
        self._weight = weight
        advances = [glyphs.character(character)[1] for character in self.text]
        self._edges = np.concatenate([[0.0], np.cumsum(advances)])
        self._words = self._ends(line_ends(self.text))
        self._links = self._ends(link_ends(self.text))
        self._letters = self._ends(forced_ends(self.text))
        self._any = self._ends(range(1, len(self.text) + 1))

    def lines(self, size: float, width: float, most: int | None = None) -> list[str]:
        """Lines no wider than `width` pixels; no more of them than one above `most`."""
        lines: list[str] = []
        start = 0
        while start < len(self.text) and (most is None or len(lines) <= most):
            end = self._end(start, size, width)
            lines.append(self.text[start:end].strip())
            start = end
        return lines

    def evened(self, lines: list[str], size: float, width: float) -> list[str]:
        """Its lines, or if they are two, others about as long as each other.

        The first ends with a clause or at a pause where they are still much alike, or else at
        any word.
        """
        if len(lines) != 2:
            return lines
        alike = min(width, ALIKE * text_width(self.text, size, self._weight))
        for ends, most in (
            (clause_ends(self.text), alike),
            (phrase_ends(self.text), alike),
            (line_ends(self.text), width),
        ):
            pairs = [[self.text[:at].rstrip(), self.text[at:]] for at in ends[:-1]]
            longer = [max(text_width(line, size, self._weight) for line in pair) for pair in pairs]
            if pairs and min(longer) <= most:
                return pairs[longer.index(min(longer))]
        return lines

    def start(self, size: float, width: float) -> str:
        """As many words as fit into `width` pixels, or letters where that leaves much empty."""
        end = self._farthest(self._words, 0, size, width)
        if not end or self._edges[end] * size < FILLED * width:
            end = self._cut(0, size, width)
        return self.text[:end].strip()

    def _ends(self, places: Sequence[int]) -> Ends:
        at = np.array(places, dtype=int)
        return Ends(at, self._edges[at])

    def _end(self, start: int, size: float, width: float) -> int:
        """Where the line ends that begins at `start`; it holds at least one character."""
        if found := self._farthest(self._words, start, size, width):
            return found
        link = self._farthest(self._links, start, size, width)
        if link and (self._edges[link] - self._edges[start]) * size > FILLED * width:
            return link
        return self._cut(start, size, width)

    def _cut(self, start: int, size: float, width: float) -> int:
        letters = self._farthest(self._letters, start, size, width)
        return letters or self._farthest(self._any, start, size, width) or start + 1

    def _farthest(self, ends: Ends, start: int, size: float, width: float) -> int | None:
        """The last of `ends` behind `start` up to which the line fits."""
        least = int(np.searchsorted(ends.at, start, side="right"))
        reach = self._edges[start] + width / size
        at = max(int(np.searchsorted(ends.edges, reach, side="right")), least) - 1
        while at >= least and not self._fits(start, int(ends.at[at]), size, width):
            at -= 1
        while at + 1 < len(ends.at) and self._fits(start, int(ends.at[at + 1]), size, width):
            at += 1
        return int(ends.at[at]) if at >= least else None

    def _fits(self, start: int, end: int, size: float, width: float) -> bool:
        # Shaping never halves a line, and what is far too long is not worth shaping.
        if (self._edges[end] - self._edges[start]) * size > 2 * width:
            return False
        return text_width(self.text[start:end].strip(), size, self._weight) <= width


def measured(text: str, name: str, weight: int = REGULAR) -> Measured:
    """A text of the lecture, measured.

    Args:
        name: what to call the words in an error, such as `words.zh.course`.

    Raises:
        RenderError: a character that cannot be drawn, or no character at all.
    """
    try:
        found = Measured(text, weight)
    except RenderError as error:
        raise NoCharacter(f"{name}: {error}", field=name, value=text) from None
    if not found.text:
        raise RenderError(
            f"{name} has no words in it. Write some, or take it out.", field=name, value=text
        )
    return found


def sizes(largest: float) -> Iterator[float]:
    """Font sizes in pixels, from the largest down to the smallest that can be read."""
    yield from (float(size) for size in np.arange(largest, SMALL - 1, -2))


def fit_lines(
    text: str, region: Region, size: float, name: str, weight: int = REGULAR
) -> tuple[list[str], float]:
    """The text's lines at the largest size up to `size` at which they fit the region.

    Raises:
        RenderError: it does not fit even at the smallest size that can be read.
    """
    words = measured(text, name, weight)
    for candidate in sizes(size):
        most = _most_lines(region.height, candidate)
        lines = words.lines(candidate, region.width, most)
        if len(lines) <= most:
            return words.evened(lines, candidate, region.width), candidate
    raise no_room(name, text)


def lines_or_cut(
    text: str, width: float, size: float, most: int, name: str, weight: int = REGULAR
) -> tuple[list[str], float]:
    """One line at the largest size up to `size`, or up to `most` lines at SMALL.

    What does not fit there either ends in an ellipsis.

    Raises:
        RenderError: a character that cannot be drawn.
    """
    words = measured(text, name, weight)
    for candidate in sizes(size):
        if len(lines := words.lines(candidate, width, 1)) == 1:
            return lines, candidate
    lines = words.lines(SMALL, width, most)
    if len(lines) <= most:
        return words.evened(lines, SMALL, width), SMALL
    rest = words.text
    for line in lines[: most - 1]:
        rest = rest[rest.index(line) + len(line) :]
    last = measured(rest, name, weight)
    start = last.start(SMALL, width - text_width(ELLIPSIS, SMALL, weight))
    return [*lines[: most - 1], start.rstrip(" ,.;:，。、；：…—") + ELLIPSIS], SMALL


def no_room(name: str, text: str) -> RenderError:
    """The error for words that do not fit their place."""
    return NoRoom(
        f"{name} has {len(text)} characters, more than the film has room for "
        f"({text[:40]!r}...). Make it shorter.",
        field=name,
        value=text,
    )


def _most_lines(height: float, size: float) -> int:
    """How many lines of a paragraph a height in pixels has room for."""
    lines = 0
    while (lines + 1) * size * LINE <= height + (LINE - 1) * size:
        lines += 1
    return lines
