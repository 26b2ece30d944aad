"""A note stands beside its point, in its region and on no line."""

import numpy as np
import pytest
from manim import Dot, VMobject

from scenes.drawing.layout import UNIT, Point, Region, pixels, point, points
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.notes import CLOSE, LEADER_AIR, leader, note_beside

pytestmark = pytest.mark.manim
REGION = Region(200, 150, 1700, 1000)


def curve(*corners: tuple[float, float]) -> VMobject:
    x, y = np.array(corners, dtype=float).T
    return VMobject().set_points_as_corners(points(x, y))


def box(mobject: VMobject) -> Region:
    (left, top), (right, bottom) = (
        pixels(mobject.get_corner(at)) for at in ((-1, 1, 0), (1, -1, 0))
    )
    return Region(left, top, right, bottom)


def covers(note: Region, line: VMobject) -> bool:
    """Whether any of a thousand places on each piece of the line is under the note."""
    along = np.linspace(0, 1, 1000)[:, None]
    for start, end in zip(line.points[::4], line.points[3::4]):
        for place in start + along * (end - start):
            x, y = pixels(place)
            if note.left <= x <= note.right and note.top <= y <= note.bottom:
                return True
    return False


LINES = {
    "falls": curve((200, 200), (400, 700), (1700, 900)),
    "rises": curve((200, 990), (1700, 160)),
    "stays": curve((200, 500), (1700, 500)),
    "shakes": curve(*[(200 + 15 * at, 400 + 40 * (-1) ** at) for at in range(101)]),
    "passes over it": curve((100, 480), (1800, 520), (1800, 440), (100, 460)),
}


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_a_note_is_near_its_point_and_on_no_line(kind: str, share: float) -> None:
    line = LINES[kind]
    place = line.point_from_proportion(share)
    x, y = pixels(place)
    place = point(min(max(x, REGION.left), REGION.right), y)

    note = box(note_beside(place, "Epoch 12: 0.2777", REGION, PAPER.accent, [line]))

    assert REGION.left <= note.left < note.right <= REGION.right
    assert REGION.top <= note.top < note.bottom <= REGION.bottom
    assert not covers(note, line)
    assert away(note, place) < 200


def test_notes_at_one_point_keep_apart() -> None:
    place = point(900, 500)
    first = note_beside(place, "Epoch 1: 2", REGION, PAPER.accent)
    second = note_beside(place, "Epoch 2: 1", REGION, PAPER.accent, [first, Dot(place, 9 * UNIT)])
    one, two = box(first), box(second)

    assert (
        one.right < two.left or two.right < one.left or one.bottom < two.top or two.bottom < one.top
    )


def test_where_all_is_full_a_note_is_in_its_region_and_covers_the_fewest_lines() -> None:
    small = Region(800, 400, 1000, 600)
    heights = [*range(400, 480, 20), *range(480, 601, 5)]
    grid = [curve((800, height), (1000, height)) for height in heights]

    note = box(note_beside(point(900, 500), "Epoch 12", small, PAPER.accent, grid))

    assert small.left <= note.left < note.right <= small.right
    assert small.top <= note.top < note.bottom < 490


def test_a_note_far_off_has_a_line_to_its_point() -> None:
    note = Label("Epoch 12", 28, PAPER.accent).put(600, 400)
    right, bottom = pixels(note.get_right())[0], pixels(note.get_bottom())[1]

    assert leader(note, point(right + CLOSE - 2, 390), PAPER.accent) == []
    (line,) = leader(note, point(right + 3 * CLOSE, 390), PAPER.accent)
    assert pixels(line.get_end()) == pytest.approx((right + 3 * CLOSE, 390))
    assert pixels(line.get_start()) == pytest.approx((right + LEADER_AIR, 390))
    (line,) = leader(note, point(right, 600), PAPER.accent)
    assert pixels(line.get_start()) == pytest.approx((right, bottom + LEADER_AIR))


def away(note: Region, place: Point) -> float:
    """How many pixels lie between a note and its point."""
    x, y = pixels(place)
    across = max(note.left - x, x - note.right, 0)
    return float(np.hypot(across, max(note.top - y, y - note.bottom, 0)))
