"""Scenes in three dimensions: Manim's pictures to the bit, and nothing drawn that stands still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import (
    BLUE,
    DEGREES,
    GREEN,
    IN,
    LEFT,
    OUT,
    RED,
    RIGHT,
    UL,
    UP,
    WHITE,
    YELLOW,
    Cube,
    Dot3D,
    Line3D,
    Mobject,
    Sphere,
    Square,
    Surface,
    Text,
    ThreeDAxes,
    ThreeDScene,
    UpdateFromAlphaFunc,
    VGroup,
)

from scenes.engine import FastRenderer

from .frames import SIZE, FastFrames, fast_frames, manim_frames, render, worst_pixel

SCENES: dict[str, type[ThreeDScene]] = {}


def scene(construct: Callable) -> Callable:
    """Make a scene out of a construct function, seen from the side, to be compared."""

    def construct_aside(self: ThreeDScene) -> None:
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
        construct(self)

    name = construct.__name__
    SCENES[name] = type(name, (ThreeDScene,), {"construct": construct_aside})
    return construct


def hill() -> Surface:
    return Surface(
        lambda u, v: np.array([u, v, np.sin(u) * np.cos(v)]),
        u_range=[-2, 2],
        v_range=[-2, 2],
        resolution=6,
    )


@scene
def turning_camera(self):
    self.add(ThreeDAxes(), hill())
    self.begin_ambient_camera_rotation(rate=1)
    self.wait(0.4)
    self.stop_ambient_camera_rotation()
    self.move_camera(phi=20 * DEGREES, zoom=1.5, run_time=0.4)


@scene
def a_floor_that_reaches_behind_the_camera(self):
    """What lies there is thrown so far that cairo's numbers run over: it may land anywhere."""
    floor = Square(80, fill_opacity=1, color=BLUE)
    self.set_camera_orientation(phi=85 * DEGREES)
    self.add(floor, Cube())
    self.play(floor.animate.scale(0.3).rotate(0.5), run_time=0.5)
    self.play(floor.animate.rotate(2, axis=UP), run_time=0.5)


@scene
def something_moves_while_the_camera_stands(self):
    dot, plate = Dot3D(color=RED).shift(2 * LEFT + UP), Square(fill_opacity=0.5).set_stroke(width=9)
    self.add(ThreeDAxes(), hill(), dot, plate)
    self.play(dot.animate.shift(3 * RIGHT + OUT), run_time=0.5)
    self.play(plate.animate.rotate(1, RIGHT), run_time=0.3)
    self.remove(dot)
    self.wait(0.2)


@scene
def words_that_do_not_turn(self):
    title, label = Text("title").to_corner(UL), Text("label").shift(RIGHT)
    self.add_fixed_in_frame_mobjects(title)
    self.add_fixed_orientation_mobjects(label)
    self.add(Cube(), label)
    self.move_camera(theta=50 * DEGREES, run_time=0.3)
    self.play(title.animate.shift(RIGHT), label.animate.shift(OUT), run_time=0.3)
    self.wait(0.2)
    self.remove_fixed_in_frame_mobjects(title)
    self.wait(0.2)
    self.remove_fixed_orientation_mobjects(label)
    self.wait(0.2)


@scene
def light_and_shades(self):
    def light(mobject: Mobject, alpha: float) -> None:
        if alpha < 0.7:
            self.camera.light_source.move_to(10 * (alpha - 0.3) * OUT)
        self.camera.should_apply_shading = alpha < 0.9

    self.add(Line3D(2 * LEFT, 2 * RIGHT))
    ball = Sphere(resolution=(6, 6))
    self.play(UpdateFromAlphaFunc(ball, light), run_time=0.8)
    ball.set_shade_in_3d(False)
    self.wait(0.2)


@scene
def gradients_that_others_give(self):
    """As in axes: a part's gradient runs along a whole, wherever that is."""
    wholes = VGroup(Square(), Square().shift(3 * RIGHT))
    parts = [Square(fill_opacity=1).set_fill([RED, BLUE]).shift(n * RIGHT) for n in range(-3, 4, 2)]

    def ends_of(whole: Mobject) -> Callable:
        return lambda: (whole.get_left(), whole.get_right())

    for part, whole in zip(parts, wholes, strict=False):
        part.get_gradient_start_and_end_points = ends_of(whole)
    up = 1 * UP
    for part, whole in zip(parts[2:], wholes, strict=True):
        part.get_gradient_start_and_end_points = lambda whole=whole: (
            whole.get_left(),
            whole.get_right() + up,
        )
    self.add(*parts)
    self.play(UpdateFromAlphaFunc(wholes, lambda w, a: w.shift(a * RIGHT)), run_time=0.4)


class Elsewhere(Square):
    """Says that it is far behind."""

    def get_center(self) -> np.ndarray:
        return 9 * IN


@scene
def faces_that_say_where_they_are(self):
    """They lie in one place and move together, while the camera turns."""
    kinds = {RED: Square, GREEN: Elsewhere, BLUE: Square}
    faces = [kind(color=c, fill_opacity=1, shade_in_3d=True) for c, kind in kinds.items()]
    faces[2].get_center = lambda: 8 * IN

    def change(face: Mobject, alpha: float) -> None:
        for each in faces:
            each.points += 0.1 * OUT
        face.set_fill(YELLOW if alpha > 0.5 else WHITE)
        self.set_camera_orientation(theta=alpha)

    self.add(*faces)
    self.play(UpdateFromAlphaFunc(faces[0], change), run_time=0.4)


@pytest.mark.parametrize("name", SCENES)
def test_every_frame_is_manims(name: str, small: Path) -> None:
    theirs = manim_frames(SCENES[name])
    assert len(theirs) > 2
    assert worst_pixel(fast_frames(SCENES[name]), theirs) == 0


def test_what_stands_still_is_not_sent_again(small: Path) -> None:
    class Waiting(ThreeDScene):
        def construct(self) -> None:
            self.set_camera_orientation(phi=60 * DEGREES)
            cube = Cube().add_updater(lambda mobject, dt: None)
            self.add(cube)
            self.wait(0.5)
            self.play(Dot3D().shift(3 * RIGHT).animate.shift(UP), run_time=0.5)

    renderer = FastRenderer(FastFrames)
    render(Waiting, renderer)
    first, *waits = renderer.file_writer.pixels_sent[:5]
    assert first == SIZE[0] * SIZE[1]
    assert waits == [0, 0, 0, 0]
    assert max(renderer.file_writer.pixels_sent[5:]) < first / 20
