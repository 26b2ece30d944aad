"""A page as text: everything on it from the lowest to the topmost, in which role, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt
from manim import Circle, Mobject, VMobject
from manim.utils.family import extract_mobject_family_members

from scenes.drawing.layout import PAGE_HEIGHT, PAGE_WIDTH, UNIT
from scenes.drawing.motion import ASIDE
from scenes.drawing.text import Numbers
from scenes.drawing.theme import PAPER
from scenes.parts.title_ground import SEEN
from scenes.stage.checks import texts_of
from scenes.stage.scene import LectureScene

ROLES = [field.name for field in fields(PAPER) if field.name not in ("name", "runs")]
RUN_ROLES = [f"run{number}" for number, _ in enumerate(PAPER.runs, start=1)]
# What stands back is a third of itself on the page or on a panel; its blue tells on which of them.
GROUNDS = {"page": 0x20, "panel": 0xE0}
COLORS = {
    role: f"#{8 * at + 40:02X}80{GROUNDS.get(role, 0x80):02X}"
    for at, role in enumerate([*ROLES, *RUN_ROLES])
}
# Roles that share a colour on paper have one of their own here, so that none takes another's place.
EVERY_ROLE_ITS_OWN = replace(
    PAPER,
    **{role: COLORS[role] for role in ROLES},
    runs=tuple(COLORS[role] for role in RUN_ROLES),
)
ROLE_OF = {color.lower(): role for role, color in COLORS.items()}
FAINT = ("page", SEEN, "faint")  # what a title stands before
SAMPLES = 5  # of a path's points

Points = npt.NDArray[np.float64]


def page(scene: LectureScene) -> list[str]:
    """A line per text and shape that can be seen, in the order in which they are painted."""
    text_of = {
        id(glyph): text for text in texts_of(scene) for glyph in text.family_members_with_points()
    }
    painted = extract_mobject_family_members(
        scene.mobjects, use_z_index=True, only_those_with_points=True
    )
    lines: list[str] = []
    seen: set[int] = set()
    for mobject in painted:
        text = text_of.get(id(mobject))
        if text is None:
            lines += shape_lines(mobject)
        elif id(text) not in seen:
            seen.add(id(text))
            lines.append(text_line(text))
    return lines


def text_line(text: Mobject) -> str:
    """Its words, its colour's role, its left, top, width and height in pixels."""
    glyphs = text.family_members_with_points()
    points = np.concatenate([glyph.points for glyph in glyphs])
    return f"{words(text)}  {role(glyphs[0].get_fill_color())}  {box(points)}\n"


def shape_lines(shape: VMobject) -> Iterator[str]:
    """A line for each piece: its kind, its paint, and its box or the points it runs through."""
    kind = type(shape).__name__ if type(shape) is not VMobject else "Path"
    stroked = shape.get_stroke_width() > 0 and shape.get_stroke_opacity() > 0
    filled = shape.get_fill_opacity() > 0
    paint = ""
    if stroked:
        width = f"{shape.get_stroke_width():.1f}{faded(shape.get_stroke_opacity())}"
        paint += f"  stroke {role(shape.get_stroke_color())} {width}"
    if filled:
        paint += f"  fill {filling(shape)}{faded(shape.get_fill_opacity())}"
    if paint:
        for points in shape.get_subpaths():
            yield f"{kind}{paint}  {box(points) if filled else course(points)}\n"


def words(text: Mobject) -> str:
    if isinstance(text, Numbers):
        return " / ".join(" ".join(row) for row in text.texts)
    return str(getattr(text, "text", None) or getattr(text, "typst_code", ""))


def filling(shape: VMobject) -> str:
    """The role of a fill; of a neuron, whose fill is a share of its sign's colour, that mixture."""
    color = shape.get_fill_color()
    shown = _hex((color.to_rgb() * 255).round())
    is_mixed = isinstance(shape, Circle) and shown not in ROLE_OF
    return f"mixed {shown}" if is_mixed else role(color)


def role(color: object) -> str:
    """The colour's only role, and whether it stands back; a KeyError says it is not the theme's."""
    shown = (color.to_rgb() * 255).round()  # type: ignore[attr-defined]
    found = ROLE_OF.get(_hex(shown))
    if found:
        return found
    for ground, share, how in (*((each, ASIDE, "aside") for each in GROUNDS), FAINT):
        behind = np.array([int(COLORS[ground][at : at + 2], 16) for at in (1, 3, 5)])
        bright = behind + (shown - behind) / share
        if found := ROLE_OF.get(_hex(8 * (bright / 8).round())):
            return f"{found} {how}"
    raise KeyError(_hex(shown))


def _hex(rgb: Iterable[float]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in rgb)


def faded(opacity: float) -> str:
    return "" if opacity == 1 else f" {opacity:.2f}"


def box(points: Points) -> str:
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    width, height = pixels((right - left) / UNIT), pixels((top - bottom) / UNIT)
    return f"at {place((left, top))}  {width}x{height}"


def course(points: Points) -> str:
    """Where a path starts, some points on its way, and where it ends."""
    corners = np.concatenate([points[::4], points[-1:]])
    shown = np.linspace(0, len(corners) - 1, min(SAMPLES, len(corners))).astype(int)
    return " > ".join(place(corner) for corner in corners[shown])


def place(point: Points | tuple[float, float]) -> str:
    x, y = point[0] / UNIT + PAGE_WIDTH / 2, PAGE_HEIGHT / 2 - point[1] / UNIT
    return f"{pixels(x)},{pixels(y)}"


def pixels(length: float) -> int:
    # Twice, so that half a pixel goes the same way on machines that differ in the last digit.
    return round(round(float(length), 3))
