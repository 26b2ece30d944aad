"""Words beside a point: they stay in their region, and on no line."""

from collections.abc import Iterator, Sequence

import numpy as np
from manim import DL, UR, Line, Mobject, VMobject

from scenes.drawing.layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL,
    UNIT,
    Point,
    Region,
    Values,
    pixels,
)
from scenes.drawing.text import CAP_HEIGHT, Label

AIR = 12  # pixels that a note keeps from lines
CLOSE, LEADER_AIR = 56, 8  # pixels: up to where a note needs no line; from a note to its line
NEAREST, STEP, FARTHEST = 20, 16, 260  # pixels: how far from its point a note may stand


def note_beside(
    place: Point, text: str, region: Region, color: str, avoid: Sequence[Mobject] = ()
) -> Label:
    """One line of text as near to a point of the page as it has room.

    Args:
        place: what the note is about, such as `plane.at(epoch, loss)`.
        region: what the note does not leave.
        avoid: curves, marks and other notes that it does not cover. Where there is no such
            place, it covers as few of their lines as it can.
    """
    label = Label(text, SMALL, color)
    height = CAP_HEIGHT * SMALL
    starts, ends = _lines(avoid)
    best, fewest = pixels(place), len(starts) + 1
    for x, y in _corners(*pixels(place), label.width_px, height):
        box = Region(x, y, x + label.width_px, y + height)
        if not _holds(region, box):
            continue
        covered = int(np.count_nonzero(_crosses(starts, ends, box.inset(-AIR))))
        if covered < fewest:
            best, fewest = (x, y), covered
        if not covered:
            break
    return label.put(best[0], best[1] + height)


def leader(note: Label, place: Point, color: str) -> list[Line]:
    """A line from a note to its point, where these are so far apart that it needs one."""
    start = np.clip(place, note.get_corner(DL), note.get_corner(UR))
    apart = float(np.linalg.norm(place - start))
    if apart <= CLOSE * UNIT:
        return []
    start = start + (place - start) * LEADER_AIR * UNIT / apart
    return [Line(start, place, color=color, stroke_width=2)]


def _corners(x: float, y: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Where the note's top left corner may be, the nearest first."""
    for away in range(NEAREST, FARTHEST, STEP):
        for across in (x + away, x - away - width):
            yield across, y - height / 2
        for down in (y - away - height, y + away):
            for across in (x - width / 2, x + NEAREST, x - NEAREST - width, x, x - width):
                yield across, down


def _holds(region: Region, box: Region) -> bool:
    across = region.left <= box.left and box.right <= region.right
    return across and region.top <= box.top and box.bottom <= region.bottom


def _lines(mobjects: Sequence[Mobject]) -> tuple[Values, Values]:
    """Where each straight piece of what is drawn starts and ends, in pixels (p, 2)."""
    parts = [
        part.points
        for mobject in mobjects
        for part in mobject.family_members_with_points()
        if isinstance(part, VMobject)
    ]
    places = np.concatenate([np.zeros((0, 3)), *parts])[:, :2]
    corners = places / UNIT * (1, -1) + (PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    return corners[::4], corners[3::4]


def _crosses(starts: Values, ends: Values, box: Region) -> Values:
    """Which lines have a part in the box: they do where no axis and not their own parts them."""
    low, high = np.array([box.left, box.top]), np.array([box.right, box.bottom])
    apart = (np.maximum(starts, ends) < low) | (np.minimum(starts, ends) > high)
    way, middle, half = ends - starts, (low + high) / 2, (high - low) / 2
    beside = np.abs(way[:, 0] * (middle - starts)[:, 1] - way[:, 1] * (middle - starts)[:, 0])
    reach = np.abs(way[:, 0]) * half[1] + np.abs(way[:, 1]) * half[0]
    crossing: Values = ~apart.any(axis=1) & (beside <= reach)
    return crossing
