"""What no page of a film may have: a scene's problems as it stands, each of them described.

Every check gives a line for each problem, so that an empty list means that all is well. Lengths
are pixels of the page, and y counts from its top.
"""

import math
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from manim import (
    DecimalNumber,
    MarkupText,
    Mobject,
    Scene,
    SingleStringMathTex,
    Text,
    Typst,
    VMobject,
)

from scenes.drawing.layout import PAGE, UNIT, Point, Region, pixels
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers

LEAST_HEIGHT = 20  # of capitals and digits, for the back row
# Boxes may share so much across and down: slanted letters lean, descenders reach.
SLIVER_ACROSS, SLIVER_DOWN = 2, 3
APART_ACROSS, APART_DOWN = 14, 1  # between texts side by side, and one below the other
BEHIND_NAME = 8  # what is enough from a name to the number that it has
TEXTS = (Label, Numbers, Typst, Text, MarkupText, SingleStringMathTex, DecimalNumber)


class _Text(NamedTuple):
    drawn: Mobject
    box: Region


def problems(scene: Scene) -> list[str]:
    """All that the checks find, each with what is wrong in front."""
    return [f"{wrong}: {found}" for wrong, check in CHECKS.items() for found in check(scene)]


def outside(scene: Scene) -> list[str]:
    """What leaves the page by more than a pixel."""
    page = PAGE.inset(-1)
    return [
        described(mobject)
        for top in scene.mobjects
        for mobject in top.family_members_with_points()
        if _is_visible(mobject) and not _holds(page, _box(mobject.points))
    ]


def overlapping(scene: Scene) -> list[str]:
    """Pairs of texts whose boxes share more than a sliver."""
    return _pairs(scene, _overlap)


def crowded(scene: Scene) -> list[str]:
    """Pairs of texts that stand too near each other to be told apart at a glance."""
    return _pairs(scene, _are_crowded)


def too_small(scene: Scene) -> list[str]:
    """Labels and numbers whose capitals and digits are lower than LEAST_HEIGHT."""
    return [described(text) for text in texts_of(scene) if _capitals(text) < LEAST_HEIGHT]


CHECKS: dict[str, Callable[[Scene], list[str]]] = {
    "outside the page": outside,
    "overlapping": overlapping,
    "crowded": crowded,
    "too small": too_small,
}


def texts_of(scene: Scene) -> list[Mobject]:
    """Every visible piece of text on the page: ours, and Manim's own."""
    return [text for mobject in scene.mobjects for text in _texts_in(mobject)]


def box_of(mobject: Mobject) -> Region:
    """The rectangle around all that a mobject draws."""
    return _box(np.concatenate([part.points for part in mobject.family_members_with_points()]))


def described(mobject: Mobject) -> str:
    """What kind of thing it is, what it says, and where it stands."""
    texts = (getattr(mobject, name, None) for name in ("text", "typst_code", "tex_string"))
    text = next(filter(None, texts), "")
    if isinstance(mobject, Numbers):
        text = mobject.texts[0][0] + "..."
    box = box_of(mobject)
    across, down = f"{box.left:.0f}..{box.right:.0f}", f"{box.top:.0f}..{box.bottom:.0f}"
    return f"{type(mobject).__name__} {text!r} x {across} y {down}"


def _texts_in(mobject: Mobject) -> Iterator[Mobject]:
    if not isinstance(mobject, TEXTS):
        for part in mobject.submobjects:
            yield from _texts_in(part)
    elif any(map(_is_visible, mobject.family_members_with_points())):
        yield mobject


def _box(points: Point) -> Region:
    left, bottom = pixels(points.min(axis=0))
    right, top = pixels(points.max(axis=0))
    return Region(left, top, right, bottom)


def _pairs(scene: Scene, wrong: Callable[[_Text, _Text], bool]) -> list[str]:
    texts = [_Text(text, box_of(text)) for text in texts_of(scene)]
    return [
        f"{described(one.drawn)} / {described(other.drawn)}"
        for one, other in combinations(texts, 2)
        if wrong(one, other)
    ]


def _overlap(one: _Text, other: _Text) -> bool:
    across, down = _gaps(one.box, other.box)
    return across < -SLIVER_ACROSS and down < -SLIVER_DOWN


def _are_crowded(one: _Text, other: _Text) -> bool:
    if _overlap(one, other):
        return False
    across, down = _gaps(one.box, other.box)
    if -down <= min(one.box.height, other.box.height) / 2:
        return across < 0 and down < APART_DOWN
    if _runs_on(one.drawn, other.drawn):
        return False
    is_number = isinstance(one.drawn, Numbers) != isinstance(other.drawn, Numbers)
    return across < (BEHIND_NAME if is_number else APART_ACROSS)


def _gaps(one: Region, other: Region) -> tuple[float, float]:
    """How far two boxes are apart across and down; less than 0 is what they share."""
    across = max(one.left, other.left) - min(one.right, other.right)
    return across, max(one.top, other.top) - min(one.bottom, other.bottom)


def _runs_on(one: Mobject, other: Mobject) -> bool:
    """Whether two labels are pieces of one line: the second starts where the first ends."""
    if not (isinstance(one, Label) and isinstance(other, Label)):
        return False
    first, second = sorted((one, other), key=lambda label: float(label.points[0, 0]))
    # From the start of a label's base line to the end of its advance (see Label).
    end, start = np.array([first.points[4, 0], first.points[0, 1]]), second.points[0, :2]
    return bool(np.abs(end - start).max() < UNIT)


def _capitals(text: Mobject) -> float:
    """How high a text's capitals and digits are; formulas have some of every size."""
    if isinstance(text, Label):
        # Its first points are the corners of the line's box, whatever was done to it since.
        return float(text.points[4, 1] - text.points[0, 1]) / UNIT
    return text.size * CAP_HEIGHT if isinstance(text, Numbers) else math.inf


def _is_visible(mobject: Mobject) -> bool:
    if not isinstance(mobject, VMobject):
        return True  # an image
    stroked = mobject.get_stroke_opacity() > 0 and mobject.get_stroke_width() > 0
    return bool(stroked or mobject.get_fill_opacity() > 0)


def _holds(page: Region, box: Region) -> bool:
    across = page.left <= box.left and box.right <= page.right
    return across and page.top <= box.top and box.bottom <= page.bottom
