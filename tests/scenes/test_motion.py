"""What happens on the way from one picture to the next."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from manim import Group, Mobject, Scene, Square, VGroup

import scenes.compare
from scenes.drawing.layout import pixels
from scenes.drawing.motion import (
    Appear,
    ComeBack,
    Disappear,
    Follow,
    Grow,
    StandBack,
    position_in_sweep,
    progress_in_sweep,
)
from scenes.stage.catalogue import shipped
from tests.records import COMPARED, a_record
from tests.scenes.conftest import WalkThrough, show_for, show_of

pytestmark = pytest.mark.manim


@pytest.fixture
def halfway(monkeypatch: pytest.MonkeyPatch) -> list[list[float]]:
    """How far to the right, in pixels, each curve is that grows in half the time of its play."""
    reached: list[list[float]] = []
    begin = Grow.begin

    def look(grow: Grow) -> None:
        begin(grow)
        assert not grow.mobject.family_members_with_points()
        grow.interpolate(0.5)
        reached.append(
            [
                max(
                    pixels(place)[0]
                    for part in curve.family_members_with_points()
                    for place in part.points
                )
                for curve in grow.mobject
            ]
        )

    monkeypatch.setattr(Grow, "begin", look)
    return reached


def test_the_loss_curve_is_drawn_from_left_to_right(
    walk_through: WalkThrough, halfway: list[list[float]]
) -> None:
    _, scene = next(walk_through(shipped()["loss_curve"], show_of(a_record())))

    area = scene.plane.region
    assert halfway == [[pytest.approx(area.x)]]
    [whole] = scene.curve.family_members_with_points()
    ends = [pixels(place)[0] for place in (whole.points[0], whole.points[-1])]
    assert ends == pytest.approx([area.left, area.right])


@pytest.mark.parametrize("kind", ["forty", "one diverged"])
def test_runs_grow_side_by_side_and_the_counter_with_them(
    kind: str,
    walk_through: WalkThrough,
    halfway: list[list[float]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = []

    class Watched(Follow):
        def __init__(self, page: Mobject, show: Callable[[float], object], **options: Any) -> None:
            for alpha in (0.0, 0.3, 0.7, 1.0):
                show(alpha)
                counted.append(page.number.texts[0][0])
            super().__init__(page, show, **options)

    monkeypatch.setattr(scenes.compare, "Follow", Watched)
    walk = walk_through(
        shipped()["compare"], show_for(shipped()["compare"], a_record(), runs=COMPARED[kind])
    )
    _, scene = next(walk)

    [reached] = halfway
    assert len(reached) == len(scene.curves)
    assert max(reached) == pytest.approx(scene.plane.region.x)
    assert counted == ["0", "12", "28", "40"]


def test_what_stands_back_is_a_third_of_its_colour_until_it_comes_back() -> None:
    scene = Scene()
    faint = Square(fill_color="#FF8000", fill_opacity=0.5, stroke_opacity=0)
    solid = Square(fill_color="#000000", fill_opacity=1.0)
    scene.add(faint, solid)
    seen = []

    for aside in (StandBack, ComeBack):
        animation = aside(faint, solid, ground="#FFFFFF")
        animation._setup_scene(scene)
        animation.begin()
        animation.finish()
        animation.clean_up_from_scene(scene)
        seen.append([faint.fill_rgbas[0], solid.fill_rgbas[0]])

    (faded, dark), (back, black) = seen
    assert faded == pytest.approx([1, 1 - (1 - 128 / 255) / 3, 2 / 3, 0.5])
    assert dark == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1])
    assert back == pytest.approx([1, 128 / 255, 0, 0.5])
    assert black == pytest.approx([0, 0, 0, 1])
    assert faint.get_fill_color().to_hex() == "#FF8000"
    assert scene.mobjects == [faint, solid]


def test_a_fade_begins_and_ends_whole_and_shows_no_picture_twice_as_another() -> None:
    square = Square(fill_opacity=1)
    fade = Appear(square, run_time=0.5)
    fade.begin()
    shades = []
    for frame in range(31):
        fade.interpolate(frame / 30)
        shades.append(square.get_fill_opacity())

    assert shades == sorted(shades)
    assert (shades[0], shades[-1]) == (0, 1)
    steps = [after - before for before, after in pairwise(shades) if after != before]
    assert min(steps) >= 1 / 16
    assert 8 <= len(steps) <= 15


def test_what_disappears_fades_as_it_came_and_is_off_the_page(walk_through: WalkThrough) -> None:
    scene = Scene()
    one, two, three = (Square(fill_opacity=0.5) for _ in range(3))
    scene.add(VGroup(one, three), two)
    shades = []

    for animation in (Disappear(one, two), Appear(one.copy())):
        animation._setup_scene(scene)
        animation.begin()
        animation.interpolate(0.75)
        shades.append(animation.mobject[0].get_fill_opacity())
        animation.finish()
        animation.clean_up_from_scene(scene)

    assert 0 < shades[0] == pytest.approx(0.5 - shades[1])
    assert one not in Group(*scene.mobjects).get_family()
    assert two not in scene.mobjects
    assert three in scene.mobjects


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (3, 500), (7, 7)])
def test_a_sweep_goes_through_the_epochs_in_order_and_slows_for_the_early_ones(
    start: int, stop: int
) -> None:
    epochs = np.arange(start, stop + 1)
    path = [start + position_in_sweep(epochs, step / 100) for step in range(101)]

    assert (path[0], path[-1]) == (start, stop)
    assert path == sorted(path)
    assert path[50] - start <= stop - path[50]


def test_of_few_late_epochs_each_stands_as_long_as_if_all_were_recorded() -> None:
    every, few = np.arange(1001), np.array([*range(10), 100, 500, 1000])
    for alpha in np.linspace(0, 1, 50):
        there = every[position_in_sweep(every, alpha)]
        nearest = few[position_in_sweep(few, alpha)]
        assert abs(nearest - there) == pytest.approx(np.abs(few - there).min(), abs=1)


def test_in_a_sweep_a_picture_rests_where_it_was_recorded_and_never_goes_back() -> None:
    path = [2 + progress_in_sweep(np.arange(8), step / 1000) for step in range(1001)]

    assert (path[0], path[-1]) == (2, 9)
    assert path == sorted(path)
    for state in range(2, 9):
        assert path.count(state) > 0.3 * len([each for each in path if int(each) == state])
