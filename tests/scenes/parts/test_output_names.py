"""Names stand beside their neurons, and apart from each other."""

from itertools import pairwise

import pytest

from epochreel.lecture.words import Words
from scenes.drawing.layout import pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.epoch_regions import CLASS_PAGE
from scenes.parts.named_network import NamedNetwork
from scenes.parts.output_names import NAME_PITCH, OutputName, beside_names, output_names
from scenes.stage.checks import box_of

pytestmark = pytest.mark.manim
REGION = CLASS_PAGE.network


@pytest.mark.parametrize("outputs", [1, 3, 10, 16, 40])
@pytest.mark.parametrize("hidden", [(), (16,), (8, 8, 8, 8, 8, 8, 8, 8)])
def test_names_are_apart_and_within_the_region(outputs: int, hidden: tuple[int, ...]) -> None:
    widths = (4, *hidden, outputs)
    names = [OutputName(f"Class gypq {at}", (at, outputs)) for at in range(outputs)]
    region = beside_names(REGION, len(widths), names)
    parameters = [("kernel", "bias")] * (len(widths) - 1)
    drawn = NamedNetwork(widths, parameters, 1.0, region, Words("en"), PAPER, last_pitch=NAME_PITCH)
    made = output_names(drawn, names, REGION.right, PAPER)
    labels = [part for part in made if isinstance(part, Label)]

    assert labels
    assert all(pixels(part.get_right())[0] <= REGION.right + 1 for part in made)
    boxes = [box_of(label) for label in labels]
    assert all(above.bottom <= below.top + 1 for above, below in pairwise(boxes))
    heights = [y for _, y in drawn.places[-1]]
    for label in labels:
        assert min(abs(pixels(label.get_center())[1] - y) for y in heights) < 8
