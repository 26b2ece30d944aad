"""Pictures of many beats on one sheet, each with its name and its caption."""

import io
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from epochreel.errors import RenderError
from epochreel.numbers import as_on_a_page
from scenes.drawing.breaking import lines_of
from scenes.drawing.glyphs import MONO, REGULAR, SANS, Face, font
from scenes.drawing.measure import ELLIPSIS, LINE
from scenes.drawing.theme import THEMES

# In pixels; a sheet is 1,920 wide, as a screen or a printed page shows it whole.
COLUMNS, WIDTH, HEIGHT, GAP, MARGIN = 4, 444, 250, 24, 36
NAME, CAPTION, MOST_LINES = 15, 18, 2
CELL = HEIGHT + 16 + NAME * LINE + MOST_LINES * CAPTION * LINE + GAP


def contact_sheet(pictures: Sequence[tuple[str, str, bytes]], theme: str) -> Image.Image:
    """All pictures in reading order.

    Args:
        pictures: of each its name, its caption and its PNG file.
        theme: whose colours the sheet has.
    """
    colors = THEMES[theme]
    rows = -(-len(pictures) // COLUMNS)
    size = (2 * MARGIN + COLUMNS * (WIDTH + GAP) - GAP, round(2 * MARGIN + rows * CELL - GAP))
    sheet = Image.new("RGB", size, colors.panel)
    draw = ImageDraw.Draw(sheet)
    names, captions = _Writer(NAME), _Writer(CAPTION)
    for at, (name, caption, png) in enumerate(pictures):
        left = MARGIN + at % COLUMNS * (WIDTH + GAP)
        top = round(MARGIN + at // COLUMNS * CELL)
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        sheet.paste(picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), (left, top))
        frame = (left - 1, top - 1, left + WIDTH, top + HEIGHT)
        draw.rectangle(frame, outline=colors.line)
        below = top + HEIGHT + 8
        names.write(draw, left, below, name, colors.faint)
        for line in captions.lines(as_on_a_page(caption)):
            below += round(CAPTION * LINE)
            captions.write(draw, left, below, line, colors.ink)
    return sheet


class _Writer:
    """Writes lines of one size; a character that the one font lacks comes from the other."""

    def __init__(self, pixels: int) -> None:
        self.pixels = pixels
        self._fonts = [(font(face), _face(face, pixels)) for face in (SANS, MONO)]

    def lines(self, text: str) -> list[str]:
        """The text in a column; what does not fit ends in an ellipsis."""
        lines = lines_of(" ".join(text.split()), lambda line: self._width(line) <= WIDTH)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + ELLIPSIS]
        return lines

    def write(self, draw: ImageDraw.ImageDraw, left: int, top: int, text: str, color: str) -> None:
        """One line."""
        for face, run in self._runs(text):
            draw.text((left, top + self.pixels), run, color, face, anchor="ls")
            left += round(face.getlength(run))

    def _width(self, text: str) -> float:
        return sum(face.getlength(run) for face, run in self._runs(text))

    def _runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        return [(face, "".join(run)) for face, run in groupby(text, key=self._face)]

    def _face(self, character: str) -> ImageFont.FreeTypeFont:
        for glyphs, face in self._fonts:
            with suppress(RenderError):
                glyphs.character(character)
                return face
        return self._fonts[0][1]


def _face(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.truetype(str(face.path), pixels, index=face.index)
    found.set_variation_by_axes([REGULAR])
    return found
