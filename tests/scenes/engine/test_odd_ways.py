"""What scenes do to Manim's camera, renderer and mobjects, the engine goes along with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Arc,
    CapStyleType,
    Circle,
    Dot,
    FadeOut,
    Line,
    LineJointType,
    Mobject,
    PMobject,
    Scene,
    Square,
    Triangle,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    tempconfig,
)

from scenes.engine.pictures import picture_renderer

from .frames import ONE_STEP, fast_frames, manim_frames, worst_pixel

SCENES: dict[str, type[Scene]] = {}


def scene(construct: Callable) -> Callable:
    """Make a scene out of a construct function, to be compared."""
    SCENES[construct.__name__] = type(construct.__name__, (Scene,), {"construct": construct})
    return construct


@scene
def background_colour_set_by_an_updater(self):
    """Over what stands still, Manim keeps the picture that it has; alone it takes the new one."""
    moves = Square(fill_opacity=1).shift(LEFT)

    def recolour(mobject: Mobject, alpha: float) -> None:
        self.camera.background_color = GREEN if alpha < 0.7 else BLUE
        mobject.shift(0.1 * RIGHT)

    self.add(Circle(stroke_width=20), moves)
    self.play(UpdateFromAlphaFunc(moves, recolour), run_time=0.5)
    self.play(moves.animate.shift(UP), run_time=0.2)
    self.clear()
    self.play(UpdateFromAlphaFunc(moves, recolour), run_time=0.5)


@scene
def background_written_in_place(self):
    moves = Square()
    self.add(Circle(), moves)
    self.wait(0.2)
    self.camera.background[40:90, :200] = (200, 10, 90, 255)
    self.play(moves.animate.shift(UP), run_time=0.2)
    self.clear()

    def grow(mobject: Mobject, alpha: float) -> None:
        self.camera.background[:, : int(50 * alpha)] = 255

    self.play(UpdateFromAlphaFunc(Dot(), grow), run_time=0.3)


@scene
def background_kept_and_written_later(self):
    moves = Square()
    self.add(Circle(), moves)
    kept = self.camera.background
    self.play(moves.animate.shift(UP), run_time=0.2)
    kept[40:90, :200] = (200, 10, 90, 255)
    self.play(moves.animate.shift(DOWN), run_time=0.2)


@scene
def background_given_and_written_later(self):
    moves = Square()
    self.add(Circle(), moves)
    given = np.full((self.camera.pixel_height, self.camera.pixel_width, 4), 90, np.uint8)
    self.camera.background = given
    self.play(moves.animate.shift(UP), run_time=0.2)
    given[:50] = 255
    self.play(moves.animate.shift(DOWN), run_time=0.2)


@scene
def picture_replaced(self):
    moves = Square()
    self.camera.background_color = BLUE
    self.add(Circle(), moves)
    self.play(moves.animate.shift(UP), run_time=0.2)
    self.camera.pixel_array = np.zeros_like(self.camera.pixel_array)
    self.play(moves.animate.shift(DOWN), run_time=0.2)


@scene
def line_width_multiple(self):
    moves = VGroup(Line(LEFT, RIGHT), Square(fill_opacity=1, stroke_width=6)).arrange(UP)

    def widen(mobject: Mobject, alpha: float) -> None:
        self.camera.cairo_line_width_multiple = 0.01 + 0.1 * alpha
        mobject.shift(0.2 * RIGHT)

    self.add(Circle(), moves)
    self.play(UpdateFromAlphaFunc(moves, widen), run_time=0.5)
    self.play(moves.animate.shift(UP), run_time=0.3)


class Breathes(Square):
    """Says of itself what its attributes do not; the classes below say one thing each."""

    seen = 0.0


class Width(Breathes):
    def get_stroke_width(self, background: bool = False) -> float:
        return 20 * self.seen if background else 40 * (1 - self.seen)


class Fill(Breathes):
    def get_fill_rgbas(self) -> np.ndarray:
        return np.array([[self.seen, 0.5, 0, 1]])


class Stroke(Breathes):
    def get_stroke_rgbas(self, background: bool = False) -> np.ndarray:
        return np.array([[1, self.seen, 0, 1]])


class Gradient(Breathes):
    def get_gradient_start_and_end_points(self) -> tuple[np.ndarray, np.ndarray]:
        return (LEFT * self.seen, UP)


class Joint(Breathes):
    @property
    def joint_type(self) -> LineJointType:
        return LineJointType.ROUND if self.seen < 0.5 else LineJointType.BEVEL

    @joint_type.setter
    def joint_type(self, joint_type: LineJointType) -> None:
        pass


class Cap(Breathes):
    @property
    def cap_style(self) -> CapStyleType:
        return CapStyleType.BUTT if self.seen < 0.5 else CapStyleType.SQUARE

    @cap_style.setter
    def cap_style(self, cap_style: CapStyleType) -> None:
        pass


@pytest.mark.parametrize("kind", [Width, Fill, Stroke, Gradient, Joint, Cap])
def test_a_subclass_may_say_how_it_is_drawn(kind: type[Breathes], small: Path) -> None:
    class Breathing(Scene):
        def construct(self) -> None:
            shape = kind(stroke_width=20).set_stroke([RED, BLUE])
            shape.points = shape.points[:12]

            def breathe(mobject: Mobject, alpha: float) -> None:
                mobject.seen = alpha

            self.play(UpdateFromAlphaFunc(shape, breathe), run_time=0.5)
            shape.seen = 0.3
            self.wait(0.2)

    assert worst_pixel(fast_frames(Breathing), manim_frames(Breathing)) <= ONE_STEP


class Jagged(Circle):
    """Is split and closed at will."""

    ends = 4

    def get_subpath_split_indices_from_points(self, points, n_dims=3):
        return np.array([[0, self.ends], [self.ends, len(points)]])

    def consider_points_equals_2d(self, p0, p1):
        return self.ends > 8


class OnlyItself(VGroup):
    """Shows none of what is in it, now and then."""

    hides = False

    def get_family(self, recurse=True):
        return [self] if self.hides else super().get_family(recurse)


@scene
def paths_and_families_of_a_subclass(self):
    shape, group = Jagged(fill_opacity=1, stroke_width=0), OnlyItself(Dot(), Dot(UP))
    loose = Arc(angle=6.2, tolerance_for_point_equality=1e-6, stroke_width=20).shift(2 * LEFT)

    def cut(mobject: Mobject, alpha: float) -> None:
        mobject.ends = 4 * int(1 + 4 * alpha)
        group.hides = alpha > 0.6
        loose.tolerance_for_point_equality = 0.3 if alpha > 0.6 else 1e-6

    self.add(shape, group, loose)
    self.play(UpdateFromAlphaFunc(shape, cut), run_time=0.6)


@scene
def frame_set_when_something_was_drawn(self):
    """A plain camera keeps the frame that it began with, but for points and pictures."""
    self.camera.frame_width = 10
    square, cloud = Square(fill_opacity=0.5), PMobject(stroke_width=8)
    cloud.add_points(np.array([[x / 4, 1, 0] for x in range(9)]))
    self.wait(0.2)
    self.camera.frame_center = 0.4 * UP
    self.add(square)
    self.wait(0.2)
    self.camera.frame_width = 5
    self.camera.frame_center = RIGHT
    self.play(square.animate.shift(RIGHT), run_time=0.3)
    self.add(cloud)
    self.play(square.animate.shift(RIGHT), run_time=0.3)
    self.remove(cloud)
    self.wait(0.2)


@scene
def strokes_cut_by_boxes(self):
    """Dots go behind long outlines: of these only a part is painted again."""
    outlines = VGroup(
        Circle(3.3, stroke_width=3).stretch(2, 0),
        Triangle(stroke_width=30, fill_opacity=0.4, color=YELLOW).scale(2).rotate(0.3),
        *(Line(6 * LEFT + k * UP, 6 * RIGHT - k * UP, stroke_width=1 + k) for k in range(4)),
    )
    dots = VGroup(*(Dot(2 * RIGHT * k, 0.3, color=RED) for k in (-2, -1, 0, 1, 2)))
    self.add(dots, outlines)
    self.play(*(d.animate.shift(0.9 * UP) for d in dots), run_time=0.6)
    self.play(FadeOut(dots[2]), run_time=0.3)


@pytest.mark.parametrize("name", SCENES)
def test_is_drawn_as_manim_draws_it(name: str, small: Path) -> None:
    theirs = manim_frames(SCENES[name])
    assert len(theirs) > 2
    assert worst_pixel(fast_frames(SCENES[name]), theirs) <= ONE_STEP


def test_a_shape_far_off_is_drawn_to_the_bit(small: Path) -> None:
    """What is painted by outline, and not stamped, is Manim's to the bit."""

    class Bits(Scene):
        def construct(self) -> None:
            far = VMobject(stroke_width=7, fill_opacity=0.3)
            far.set_points_smoothly([12 * LEFT, 2 * UP, ORIGIN, 3 * RIGHT + UP, 11 * RIGHT])
            dot = Dot(stroke_width=2)
            self.add(dot, far)
            self.play(dot.animate.shift(1.7 * UP + 3 * RIGHT), run_time=0.8)

    assert worst_pixel(fast_frames(Bits), manim_frames(Bits)) == 0


def test_what_a_scene_paints_on_a_picture_is_gone_in_the_next(small: Path) -> None:
    class Painted(Scene):
        def construct(self) -> None:
            square = Square()
            self.add(square)
            self.wait(0.2)
            self.camera.pixel_array[:40] = 255
            self.play(square.animate.shift(UP), run_time=0.3)

    pictures: list[np.ndarray] = []

    def keep(section: str, picture: np.ndarray, frames: int) -> None:
        pictures.extend([picture.copy()] * frames)

    with tempconfig({"dry_run": True}):
        Painted(renderer=picture_renderer(keep)).render()
    assert worst_pixel(pictures, manim_frames(Painted)) <= ONE_STEP
