"""Scenes in three dimensions: Manim's pictures to the bit, and nothing drawn that stands still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import (
    DEGREES,
    LEFT,
    OUT,
    RED,
    RIGHT,
    UL,
    UP,
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
        if alpha < 0.5:
            self.camera.light_source.move_to(10 * alpha * OUT)
        self.camera.should_apply_shading = 0.3 < alpha < 0.7

    self.add(Line3D(2 * LEFT, 2 * RIGHT))
    ball = Sphere(resolution=(6, 6))
    self.play(UpdateFromAlphaFunc(ball, light), run_time=0.5)
    ball.set_shade_in_3d(False)
    self.wait(0.2)


@scene
def gradients_that_others_give(self):
    """As in axes: a part's gradient runs along the whole, wherever that is."""
    whole, part = VGroup(Square()), Square(fill_opacity=1, color=RED, shade_in_3d=True)
    part.get_gradient_start_and_end_points = lambda: (whole.get_left(), whole.get_right())
    self.play(UpdateFromAlphaFunc(part, lambda _, a: whole.shift(a * RIGHT)), run_time=0.4)


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
