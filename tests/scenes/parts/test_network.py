"""An edge says the sign of its weight by its colour, and |w| by its width."""

from itertools import combinations

import numpy as np
import pytest
from manim import Line, ManimColor

from scenes.drawing.layout import PAGE, UNIT
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.network import THINNEST, WIDEST, Network, edge_legend

pytestmark = pytest.mark.manim


def network(*weights: float, largest: float = 2.0) -> Network:
    """One unit on the left, one on the right for each weight."""
    drawn = Network((1, len(weights)), largest, PAGE, PAPER)
    return drawn.display([np.array([weights])])


def test_the_sign_is_the_colour() -> None:
    positive, negative = network(1.5, -1.5).edges[0]

    assert positive.get_stroke_color() == ManimColor(PAPER.positive)
    assert negative.get_stroke_color() == ManimColor(PAPER.negative)


def test_the_width_grows_with_the_weight_and_not_with_its_sign() -> None:
    widths = [edge.get_stroke_width() for edge in network(0, -0.5, 0.5, 1, 2, 4).edges[0]]

    assert widths[0] == THINNEST
    assert widths[1] == widths[2] < widths[3] < widths[4]
    assert widths[4] == widths[5] == WIDEST


def test_each_weight_has_the_edge_between_its_units() -> None:
    drawn = Network((2, 3), 1.0, PAGE, PAPER)
    kernel = np.zeros((2, 3))
    kernel[1, 0] = 1.0

    drawn.display([kernel])

    widest = max(drawn.edges[0], key=lambda edge: edge.get_stroke_width())
    left, right = drawn.layers[0][1].get_center(), drawn.layers[1][0].get_center()
    assert widest.get_start()[1] == pytest.approx(left[1], abs=0.3)
    assert widest.get_end()[1] == pytest.approx(right[1], abs=0.3)


def test_another_state_repaints_the_edges() -> None:
    drawn = network(1.0)

    drawn.display([np.array([[-2.0]])])

    assert drawn.edges[0][0].get_stroke_color() == ManimColor(PAPER.negative)
    assert drawn.edges[0][0].get_stroke_width() == WIDEST


def test_the_legend_says_which_colour_is_which_sign() -> None:
    legend = edge_legend(PAGE, PAPER, "positive", "negative", "width")
    samples = [part for part in legend if isinstance(part, Line)]
    words = [part for part in legend if isinstance(part, Label)]

    assert [label.text for label in words] == ["positive", "negative", "width"]
    for edge, sample, word in zip(network(1.0, -1.0).edges[0], samples, words):
        assert sample.get_stroke_color() == word.get_fill_color() == edge.get_stroke_color()
        assert sample.get_right()[0] < word.get_left()[0]


@pytest.mark.parametrize("widths", [(1, *[3] * 18, 1), (1, *[1] * 18, 1), (16, 16)])
def test_neurons_do_not_touch(widths: tuple[int, ...]) -> None:
    drawn = Network(widths, 1.0, EPOCH_PAGE.network, PAPER)
    centres = [neuron.get_center() for layer in drawn.layers for neuron in layer]

    distances = [np.linalg.norm(one - other) for one, other in combinations(centres, 2)]

    assert min(distances) > 2 * drawn.radius * UNIT
