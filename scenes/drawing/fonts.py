"""The fonts that come with the installation, made known to Pango and to Typst.

Our own text reads them directly; these are for Manim's `Text` and `MathTypst`, so that every
machine draws the same picture with them too.
"""

from functools import cache

import manimpango

from epochreel.errors import RenderError
from scenes.drawing.glyphs import MONO, SANS

TYPST_FONT_PATHS = [str(face.path.parent) for face in (SANS, MONO)]


@cache
def register_fonts() -> None:
    """Register every font file with Pango, once per process.

    Raises:
        RenderError: a font file is missing from the installation.
    """
    for face in (SANS, MONO):
        if not face.path.is_file() or not manimpango.register_font(str(face.path)):
            raise RenderError(f"The font {face.path.name} is missing. Run: make setup")
