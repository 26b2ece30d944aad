"""Text as outlines: HarfBuzz shapes a line, each glyph's curves are kept in a table.

Manim's own text goes through an SVG file and becomes one mobject per character. Here a line is
one array of Bezier points, cheap enough to be built anew in every frame, and a character that no
font has is an error that names it instead of an empty box.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import uharfbuzz as hb

from epochreel.errors import RenderError

Points = npt.NDArray[np.float64]

REGULAR = 400
BOLD = 700


@dataclass(frozen=True)
class Face:
    """One face of an installed font: file, index in its collection, weight axis."""

    package: str
    file: str
    index: int
    family: str

    @property
    def path(self) -> Path:
        return Path(str(files(self.package))) / self.file


SANS = Face("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 2, "Noto Sans CJK SC")
MONO = Face("fontpkg_source_code_pro", "files/SourceCodePro[wght].ttf", 0, "Source Code Pro")


class Font:
    """A face at one weight; lengths are in em, one em being the font size."""

    def __init__(self, face: Face, weight: int) -> None:
        blob = hb.Blob.from_file_path(str(face.path))
        self.family = face.family
        self._face = hb.Face(blob, face.index)
        self._font = hb.Font(self._face)
        self._font.set_variations({"wght": weight})
        self._em = self._face.upem
        self._outlines: dict[int, Points] = {}

    def line(self, text: str) -> tuple[Points, float]:
        """The curves of one line of text, and how far it advances.

        Returns:
            Points (4 * curves, 3) in em from the start of the base line, as Manim's
            VMobject holds them; the advance in em.

        Raises:
            RenderError: a character that this font does not have.
        """
        if not text:
            return np.zeros((0, 3)), 0.0
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.set_language_from_ot_tag("ZHS")
        hb.shape(self._font, buffer, {"kern": True, "tnum": True})
        outlines, x = [], 0.0
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions):
            if glyph.codepoint == 0:
                raise missing_character(text[glyph.cluster], text, self.family)
            offset = (x + place.x_offset / self._em, place.y_offset / self._em, 0.0)
            outlines.append(self._outline(glyph.codepoint) + offset)
            x += place.x_advance / self._em
        return np.concatenate(outlines), x

    @cache  # noqa: B019 (fonts live as long as the process)
    def character(self, character: str) -> tuple[Points, float]:
        """One character's curves and advance, as `line` gives them."""
        return self.line(character)

    def _outline(self, glyph: int) -> Points:
        if glyph not in self._outlines:
            pen = _CurvePen()
            self._font.draw_glyph(glyph, _PEN, pen)
            self._outlines[glyph] = np.array(pen.points, dtype=float).reshape(-1, 3) / self._em
        return self._outlines[glyph]


@cache
def font(face: Face = SANS, weight: int = REGULAR) -> Font:
    """The font of this face and weight, loaded once."""
    return Font(face, weight)


def missing_character(character: str, text: str, family: str) -> RenderError:
    """The error for a character that would come out as an empty box."""
    name = unicodedata.name(character, "a character without a name")
    return RenderError(
        f"The font {family} has no {character!r} (U+{ord(character):04X}, {name}), "
        f"found in {text[:60]!r}. Take it out of the lecture's words."
    )


class _CurvePen:
    """Collects closed contours as cubic curves, four points each."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float, float]] = []
        self.start = self.at = (0.0, 0.0, 0.0)


def _move_to(x: float, y: float, pen: _CurvePen) -> None:
    pen.start = pen.at = (x, y, 0.0)


def _line_to(x: float, y: float, pen: _CurvePen) -> None:
    (x0, y0, _), end = pen.at, (x, y, 0.0)
    third = ((2 * x0 + x) / 3, (2 * y0 + y) / 3, 0.0)
    two_thirds = ((x0 + 2 * x) / 3, (y0 + 2 * y) / 3, 0.0)
    pen.points += [pen.at, third, two_thirds, end]
    pen.at = end


def _quadratic_to(cx: float, cy: float, x: float, y: float, pen: _CurvePen) -> None:
    x0, y0, _ = pen.at
    first = (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0), 0.0)
    second = (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y), 0.0)
    pen.points += [pen.at, first, second, (x, y, 0.0)]
    pen.at = (x, y, 0.0)


def _cubic_to(
    ax: float, ay: float, bx: float, by: float, x: float, y: float, pen: _CurvePen
) -> None:
    pen.points += [pen.at, (ax, ay, 0.0), (bx, by, 0.0), (x, y, 0.0)]
    pen.at = (x, y, 0.0)


def _close(pen: _CurvePen) -> None:
    if pen.at != pen.start:
        _line_to(pen.start[0], pen.start[1], pen)


def _draw_functions() -> hb.DrawFuncs:
    functions = hb.DrawFuncs()
    functions.set_move_to_func(_move_to)
    functions.set_line_to_func(_line_to)
    functions.set_quadratic_to_func(_quadratic_to)
    functions.set_cubic_to_func(_cubic_to)
    functions.set_close_path_func(_close)
    return functions


_PEN = _draw_functions()
