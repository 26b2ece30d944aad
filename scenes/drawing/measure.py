"""How much room words take, known from the fonts alone: needs no Manim."""

import numpy as np

from epochreel.errors import RenderError
from scenes.drawing.glyphs import REGULAR, SANS, Face, font
from scenes.drawing.layout import SMALL, Region

LINE = 1.4  # from one line of a paragraph to the next, of the font size


def text_width(text: str, size: float, weight: int = REGULAR, face: Face = SANS) -> float:
    """How far a line of text advances, in pixels of the page."""
    return font(face, weight).line(text)[1] * size


def wrap(text: str, size: float, width: float, weight: int = REGULAR) -> list[str]:
    """Break a text into lines no wider than `width` pixels: at spaces, and between ideographs."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and text_width((line + piece).rstrip(), size, weight) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while text_width(line, size, weight) > width and len(line) > 1:
            fit = next(
                n
                for n in range(len(line) - 1, 0, -1)
                if n == 1 or text_width(line[:n], size, weight) <= width
            )
            lines.append(line[:fit])
            line = line[fit:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What must stay on one line: words with their trailing spaces, and single ideographs."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        closing = character in "，。、；：！？）》」』”’,.;:!?)"
        glued = pieces and (
            closing
            or character == " "
            or (character < "\u2e80" and pieces[-1][-1] < "\u2e80" and not pieces[-1].endswith(" "))
        )
        if glued:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def fit_lines(
    text: str, region: Region, size: float, name: str, weight: int = REGULAR
) -> tuple[list[str], float]:
    """The text's lines at the largest size up to `size` at which they fit the region.

    Raises:
        RenderError: it does not fit even at the smallest size that can be read.
    """
    for candidate in np.arange(size, SMALL - 1, -2):
        lines = wrap(text, float(candidate), region.width, weight)
        if len(lines) * candidate * LINE <= region.height + (LINE - 1) * candidate:
            return lines, float(candidate)
    raise RenderError(
        f"{name} has {len(text)} characters, more than the film has room for "
        f"({text[:40]!r}...). Make it shorter."
    )
