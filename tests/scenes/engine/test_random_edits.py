"""Whatever is edited, and whenever: every frame is Manim's. Families and edits are drawn by lot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    CapStyleType,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    LineJointType,
    ManimColor,
    MovingCameraScene,
    Rotate,
    Scene,
    Square,
    Star,
    Text,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
)

from .frames import ONE_STEP, fast_frames, manim_frames, worst_pixel

COLOURS = (RED, GREEN, BLUE, YELLOW, WHITE)
DIRECTIONS = (UP, DOWN, LEFT, RIGHT, UP + LEFT)
PLAYS, EDITS = 10, 3


def shape(lot: Random) -> VMobject:
    kinds: tuple[Callable[[], VMobject], ...] = (
        lambda: Circle(lot.uniform(0.1, 2)),
        lambda: Square(lot.uniform(0.2, 4)),
        lambda: Star(density=lot.choice((1, 2))),
        lambda: Line(lot.uniform(-6, 6) * RIGHT, lot.uniform(-4, 4) * UP),
        lambda: Dot(),
        lambda: Text(lot.choice(("loss", "w", "0.37")), font_size=lot.choice((20, 48))),
        lambda: VGroup(Dot(), Square(0.5)).arrange(RIGHT),
        VMobject,
    )
    made = lot.choice(kinds)().shift(lot.uniform(-5, 5) * RIGHT + lot.uniform(-3, 3) * UP)
    for edit in lot.sample(STYLES, 3):
        edit(made, lot)
    return made


def fill(mobject: VMobject, lot: Random) -> None:
    mobject.set_fill(lot.choice(COLOURS), lot.choice((0, 0.5, 1)))


def stroke(mobject: VMobject, lot: Random) -> None:
    width, behind = lot.choice((0, 1, 4, 30, 30)), lot.random() < 0.5
    mobject.set_stroke(lot.choice(COLOURS), width, lot.choice((0.4, 1)), background=behind)


def stroke_alone(mobject: VMobject, lot: Random) -> None:
    """One of its two strokes changes in one respect, and nothing else of it does."""
    given: dict = lot.choice(({"color": lot.choice(COLOURS)}, {"width": lot.choice((8, 40))}))
    mobject.set_stroke(**given, background=lot.random() < 0.7)


def gradient(mobject: VMobject, lot: Random) -> None:
    lot.choice((mobject.set_fill, mobject.set_stroke))(lot.sample(COLOURS, 2))


def sheen(mobject: VMobject, lot: Random) -> None:
    mobject.set_sheen(lot.uniform(-1, 1), lot.choice(DIRECTIONS))


def ends(mobject: VMobject, lot: Random) -> None:
    for part in mobject.get_family():
        if lot.random() < 0.5:
            part.cap_style = lot.choice([*CapStyleType])
        else:
            part.joint_type = lot.choice([*LineJointType])


def move(mobject: VMobject, lot: Random) -> None:
    mobject.shift(lot.uniform(-1, 1) * lot.choice(DIRECTIONS))


def turn(mobject: VMobject, lot: Random) -> None:
    mobject.rotate(lot.uniform(-1, 1)).scale(lot.uniform(0.7, 1.3))


def bend(mobject: VMobject, lot: Random) -> None:
    """In place, and one point only."""
    for part in mobject.family_members_with_points():
        part.points[lot.randrange(len(part.points)), :2] += lot.uniform(-1, 1)


def shorten(mobject: VMobject, lot: Random) -> None:
    for part in mobject.family_members_with_points():
        part.points = part.points[: 4 * lot.randrange(len(part.points) // 4 + 1)].copy()


def tint(mobject: VMobject, lot: Random) -> None:
    """In place."""
    for part in mobject.family_members_with_points():
        part.fill_rgbas[0] = [lot.random() for _ in range(4)]
        part.stroke_rgbas[-1, 3] = lot.random()


def raise_(mobject: VMobject, lot: Random) -> None:
    mobject.set_z_index(lot.randint(-2, 2), family=lot.random() < 0.5)


def join(mobject: VMobject, lot: Random) -> None:
    mobject.add(shape(lot))


def leave(mobject: VMobject, lot: Random) -> None:
    if mobject.submobjects:
        mobject.remove(lot.choice(mobject.submobjects))


STYLES = (fill, stroke, stroke_alone, gradient, sheen, ends)
CHANGES = (*STYLES, stroke_alone, ends, move, turn, bend, shorten, tint, raise_, join, leave)


def edit_camera(scene: Scene, lot: Random) -> None:
    camera = scene.camera
    match lot.randrange(5):
        case 0:
            camera.background_color = ManimColor(lot.choice(COLOURS))
        case 1:
            row = lot.randrange(camera.pixel_height)
            camera.background[row : row + 20, ::3, :3] = lot.randrange(256)
        case 2:
            camera.cairo_line_width_multiple = lot.choice((0.005, 0.01, 0.03))
        case 3:
            camera.frame_width = lot.uniform(8, 20)
        case 4:
            camera.frame_center = lot.uniform(-1, 1) * RIGHT


def edit(scene: Scene, lot: Random) -> None:
    """A few things at once, of anything that is on the page."""
    for _ in range(lot.randint(1, EDITS)):
        if lot.random() < 0.15:
            edit_camera(scene, lot)
        elif tops := [m for m in scene.mobjects if isinstance(m, VMobject)]:
            family = lot.choice(tops).get_family()
            lot.choice(CHANGES)(lot.choice(family), lot)


def play(scene: Scene, lot: Random) -> None:
    tops = [m for m in scene.mobjects if m.family_members_with_points()]
    if not tops:
        scene.add(shape(lot))
        return
    one = lot.choice(tops)
    match lot.randrange(8):
        case 0:
            scene.wait(0.1)
        case 1:
            scene.play(FadeIn(shape(lot), shift=UP), run_time=0.2)
        case 2:
            scene.play(FadeOut(one), run_time=0.2)
        case 3:
            scene.play(Rotate(one, lot.uniform(-2, 2)), run_time=0.3)
        case 4:
            lot.choice((scene.bring_to_back, scene.add_foreground_mobject, scene.remove))(one)
        case _:
            scene.play(UpdateFromAlphaFunc(one, lambda m, _: edit(scene, lot)), run_time=0.3)


def scene_by_lot(seed: int, kind: type[Scene]) -> type[Scene]:
    class ByLot(kind):  # type: ignore[misc, valid-type]
        def construct(self) -> None:
            lot = Random(seed)
            self.add(*(shape(lot) for _ in range(lot.randint(1, 8))))
            for _ in range(PLAYS):
                play(self, lot)
                edit(self, lot)
            self.wait(0.1)

    return ByLot


@pytest.mark.parametrize("kind", [Scene, MovingCameraScene])
@pytest.mark.parametrize("seed", range(10))
def test_every_frame_is_manims(seed: int, kind: type[Scene], small: Path) -> None:
    theirs = manim_frames(scene_by_lot(seed, kind))
    assert worst_pixel(fast_frames(scene_by_lot(seed, kind)), theirs) <= ONE_STEP
