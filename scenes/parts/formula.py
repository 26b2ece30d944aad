"""Formulas, set by Typst: no LaTeX on any machine."""

from functools import cache

from manim import MathTypst

from scenes.drawing.fonts import TYPST_FONT_PATHS
from scenes.drawing.layout import UNIT

# Manim's font_size 48 makes one em of Typst 0.5 units high (measured on New Computer Modern's H).
EM_PER_FONT_SIZE = 0.5 / 48
RULE_WIDTH = 0.05  # of the font size: the bar of a fraction, in Manim's hundredths of a unit


def formula(source: str, size: float, color: str) -> MathTypst:
    """Typst mathematics, `size` pixels to the em."""
    return _typeset(source, size, color).copy()


@cache  # a scene is built once to plan it and once to draw it
def _typeset(source: str, size: float, color: str) -> MathTypst:
    mobject = MathTypst(
        source,
        font_size=size * UNIT / EM_PER_FONT_SIZE,
        color=color,
        font_paths=TYPST_FONT_PATHS,
        use_svg_cache=False,  # which keeps a deep copy; this is kept here
    )
    for glyph in mobject.family_members_with_points():
        # The outline as it was read, which Manim is done with and would copy point by point.
        vars(glyph).pop("path_obj", None)
        if glyph.get_stroke_width() > 0:
            # Manim scales these with the resolution, so a bar would be thin in a draft.
            glyph.set_stroke(color, width=size * UNIT * 100 * RULE_WIDTH)
    return mobject


def quoted(text: str) -> str:
    """Words as a Typst string, which holds no markup."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
