"""The little curves of activations are those of the record's arithmetic."""

import numpy as np
import pytest

from epochreel.record.activations import ACTIVATIONS, rectifier
from scenes.drawing.layout import Region, pixels
from scenes.drawing.theme import PAPER
from scenes.parts.activation_curve import EXAMPLE, activation_curve

pytestmark = pytest.mark.manim
BOX = Region(100, 100, 300, 200)


def drawn(name: str) -> tuple[np.ndarray, float]:
    """The curve's corners (n, 2) in pixels, and how high its axis of z lies."""
    across, _, curve = activation_curve(ACTIVATIONS[name], BOX, PAPER)
    corners = [pixels(place) for place in curve.get_anchors()]
    return np.array(corners), pixels(across.get_start())[1]


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_every_curve_fills_its_box_and_stays_in_it(name: str) -> None:
    corners, axis = drawn(name)

    heights = [*corners[:, 1], axis]
    assert min(heights) == pytest.approx(BOX.top)
    assert max(heights) == pytest.approx(BOX.bottom)
    assert corners[0, 0] == pytest.approx(BOX.left)
    assert corners[-1, 0] == pytest.approx(BOX.right)


def test_relu_lies_on_its_axis_and_then_rises_in_a_line() -> None:
    corners, axis = drawn("relu")
    left = corners[corners[:, 0] < BOX.x - 1]
    right = corners[corners[:, 0] > BOX.x + 1]

    assert left[:, 1] == pytest.approx(axis)
    assert right[:, 1] == pytest.approx(BOX.bottom - (right[:, 0] - BOX.x))


def test_softmax_has_no_curve_but_shares_of_one_whole() -> None:
    foot, bars = activation_curve(ACTIVATIONS["softmax"], BOX, PAPER)
    corners = np.array([pixels(place) for place in bars.points]).reshape(-1, 16, 2)
    tops, bottoms = corners[..., 1].min(axis=1), corners[..., 1].max(axis=1)
    heights = (bottoms - tops) / BOX.height

    assert pixels(foot.get_start())[1] == pytest.approx(BOX.bottom)
    assert bottoms == pytest.approx(BOX.bottom) and heights.max() == pytest.approx(1)
    powers = np.exp(EXAMPLE)
    assert heights / heights.sum() == pytest.approx(powers / powers.sum())
    assert (corners[:-1, :, 0].max(axis=1) < corners[1:, :, 0].min(axis=1)).all()


def test_a_layer_of_its_own_has_its_own_slope() -> None:
    _, _, steep = activation_curve(rectifier(0.5), BOX, PAPER)
    _, _, flat = activation_curve(rectifier(0.1), BOX, PAPER)

    def start(curve):  # type: ignore[no-untyped-def]
        return pixels(curve.get_start())[1] - pixels(curve.get_anchors()[48])[1]

    assert start(steep) > start(flat) > 0
