"""Ten scenes after the ideas of those in Manim's documentation, without LaTeX."""

from typing import cast

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    PI,
    RED,
    RIGHT,
    TAU,
    UP,
    WHITE,
    YELLOW,
    Angle,
    Axes,
    Circle,
    Create,
    Difference,
    Dot,
    FadeIn,
    FadeOut,
    Intersection,
    Line,
    MoveAlongPath,
    MovingCamera,
    MovingCameraScene,
    NumberPlane,
    Restore,
    Rotating,
    Scene,
    Square,
    Surface,
    Text,
    ThreeDAxes,
    ThreeDScene,
    TracedPath,
    Transform,
    Union,
    ValueTracker,
    VGroup,
    Write,
    always_redraw,
    linear,
)


class OpeningManim(Scene):
    """Words are written and change; a plane is drawn and bent."""

    def construct(self) -> None:
        title, formula = Text("What a plane can do"), Text("f(z) = z + sin z", slant="ITALIC")
        VGroup(title, formula).arrange(DOWN)
        self.play(Write(title), FadeIn(formula, shift=DOWN))
        self.wait()
        corner = Text("First it is even").to_corner(UP + LEFT)
        self.play(Transform(title, corner), FadeOut(formula, shift=DOWN))
        plane = NumberPlane()
        self.add(plane, title)
        self.play(Create(plane, run_time=3, lag_ratio=0.1))
        self.wait()
        plane.prepare_for_nonlinear_transform()
        bend = plane.animate.apply_function(lambda p: p + np.array([np.sin(p[1]), np.sin(p[0]), 0]))
        self.play(bend, run_time=3)
        self.play(Transform(title, Text("Now it is not").to_corner(UP + LEFT)))
        self.wait()


class MovingAround(Scene):
    """A square shifts, fills, shrinks and turns."""

    def construct(self) -> None:
        square = Square(color=BLUE, fill_opacity=1)
        self.play(square.animate.shift(LEFT))
        self.play(square.animate.set_fill(YELLOW))
        self.play(square.animate.scale(0.3))
        self.play(square.animate.rotate(0.4))


class SineCurveUnitCircle(Scene):
    """A point goes round a circle and leaves a curve behind."""

    def construct(self) -> None:
        centre, start = 4 * LEFT, 3 * LEFT
        circle = Circle(radius=1, color=WHITE).move_to(centre)
        axis = Line(start, 6 * RIGHT)
        labels = VGroup(*(Text(f"{k}π", font_size=24) for k in range(1, 5)))
        for k, label in enumerate(labels, 1):
            label.next_to(start + 2 * k * RIGHT, DOWN)
        turn = ValueTracker(0)
        dot = always_redraw(
            lambda: Dot(circle.point_at_angle(turn.get_value() % TAU), color=YELLOW)
        )
        link = always_redraw(lambda: Line(centre, dot.get_center(), color=BLUE))

        def tip() -> np.ndarray:
            return start + turn.get_value() * 2 / PI * RIGHT + dot.get_center()[1] * UP

        across = always_redraw(lambda: Line(dot.get_center(), tip(), color=YELLOW))
        self.add(circle, axis, labels, TracedPath(tip, stroke_color=YELLOW), dot, link, across)
        self.play(turn.animate.set_value(4 * PI), run_time=8, rate_func=linear)
        self.wait()


class PointWithTrace(Scene):
    """A dot leaves its way behind."""

    def construct(self) -> None:
        dot = Dot()
        self.add(TracedPath(dot.get_center), dot)
        self.play(Rotating(dot, angle=PI, about_point=RIGHT, run_time=2))
        self.wait()
        self.play(dot.animate.shift(UP))
        self.play(dot.animate.shift(LEFT))
        self.wait()


class BooleanOperations(Scene):
    """What two overlapping shapes have in common, together and apart."""

    def construct(self) -> None:
        one = Circle(radius=1.3, color=BLUE, fill_opacity=0.5).shift(4 * LEFT + UP)
        other = one.copy().set_color(RED).shift(1.2 * RIGHT)
        title = Text("Two circles").next_to(VGroup(one, other), UP)
        self.play(FadeIn(one, other), Write(title))
        kinds = (Intersection, Union, Difference)
        for row, (kind, colour) in enumerate(zip(kinds, (GREEN, YELLOW, RED), strict=True)):
            made = kind(one, other, color=colour, fill_opacity=0.5)
            goal = made.copy().scale(0.5).move_to(3 * RIGHT + (2 - 2 * row) * UP)
            self.play(made.animate.become(goal))
            self.play(FadeIn(Text(kind.__name__, font_size=28).next_to(made, RIGHT)))


