"""What happens on the way from one picture to the next."""

from collections.abc import Callable
from typing import Any

import pytest
from manim import Group, Mobject, Scene, Square, VGroup

import scenes.compare
import scenes.loss_curve
from scenes.drawing.layout import pixels
from scenes.drawing.motion import Appear, Disappear, Follow, position_in_sweep
from scenes.stage.catalogue import CATALOGUE
from tests.records import COMPARED, a_record
from tests.scenes.conftest import WalkThrough, show_for, show_of

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


@pytest.mark.parametrize("kind", ["forty", "one diverged"])
def test_runs_grow_side_by_side(
    kind: str, walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    class Watched(Follow):
        def __init__(self, page: Mobject, show: Callable[[float], object], **options: Any) -> None:
            for alpha in (0.0, 0.3, 0.7, 1.0):
                show(alpha)
                curves = page[0].family_members_with_points()
                tips = [curve.points[:, 0].max() for curve in curves]
                seen.append((max(tips, default=None), page[1].number.texts[0][0]))
            super().__init__(page, show, **options)

    monkeypatch.setattr(scenes.compare, "Follow", Watched)
    entry = next(entry for entry in CATALOGUE if entry.name == "compare")
    _, scene = next(walk_through(entry, show_for(entry, a_record(), runs=COMPARED[kind])))

    area = scene.plane.region
    tips = [(pixels((tip, 0))[0] - area.left) / area.width for tip, _ in seen[1:]]
    assert seen[0] == (None, "0")
    assert tips == pytest.approx([0.3, 0.7, 1.0])
    assert [epoch for _, epoch in seen[1:]] == ["12", "28", "40"]


@pytest.mark.parametrize(("start", "stop"), [(0, 1), (3, 500), (7, 7)])
def test_a_sweep_goes_through_the_epochs_in_order_and_slows_for_the_early_ones(
    start: int, stop: int
) -> None:
    path = [position_in_sweep(start, stop, step / 100) for step in range(101)]

    assert (path[0], path[-1]) == (start, stop)
    assert path == sorted(path)
    assert path[50] - start <= stop - path[50]
