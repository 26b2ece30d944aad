"""The last values of curves stand right of their plane, each beside its own curve's end."""

from itertools import pairwise

import numpy as np
import pytest
from manim import ManimColor

from scenes.drawing.layout import Region, pixels
from scenes.drawing.scales import Scale
from scenes.drawing.theme import PAPER
from scenes.parts.axes import Plane
from scenes.parts.curve_ends import PITCH, values_at_ends

pytestmark = pytest.mark.manim
PLANE = Plane(Scale(0, 10), Scale(0, 1), Region(100, 200, 900, 800), ("", ""), PAPER)


def test_a_number_is_as_high_as_its_curve_ends_and_right_of_the_plane() -> None:
    (label,) = values_at_ends(PLANE, [(0.25, PAPER.truth)])

    assert label.text == "0.25"
    assert label.get_fill_color() == ManimColor(PAPER.truth)
    end = pixels(PLANE.at(10, 0.25))
    assert pixels(label.get_center())[1] == pytest.approx(end[1], abs=4)
    assert end[0] < pixels(label.get_left())[0] < end[0] + 20


def test_numbers_of_curves_that_end_close_to_each_other_keep_apart_in_their_order() -> None:
    labels = values_at_ends(
        PLANE, [(0.5, PAPER.truth), (0.51, PAPER.ink), (np.nan, PAPER.loss), (0.1, PAPER.loss)]
    )

    assert [label.text for label in labels] == ["0.51", "0.5", "0.1"]
    down = [pixels(label.points[0])[1] for label in labels]
    assert all(below - above >= PITCH - 1e-6 for above, below in pairwise(down))