class MovingAngle(Scene):
    """An angle, its arc and its name follow a line that turns."""

    def construct(self) -> None:
        tracker, middle = ValueTracker(110), LEFT
        still = Line(LEFT, RIGHT)
        moving = Line(LEFT, RIGHT)
        origin = moving.copy()
        moving.rotate(tracker.get_value() * DEGREES, about_point=middle)
        arc = Angle(still, moving, radius=0.5)
        name = Text("θ").move_to(Angle(still, moving, radius=0.9).point_from_proportion(0.5))
        self.add(still, moving, arc, name)
        self.wait()
        moving.add_updater(
            lambda m: m.become(origin.copy()).rotate(
                tracker.get_value() * DEGREES, about_point=middle
            )
        )
        arc.add_updater(lambda m: m.become(Angle(still, moving, radius=0.5)))
        name.add_updater(
            lambda m: m.move_to(Angle(still, moving, radius=0.9).point_from_proportion(0.5))
        )
        self.play(tracker.animate.set_value(40))
        self.play(tracker.animate.increment_value(140))
        self.play(name.animate.set_color(RED), run_time=0.5)
        self.play(tracker.animate.set_value(350))


class ArgMinExample(Scene):
    """A dot runs along a graph to where it is lowest."""

    def construct(self) -> None:
        axes = Axes(x_range=[0, 10], y_range=[0, 100, 10])
        words = axes.get_axis_labels(Text("x", font_size=30), Text("loss", font_size=30))
        graph = axes.plot(lambda x: 2 * (x - 5) ** 2, color=RED)
        at = ValueTracker(0)
        dot = Dot(axes.c2p(0, 50))
        dot.add_updater(
            lambda m: m.move_to(axes.c2p(at.get_value(), 2 * (at.get_value() - 5) ** 2))
        )
        self.play(Create(axes), Write(words), run_time=2)
        self.play(Create(graph))
        self.add(dot)
        self.play(at.animate.set_value(5), run_time=2)
        self.wait()


class FollowingGraphCamera(MovingCameraScene):
    """The camera goes along with a dot on a graph."""

    def construct(self) -> None:
        frame = cast(MovingCamera, self.camera).frame
        frame.save_state()
        axes = Axes(x_range=[-1, 10], y_range=[-1, 10])
        graph = axes.plot(np.sin, x_range=[0, 3 * PI], color=BLUE)
        dot = Dot(axes.i2gp(0, graph), color=YELLOW)
        ends = VGroup(Dot(axes.i2gp(0, graph)), Dot(axes.i2gp(3 * PI, graph)))
        self.add(axes, graph, ends, dot)
        self.play(frame.animate.scale(0.5).move_to(dot))
        frame.add_updater(lambda m: m.move_to(dot.get_center()))
        self.play(MoveAlongPath(dot, graph, rate_func=linear), run_time=3)
        frame.clear_updaters()
        self.play(Restore(frame))


class MovingDots(Scene):
    """A line holds two dots together as they move."""

    def construct(self) -> None:
        one, other = Dot(color=BLUE), Dot(color=GREEN)
        VGroup(one, other).arrange(RIGHT, buff=1)
        line = Line(one.get_center(), other.get_center(), color=RED)
        across, along = ValueTracker(0), ValueTracker(0)
        one.add_updater(lambda m: m.set_x(across.get_value()))
        other.add_updater(lambda m: m.set_y(along.get_value()))
        line.add_updater(lambda m: m.become(Line(one.get_center(), other.get_center(), color=RED)))
        self.add(one, other, line)
        self.play(across.animate.set_value(5))
        self.play(along.animate.set_value(3))
        self.wait()


class ThreeDCameraRotation(ThreeDScene):
    """A saddle, with the camera going round it."""

    def construct(self) -> None:
        saddle = Surface(
            lambda u, v: np.array([u, v, (u * u - v * v) / 3]),
            u_range=(-2, 2),
            v_range=(-2, 2),
            resolution=(12, 12),
        )
        self.set_camera_orientation(phi=75 * DEGREES, theta=30 * DEGREES)
        self.add(ThreeDAxes())
        self.play(FadeIn(saddle))
        self.begin_ambient_camera_rotation(rate=0.3)
        self.wait(2)
        self.stop_ambient_camera_rotation()
        self.move_camera(phi=60 * DEGREES, theta=-30 * DEGREES)
