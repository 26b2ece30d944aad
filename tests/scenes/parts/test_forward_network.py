"""The epoch page's network begins where the forward pass has left the same one."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import Region
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.forward_network import come_from_forward
from scenes.parts.forward_page import ForwardPage
from scenes.parts.network import Network
from scenes.parts.network_scale import largest_weight
from scenes.parts.output_names import output_names_of
from scenes.parts.passage import passage
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
WORDS = Words("en")


def view_and_network(kind: str) -> tuple[View, Network]:
    view = View(show_of(a_record(**RECORDS[kind]), "en"), Epochs.reads)
    place = Region(400, 300, 1000, 700)
    return view, Network(view.widths, largest_weight(view), place, PAPER)


@pytest.mark.parametrize("kind", ["lecture", "three classes", "several", "wide"])
def test_it_begins_as_the_forward_pass_left_it(kind: str) -> None:
    view, network = view_and_network(kind)
    own = [part.points.copy() for part in network.outlines]

    goals = come_from_forward(network, view, 0, WORDS, PAPER)

    stages, names = passage(view, 0, 0), output_names_of(view)
    there = ForwardPage(view, 0, 0, stages, names, WORDS, PAPER).network
    for part, left in zip(network.outlines, there.outlines, strict=True):
        assert np.array_equal(part.points, left.points)
    assert [id(part) for part, _ in goals] == [id(part) for part in network.outlines]
    assert all(np.array_equal(goal, place) for (_, goal), place in zip(goals, own, strict=True))


def test_it_stays_where_there_is_no_forward_pass() -> None:
    record = a_record()
    broken = [{**layer, "bias": np.full_like(layer["bias"], np.nan)} for layer in record.parameters]
    view = View(show_of(replace(record, parameters=broken), "en"), Epochs.reads)
    network = Network(view.widths, 1.0, Region(400, 300, 1000, 700), PAPER)
    own = [part.points.copy() for part in network.outlines]

    assert come_from_forward(network, view, 0, WORDS, PAPER) == []
    assert all(map(np.array_equal, (part.points for part in network.outlines), own))
