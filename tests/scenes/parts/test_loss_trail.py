"""The small curve beside the loss goes where the loss goes, and as far as the page's epoch."""

from itertools import pairwise

import numpy as np
import pytest
from manim import DR, UL, Line

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import Region, pixels
from scenes.drawing.scales import loss_scale
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.loss_trail import LossTrail, loss_trail
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
REGION = Region(1200, 100, 1800, 170)


def trail_of(kind: str) -> LossTrail:
    trail = loss_trail(
        View(show_of(a_record(**RECORDS[kind])), Epochs.reads), REGION, Words("en"), PAPER
    )
    assert trail
    return trail


def axis_of(trail: LossTrail) -> Line:
    (axis,) = [part for part in trail if isinstance(part, Line)]
    return axis


@pytest.mark.parametrize("kind", ["lecture", "rising"])
def test_it_stays_in_its_region_and_says_if_its_axis_is_logarithmic(kind: str) -> None:
    trail, losses = trail_of(kind), a_record(**RECORDS[kind]).losses
    texts = [part.text for part in trail if isinstance(part, Label)]

    assert ("log" in texts) == loss_scale(losses).logarithmic
    for position in (0, 2, len(losses) - 1):
        trail.show_at(position)
        (left, top), (right, bottom) = pixels(trail.get_corner(UL)), pixels(trail.get_corner(DR))
        assert REGION.left - 1 <= left and right <= REGION.right + 1
        assert REGION.top - 4 <= top and bottom <= REGION.bottom + 8  # of letters like l and p


def test_it_ends_where_the_page_is_and_falls_where_the_loss_falls() -> None:
    record, trail = a_record(), trail_of("lecture")
    ends = []

    for position in range(4):
        trail.show_at(position)
        ends.append(pixels(trail.head.get_center()))

    across, down = zip(*ends)
    assert across[0] == pytest.approx(pixels(axis_of(trail).get_start())[0])
    assert list(across) == sorted(across)
    falls = np.diff(record.losses[:4]) < 0
    assert [now > before for before, now in pairwise(down)] == falls.tolist()


def test_its_axis_ends_at_the_last_single_step_and_then_at_the_epoch_on_the_page() -> None:
    record, trail = a_record(), trail_of("lecture")
    ends = []

    for position in (0, len(record.epochs) - 1):
        trail.show_at(position)
        ends.append(trail.end.text)
    head, end = trail.head.get_center(), axis_of(trail).get_end()
    assert pixels(head)[0] == pytest.approx(pixels(end)[0])

    assert ends[-1] == f"{record.epochs[-1]}"
    assert int(ends[0]) <= int(ends[-1])


def test_it_needs_room_and_a_second_epoch() -> None:
    view = View(show_of(a_record()), Epochs.reads)
    alone = View(show_of(a_record(**RECORDS["one epoch"])), Epochs.reads)

    assert loss_trail(view, Region(0, 100, 200, 170), Words("en"), PAPER) is None
    assert loss_trail(alone, REGION, Words("en"), PAPER) is None
