"""The page of a landscape: its plane, what runs along that, and words on the map."""

from collections.abc import Sequence

import numpy as np
from manim import Mobject, RoundedRectangle, VGroup

from epochreel.lecture.words import Words
from epochreel.record.kind import Drawn
from epochreel.record.landscape import Landscape
from epochreel.record.layers import KINDS
from scenes.drawing.layout import SMALL, UNIT, Point, Region, Values
from scenes.drawing.measure import LINE, lines_or_cut
from scenes.drawing.names import LETTERS, value_name
from scenes.drawing.scales import Scale
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.notes import note_beside

AIR = 0.16  # of the longer side of what ways hold, on every side
CHIP_AIR, CHIP = 14, 44  # pixels: beside words on the map, and how high their ground is
MOST_LINES = 6


def map_plane(
    corners: tuple[Values, Values], region: Region, names: tuple[str, str], theme: Theme
) -> Plane:
    """Axes around all that lies between two corners, one unit as long on both of them.

    On such a map the steepest way down is at right angles to the contours.
    """
    low, high = corners
    middle, span = (low + high) / 2, (high - low) + 2 * AIR * (high - low).max()
    sides = np.array([region.width, region.height])
    for _ in range(2):  # how wide the numbers beside the map are is known from the map
        half = (span / sides).max() * sides / 2
        across, up = (Scale(*ends) for ends in zip(middle - half, middle + half))
        plane = Plane(across, up, region, names, theme)
        sides = np.array([plane.region.width, plane.region.height])
    return plane


def axis_names(land: Landscape, words: Words) -> tuple[str, str]:
    """What runs along the axes: two parameters by their names, or two directions."""
    if land.places is None:
        return words("first direction"), words("second direction")
    kinds = [layer.type for layer in land.run.layers]
    dense = [at for at, kind in enumerate(kinds) if KINDS[kind].drawn is Drawn.NEURONS]
    first, second = (
        value_name(dense.index(at), name, *place) if name in LETTERS else f"{name}[{place[0] + 1}]"
        for at, name, place in land.places
    )
    return first, second


def paragraph(text: str, region: Region, color: str) -> VGroup:
    """Lines of small words from a region's top down."""
    lines, _ = lines_or_cut(text, region.width, SMALL, MOST_LINES, f"The words {text!r}")
    return VGroup(
        *[
            Label(line, SMALL, color).put(region.left, region.top + (at + 0.8) * LINE * SMALL)
            for at, line in enumerate(lines)
        ]
    )


def on_the_map(
    place: Point, text: str, region: Region, avoid: Sequence[Mobject], theme: Theme
) -> VGroup:
    """Words beside a place of the map, on a ground that its contours do not cross."""
    label = note_beside(place, text, region.inset(CHIP_AIR), theme.ink, avoid)
    ground = RoundedRectangle(
        width=label.width + 2 * CHIP_AIR * UNIT, height=CHIP * UNIT, corner_radius=CHIP / 2 * UNIT
    )
    ground.set_stroke(width=0).set_fill(theme.page, 0.85).move_to(label)
    return VGroup(ground, label)
