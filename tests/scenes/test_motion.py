"""What happens on the way from one picture to the next."""

from collections.abc import Callable
from typing import Any

import pytest
from manim import Mobject

import scenes.loss_curve
from scenes.drawing.motion import Follow, position_in_sweep
from scenes.stage.catalogue import CATALOGUE
from tests.records import a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim


def test_the_loss_curve_is_drawn_from_the_first_epoch_on(
    walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = []

    class HalfWay(Follow):
        def __init__(self, page: Mobject, show: Callable[[float], object], **options: Any) -> None:
            show(1.0)
            whole = page.points.copy()
            show(0.5)
            halves.append((page.points.copy(), whole))
            super().__init__(page, show, **options)

    monkeypatch.setattr(scenes.loss_curve, "Follow", HalfWay)
    entry = next(entry for entry in CATALOGUE if entry.name == "loss_curve")
    next(walk_through(entry, show_of(a_record())))

    [(half, whole)] = halves
    assert len(half) == len(whole) // 2
    assert half.tolist() == whole[: len(half)].tolist()
    assert whole[0][0] < half[-1][0] < whole[-1][0]


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (3, 500), (7, 7)])
def test_a_sweep_goes_through_the_epochs_in_order_and_slows_for_the_early_ones(
    start: int, stop: int
) -> None:
    path = [position_in_sweep(start, stop, step / 100) for step in range(101)]

    assert (path[0], path[-1]) == (start, stop)
    assert path == sorted(path)
    assert path[50] - start <= stop - path[50]
