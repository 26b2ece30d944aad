"""A bar goes right from the truth's line where the prediction is too high, left where too low."""

import numpy as np
import pytest
from manim import ManimColor, VMobject

from epochreel.numbers import Notation
from scenes.drawing.layout import UNIT, Region, Values, point
from scenes.drawing.theme import PAPER
from scenes.parts.columns import Column, Rows
from scenes.parts.residuals import THINNEST, ResidualBars

pytestmark = pytest.mark.manim
REGION = Region(1000, 200, 1400, 1000)


def bars(*residuals: float, largest: float = 2.0) -> ResidualBars:
    rows = Rows(len(residuals), REGION)
    return ResidualBars("residual", largest, rows, REGION, PAPER).display(np.array(residuals))


def reach(mobject: VMobject) -> list[tuple[float, float]]:
    """How far each bar goes from the truth's line to the left and to the right, in pixels."""
    middle = point(REGION.x, 0)[0]
    return [
        ((part[:, 0].min() - middle) / UNIT, (part[:, 0].max() - middle) / UNIT)
        for part in mobject.get_subpaths()
    ]


def test_the_sign_is_the_side_and_the_colour() -> None:
    drawn = bars(1.0, -1.0)

    assert reach(drawn.above) == [pytest.approx((0, 100))]
    assert reach(drawn.below) == [pytest.approx((-100, 0))]
    assert drawn.above.get_fill_color() == ManimColor(PAPER.positive)
    assert drawn.below.get_fill_color() == ManimColor(PAPER.negative)


def test_the_length_is_the_residual_and_stays_in_the_region() -> None:
    rights = [right for _, right in reach(bars(0.5, 1.0, 2.0, 9.0).above)]

    assert rights == pytest.approx([50, 100, 200, 200])


def test_a_bar_that_goes_on_beyond_its_room_ends_in_an_arrows_head() -> None:
    inside, beyond, further = bars(2.0, 2.1, 9e30).above.get_subpaths()

    for arrow in (beyond, further):
        tip = arrow[arrow[:, 0].argmax()]
        assert (arrow[:, 0] == tip[0]).sum() < (inside[:, 0] == inside[:, 0].max()).sum()
        assert tip[1] == pytest.approx(middle(arrow))
        assert np.ptp(arrow[:, 1]) > np.ptp(inside[:, 1])
    left = bars(-2.1).below.get_subpaths()[0]
    assert left[:, 0].min() == pytest.approx(point(REGION.left, 0)[0])


def test_next_to_nothing_is_still_seen_and_nothing_is_not() -> None:
    assert reach(bars(1e-9).above) == [pytest.approx((0, THINNEST))]
    assert reach(bars(0.0).above) == [pytest.approx((0, 0))]


def test_each_bar_stands_beside_its_samples_number() -> None:
    drawn = bars(1.0, -1.0, 1.0)
    column = Column("x", np.zeros((1, 3)), Notation(), drawn.rows, REGION, PAPER.ink, PAPER.line)
    # Every other path: a zero has an outer and an inner one.
    first, second, third = column.display(np.zeros(3)).numbers.get_subpaths()[::2]
    above, below = drawn.above.get_subpaths(), drawn.below.get_subpaths()

    assert middle(first) > middle(second) > middle(third)
    assert [middle(bar) for bar in above] == pytest.approx([middle(first), middle(third)], abs=0.01)
    assert [middle(bar) for bar in below] == pytest.approx([middle(second)], abs=0.01)


def middle(path: Values) -> float:
    """The height of its middle, in Manim's units."""
    return float(path[:, 1].min() + path[:, 1].max()) / 2
