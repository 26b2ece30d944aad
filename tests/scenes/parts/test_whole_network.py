"""A network goes from where one scene leaves it to its place in the next one."""

import numpy as np
import pytest
from manim import Circle, Dot, Line, ManimColor, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import Region, point
from scenes.drawing.theme import PAPER
from scenes.parts.layer_edges import WeightedEdges
from scenes.parts.network import Network
from scenes.parts.network_scale import largest_weight
from scenes.parts.whole_network import come_from, whole_network
from scenes.stage.catalogue import shipped
from scenes.stage.render import load_scene
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
WORDS = Words("en")


def view_of(kind: str) -> View:
    scene = load_scene(shipped()["forward_pass"])
    # In two rows, with an arrow from one to the next.
    made = a_record(widths=(1, *[3] * 11, 1)) if kind == "in rows" else a_record(**RECORDS[kind])
    return View(show_of(made, "en"), scene.reads)


def network_of(view: View) -> Network:
    return Network(view.widths, largest_weight(view), Region(100, 200, 1000, 900), PAPER)


def circles(*mobjects: VMobject) -> list[tuple[float, ...]]:
    """Where circles are, and how large."""
    return [
        (*np.round(part.get_center(), 6), round(part.width, 6))
        for mobject in mobjects
        for part in mobject.get_family()
        if type(part) is Circle
    ]


@pytest.mark.parametrize("kind", ["lecture", "two classes", "several", "wide"])
def test_it_begins_as_the_other_scene_left_it(kind: str) -> None:
    view = view_of(kind)
    network, chain = network_of(view), whole_network(view, WORDS, PAPER)
    own = [part.points.copy() for part in network.outlines]

    goals = come_from(network, chain)

    assert circles(*network.layers) == circles(*chain.cards)
    assert [id(part) for part, _ in goals] == [id(part) for part in network.outlines]
    assert all(np.array_equal(goal, place) for (_, goal), place in zip(goals, own, strict=True))
    for edges, joint in zip(network.edges, chain.joints, strict=True):
        assert isinstance(joint, WeightedEdges)
        for edge, start, end in zip(edges, *joint.ways, strict=True):
            assert isinstance(edge, Line)
            along = (end - start) / np.linalg.norm(end - start)
            for at in edge.points:  # on the way, and outside of both neurons
                assert np.allclose(np.cross(at - start, along), 0, atol=1e-9)
                assert 0.1 < np.dot(at - start, along) < np.linalg.norm(end - start) - 0.1


def test_edges_to_the_next_row_grow_out_of_their_neurons() -> None:
    view = view_of("in rows")
    network, chain = network_of(view), whole_network(view, WORDS, PAPER)

    come_from(network, chain)

    assert circles(*network.layers) == circles(*chain.cards)
    for at, (edges, neurons) in enumerate(zip(network.edges, network.layers, strict=False)):
        for edge in edges:
            apart = [np.linalg.norm(edge.points - n.get_center(), axis=1).max() for n in neurons]
            assert (min(apart) < 1e-9) == (at == 6)


def test_edges_behind_a_card_begin_at_its_ports() -> None:
    view = view_of("three classes")
    network, chain = network_of(view), whole_network(view, WORDS, PAPER)

    come_from(network, chain)

    card, into = chain.cards[1], chain.joints[1]
    assert isinstance(into, WeightedEdges)
    assert len(into) == view.widths[0] * view.widths[1]
    ports = [part.get_center() for part in card.get_family() if isinstance(part, Dot)]
    assert len(ports) == view.widths[0]
    for edges in (network.edges[0], into):
        starts = [edge.points[0] for edge in edges]
        for number, port in enumerate(ports):
            own = starts[number * view.widths[1] : (number + 1) * view.widths[1]]
            assert np.allclose(own, port, atol=1e-9)
    signs = np.sign(view.parameters[view.dense[0]]["kernel"][view.at(view.shown_epochs[0])]).ravel()
    colors = [PAPER.positive if sign >= 0 else PAPER.negative for sign in signs]
    assert [edge.stroke_color for edge in into] == [ManimColor(color) for color in colors]
    assert {round(port[0], 6) for port in ports} == {round(point(card.body.right, 0)[0], 6)}


def test_one_that_is_drawn_otherwise_stays_where_it_is() -> None:
    network = Network((1, 4, 2, 1), 1.0, Region(100, 200, 1000, 900), PAPER)
    before = circles(*network.layers)

    assert come_from(network, whole_network(view_of("lecture"), WORDS, PAPER)) == []
    assert circles(*network.layers) == before
