"""Each word of the direction changes its own mobjects, as far as its progress says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from manim import BLUE, Circle, Dot, Mobject, Scene, Square, VGroup

from scenes.drawing.direction import Fly, LightUp, Morph, Pulse
from scenes.drawing.layout import point
from scenes.drawing.motion import ComeBack, Disappear, Follow, InPlace, StandBack
from scenes.drawing.outlines import closed

pytestmark = pytest.mark.manim
PAGE, LIT = "#FFFFFF", "#FF0000"
CORNERS = np.array([[1, 1, 0], [1, -1, 0], [-1, -1, 0], [-1, 1, 0]], dtype=float)


@dataclass
class Stage:
    """Two things that something happens to, and others that stand around them."""

    scene: Scene
    first: Square
    second: Circle
    others: VGroup

    @classmethod
    def set_up(cls) -> "Stage":
        first, second = (
            Square(color=BLUE, fill_opacity=1),
            Circle(fill_opacity=1).shift(3.0 * np.eye(3)[0]),
        )
        others = VGroup(Dot(), Square().shift(2.0 * np.eye(3)[1]))
        scene = Scene()
        scene.add(first, second, others)
        return cls(scene, first, second, others)


WORDS: dict[str, Callable[[Stage], InPlace]] = {
    "LightUp": lambda on: LightUp((on.first, LIT), (on.second, LIT), lag_ratio=1.0),
    "Morph": lambda on: Morph((on.first, closed(CORNERS * 0.2)), run_time=1),
    "Fly": lambda on: Fly((on.first, point(300, 300)), (on.second, point(900, 500)), lag_ratio=1),
    "Pulse": lambda on: Pulse(np.zeros((3, 3)), CORNERS[:3], LIT),
    "StandBack": lambda on: StandBack(on.first, on.second, ground=PAGE),
    "ComeBack": lambda on: ComeBack(on.first, on.second, ground=PAGE),
    "Disappear": lambda on: Disappear(on.first),
    "Follow": lambda on: Follow(on.first, lambda alpha: on.first.set_x(alpha)),
}


def play(scene: Scene, animation: InPlace, *alphas: float) -> Iterator[float]:
    """As a scene plays it, stopping at some shares of its time; a scene would write a film."""
    animation._setup_scene(scene)
    animation.begin()
    for alpha in (*alphas, 1.0):
        animation.interpolate(alpha)
        yield alpha
    animation.finish()
    animation.clean_up_from_scene(scene)


def looks(mobject: Mobject) -> list[bytes]:
    return [
        part.points.tobytes()
        + part.get_fill_rgbas().tobytes()
        + part.get_stroke_rgbas().tobytes()
        + np.float64(part.get_stroke_width()).tobytes()
        for part in mobject.get_family()
    ]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_leaves_all_else_as_it_is(word: str) -> None:
    on = Stage.set_up()
    if word == "ComeBack":
        [*play(on.scene, StandBack(on.first, on.second, ground=PAGE))]
    before, own = looks(on.others), [looks(on.first), looks(on.second)]
    for _ in play(on.scene, WORDS[word](on), 0.0, 0.3, 0.7):
        assert looks(on.others) == before

    assert looks(on.others) == before
    assert on.others in on.scene.mobjects
    has_changed = [looks(on.first), looks(on.second)] != own
    assert has_changed == (word != "Pulse")


@pytest.mark.parametrize("back", [False, True])
def test_a_pulse_runs_from_one_end_to_the_other_and_is_gone(back: bool) -> None:
    scene = Scene()
    starts, ends = np.zeros((2, 3)), np.array([[4.0, 1, 0], [4.0, -1, 0]])
    pulse = Pulse(starts, ends, LIT, back=back, rate_func=lambda alpha: alpha)
    light, middles = pulse.mobject, []
    for alpha in play(scene, pulse, 0.2, 0.5, 0.8):
        if alpha == 1.0:
            break
        assert 0 < light.width < 4  # a piece of the way, on it
        across, up = light.points[:, 0], light.points[:, 1]
        assert np.abs(up) == pytest.approx(across / 4, abs=1e-9)
        middles.append(across.mean())
    [*play(scene, pulse)]

    assert middles == sorted(middles, reverse=back)
    assert not scene.mobjects


def test_a_pulse_stands_for_two_frames_of_sixty() -> None:
    pulse = Pulse(np.zeros((3, 3)), CORNERS[:3], LIT, run_time=0.5)
    seen = []
    for alpha in play(Scene(), pulse, *np.arange(1, 30) / 30):
        seen.append((alpha, pulse.mobject.points.tobytes()))

    whole, between = seen[1:29:2], seen[2:29:2]
    assert [light for _, light in whole] == [light for _, light in between]
    assert len({light for _, light in whole}) == len(whole)


def test_neurons_light_up_one_after_the_other() -> None:
    on = Stage.set_up()
    before = on.second.get_fill_rgbas().copy()
    light = LightUp((on.first, LIT), (on.second, LIT), lag_ratio=1.0, run_time=1)
    light.begin()
    light.interpolate(0.5)

    assert on.first.get_fill_color().to_hex() == LIT
    assert (on.second.get_fill_rgbas() == before).all()
    light.interpolate(1.0)
    assert on.second.get_fill_color().to_hex() == LIT


def test_values_fly_straight_and_arrive() -> None:
    on = Stage.set_up()
    goal = point(300, 300)
    fly = Fly((on.first, goal), run_time=1, rate_func=lambda alpha: alpha)
    fly.begin()
    fly.interpolate(0.25)

    assert on.first.get_center() == pytest.approx(goal / 4)
    fly.interpolate(1.0)
    assert on.first.get_center() == pytest.approx(goal)


def test_an_outline_becomes_the_other_one() -> None:
    square = Square(side_length=2).set_points(closed(CORNERS))
    goal = closed(CORNERS * [3, 1, 0])
    morph = Morph((square, goal), run_time=1, rate_func=lambda alpha: alpha)
    morph.begin()
    morph.interpolate(0.5)

    assert (square.width, square.height) == pytest.approx((4, 2))
    morph.interpolate(1.0)
    assert np.array_equal(square.points, goal)


def test_what_comes_back_is_what_stood_back() -> None:
    on = Stage.set_up()
    before = looks(on.first)
    [*play(on.scene, StandBack(on.first, ground=PAGE))]
    assert looks(on.first) != before
    [*play(on.scene, ComeBack(on.first, ground=PAGE))]
    assert looks(on.first) == before
