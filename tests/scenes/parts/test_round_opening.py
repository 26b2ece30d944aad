"""What the training loop begins on is the epoch page, and nothing of it is lost on the way."""

import numpy as np
import pytest
from manim import Mobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import pixels
from scenes.drawing.text import Numbers
from scenes.drawing.theme import PAPER
from scenes.parts.columns import Reading
from scenes.parts.followed import followed_sample
from scenes.parts.loop import HEAD, REGIONS
from scenes.parts.round_network import RoundNetwork
from scenes.parts.round_opening import RoundOpening
from scenes.parts.round_trip import round_trip
from scenes.training_loop import TrainingLoop
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
KINDS = ["lecture", "several", "three classes", "784 inputs", "many samples"]


def opened(kind: str) -> tuple[RoundOpening, RoundNetwork]:
    view = View(show_of(a_record(**RECORDS[kind])), TrainingLoop.reads)
    trip = round_trip(view, followed_sample(view, Words("en")))
    network = RoundNetwork(view, trip, REGIONS["network"].inset(20, 30), PAPER)
    return RoundOpening(view, trip.at, Words("en"), PAPER), network


def seen(*mobjects: Mobject) -> int:
    return sum(len(each.family_members_with_points()) for each in mobjects)


@pytest.mark.parametrize("kind", KINDS)
def test_the_network_stands_where_that_of_the_page_does_and_goes_to_its_own_place(
    kind: str,
) -> None:
    opening, network = opened(kind)
    own = [edge.points.copy() for layer in network.edges for edge in layer]

    goals = {id(part): goal for part, goal in network.take_place_of(opening.page.network)}

    there = [edge.points for layer in opening.page.network.edges for edge in layer]
    here = [edge for layer in network.edges for edge in layer]
    assert all(np.array_equal(edge.points, place) for edge, place in zip(here, there, strict=True))
    assert all(np.array_equal(goals[id(edge)], place) for edge, place in zip(here, own))


@pytest.mark.parametrize("kind", KINDS)
def test_all_else_of_the_page_becomes_small_on_a_card_or_goes(kind: str) -> None:
    opening, _ = opened(kind)

    assert seen(opening.goes, *opening.stays.values()) == seen(opening.page)
    for card in ("data", "predictions"):
        assert seen(opening.stays[card])


def test_the_page_goes_back_from_the_last_epoch_shown_to_that_of_the_trip() -> None:
    opening, _ = opened("lecture")
    record = a_record(**RECORDS["lecture"])

    for parts, state in ((opening.before, -1), (opening.about, 0)):
        epoch, loss, *_ = [part.number.texts[0][0] for part in parts if isinstance(part, Reading)]
        assert int(epoch) == record.epochs[state]
        assert float(loss) == pytest.approx(float(record.losses[state]))


def test_on_the_way_back_edges_go_straight_and_no_number_changes() -> None:
    opening, _ = opened("lecture")
    edge = opening.page.network.edges[0][0]
    numbers, widths = texts_of(opening), []
    for alpha in np.linspace(0, 1, 11):
        opening.show_back(float(alpha))
        widths.append(edge.get_stroke_width())

    assert texts_of(opening) == numbers
    last = opening.page.network.edges[0][0].copy()
    opening.page.show_at(len(a_record().epochs) - 1)
    assert edge.get_stroke_width() == pytest.approx(widths[0]) != last.get_stroke_width()
    steps = np.diff(widths)
    assert (steps >= -1e-9).all() or (steps <= 1e-9).all()


def texts_of(opening: RoundOpening) -> list[str]:
    """Every number of its columns and readings."""
    parts = [part for part in opening.page.get_family() if isinstance(part, Numbers)]
    return [text for part in parts for row in part.texts for text in row]


@pytest.mark.parametrize("kind", KINDS)
def test_what_becomes_small_is_on_its_card_below_the_name(kind: str) -> None:
    opening, _ = opened(kind)
    goals = {id(part): goal for part, goal in opening.on_cards()}

    for card, group in opening.stays.items():
        region = REGIONS[card]
        for part in group.family_members_with_points():
            for place in goals[id(part)]:
                x, y = pixels(place)
                assert region.left <= x <= region.right
                assert region.top + HEAD <= y <= region.bottom
