"""Small scenes of all that Manim draws, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    PI,
    RED,
    RESAMPLING_ALGORITHMS,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    Arrow,
    CapStyleType,
    Circle,
    Create,
    Cube,
    DashedLine,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    ImageMobject,
    ImageMobjectFromCamera,
    LaggedStart,
    Line,
    LineJointType,
    MathTypst,
    Mobject,
    MovingCamera,
    MovingCameraScene,
    PMobject,
    Rectangle,
    Rotate,
    Scene,
    Square,
    Star,
    Text,
    ThreeDScene,
    TracedPath,
    Transform,
    Triangle,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    VMobject,
    Write,
    ZoomedScene,
    always_redraw,
)
from PIL import Image

SCENES: dict[str, type[Scene]] = {}


def scene(kind: type[Scene] = Scene) -> Callable[[Callable], Callable]:
    """Make a scene of ``kind`` out of a construct function, to be compared."""

    def keep(construct: Callable) -> Callable:
        SCENES[construct.__name__] = type(construct.__name__, (kind,), {"construct": construct})
        return construct

    return keep


@scene()
def creation(self):
    circle = Circle(fill_opacity=0.4).shift(LEFT)
    self.play(Create(circle), Write(Text("weights").shift(UP)), run_time=0.5)
    self.play(Transform(circle, Square(color=BLUE).shift(RIGHT)), FadeIn(Star()), run_time=0.5)
    self.wait(0.3)
    self.play(FadeOut(circle), run_time=0.4)


@scene()
def changing_digits(self):
    tracker = ValueTracker(0)
    number = DecimalNumber(0, mob_class=Text)
    number.add_updater(lambda m: m.set_value(tracker.get_value()))
    self.add(Rectangle(width=3, fill_opacity=1, fill_color=BLUE), number, Text("fixed").shift(DOWN))
    self.play(tracker.animate.set_value(12.5), run_time=0.5)
    self.wait(0.2)


@scene()
def formula(self):
    written = "1/n sum_i (y_i - hat(y)_i)^2"
    MathTypst(written)  # Manim strokes its bars wider when it knows the formula already
    loss = MathTypst(written)
    self.play(FadeIn(loss, shift=UP), run_time=0.4)
    self.play(loss.animate.scale(2).set_color(YELLOW), run_time=0.4)


@scene()
def strokes(self):
    self.add(
        DashedLine(3 * LEFT, 3 * RIGHT), Arrow(ORIGIN, 2 * UP), Line(stroke_width=20).shift(DOWN)
    )
    sharp = VMobject(stroke_width=30, joint_type=LineJointType.MITER)
    sharp.set_points_as_corners([3 * LEFT, 3 * LEFT + 2 * UP, 2.6 * LEFT]).shift(DOWN)
    square = Line(stroke_width=25, cap_style=CapStyleType.SQUARE).shift(2 * DOWN)
    round_ = Line(stroke_width=25, cap_style=CapStyleType.ROUND).shift(2.8 * DOWN)
    self.add(sharp, square, round_)
    self.play(*(m.animate.shift(0.4 * RIGHT) for m in (sharp, square, round_)), run_time=0.4)
    self.play(sharp.animate.set_stroke(width=3), Rotate(square, PI / 3), run_time=0.4)


@scene()
def gradients(self):
    sheen = Circle(fill_opacity=1, color=BLUE).set_sheen(0.6, UP)
    family = VGroup(Square(), Circle()).arrange(RIGHT).set_color_by_gradient(RED, GREEN)
    blend = Square(fill_opacity=0.8).set_fill([RED, YELLOW]).set_stroke([BLUE, WHITE], width=8)
    self.add(VGroup(sheen, family, blend).arrange(RIGHT).scale(0.8))
    self.play(blend.animate.rotate(1), sheen.animate.set_sheen(-0.4, LEFT), run_time=0.4)


@scene()
def gradient_across_a_family(self):
    parent = Square(fill_opacity=1).set_fill([RED, BLUE])
    child = Dot(RIGHT)
    parent.add(child)
    self.add(parent)
    self.play(child.animate.shift(3 * RIGHT), run_time=0.4)


@scene()
def background_stroke(self):
    word = Text("outline", color=RED).set_stroke(WHITE, width=12, background=True)
    self.add(Square(fill_opacity=1, color=GREEN), word)
    self.play(word.animate.shift(UP).set_stroke(BLUE, width=4, background=True), run_time=0.4)


@scene()
def opacity(self):
    plates = VGroup(*(Square(fill_opacity=0.3, color=c).shift(0.5 * i * RIGHT)
                      for i, c in enumerate((RED, GREEN, BLUE))))  # fmt: skip
    self.add(plates)
    self.wait(0.2)
    self.play(plates[1].animate.set_opacity(0.9), run_time=0.4)


@scene()
def z_index(self):
    above = Circle(fill_opacity=1, color=RED).set_z_index(2)
    below = Square(fill_opacity=1, color=BLUE)
    self.add(above, below)
    self.wait(0.2)
    self.play(below.animate.shift(RIGHT), run_time=0.4)
    self.play(above.animate.set_z_index(-1).shift(LEFT), run_time=0.4)
    self.wait(0.2)


@scene()
def points_in_place(self):
    shape = Triangle(fill_opacity=1)

    def bend(mobject: Mobject, alpha: float) -> None:
        mobject.points[1::4, 0] += 0.2 * alpha

    self.add(shape, Text("above"))
    self.play(UpdateFromAlphaFunc(shape, bend), run_time=0.5)
    shape.points[2] += UP
    self.wait(0.2)


@scene()
def colours_in_place(self):
    shape = Triangle(fill_opacity=1, stroke_width=20)

    def recolour(mobject: Mobject, alpha: float) -> None:
        mobject.fill_rgbas[0, 1] = alpha

    self.add(shape)
    self.play(UpdateFromAlphaFunc(shape, recolour), run_time=0.5)
    shape.stroke_rgbas[0, 3] = 0.2
    self.wait(0.2)


@scene()
def comings_and_goings(self):
    a, b, c = Square(), Circle(fill_opacity=0.5), Triangle(fill_opacity=1, color=GREEN)
    self.add(a, b, c)
    self.wait(0.2)
    self.remove(b)
    self.wait(0.2)
    self.add(b)
    self.play(FadeOut(a), run_time=0.3)
    self.bring_to_back(c)
    self.add_foreground_mobject(c)
    self.play(Rotate(b, 1), run_time=0.3)
    self.clear()
    self.wait(0.2)


@scene()
def members_added_while_playing(self):
    group = VGroup(Dot(LEFT))
    self.add(group, Square())
    self.play(
        UpdateFromAlphaFunc(group, lambda g, alpha: g.add(Dot(2 * alpha * RIGHT))), run_time=0.4
    )


@scene()
def updaters(self):
    dot = Dot(2 * LEFT).add_updater(lambda m, dt: m.shift(2 * dt * RIGHT))
    link = always_redraw(lambda: Line(ORIGIN, dot.get_center(), stroke_width=8))
    self.add(TracedPath(dot.get_center), link, dot)
    self.wait(0.5)


@scene()
def many_small_changes(self):
    dots = VGroup(*(Dot(radius=0.03) for _ in range(90))).arrange_in_grid(cols=15, buff=0.4)
    self.add(dots)
    self.play(LaggedStart(*(d.animate.set_color(RED) for d in dots), lag_ratio=0.1), run_time=0.6)


@scene()
def off_screen_and_invalid(self):
    away = Square(fill_opacity=1).shift(9 * RIGHT)
    broken = Square(fill_opacity=1)
    broken.points = broken.points * np.nan
    unfinished = VMobject(stroke_width=4, fill_opacity=0.3)
    unfinished.points = Square().points[:10].copy()
    self.add(away, broken, unfinished, VMobject())
    self.play(away.animate.shift(5 * LEFT), run_time=0.4)


@scene()
def point_cloud(self):
    cloud = PMobject()
    cloud.add_points(np.array([[x / 9, 1, 0] for x in range(9)]))
    self.add(cloud)
    self.play(Create(Circle()), run_time=0.3)
    self.play(cloud.animate.shift(DOWN), run_time=0.3)


def gradient_file(dark: int = 0) -> str:
    pixels = np.tile(np.linspace(dark, 255, 320, dtype=np.uint8)[None, :, None], (180, 1, 4))
    Image.fromarray(pixels).save("background.png")
    return "background.png"


@scene()
def background_image(self):
    square = Square(fill_opacity=1).color_using_background_image(gradient_file())
    self.add(Circle(), square)
    self.play(square.animate.shift(RIGHT), run_time=0.3)


@scene()
def image(self):
    picture = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5)
    picture.height = 2
    self.add(picture, Circle())
    self.play(Create(Square()), run_time=0.3)
    self.play(picture.animate.shift(RIGHT), run_time=0.3)


@scene()
def images_among_others(self):
    """Between outlines, half transparent, turned, over the page's edge, and one over another."""
    pixels = np.arange(256, dtype=np.uint8).reshape(8, 8, 4)
    low, high = ImageMobject(pixels), ImageMobject(pixels[::-1, :, [1, 0, 3, 2]])
    low.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"]).height = 2.5
    high.height = 2
    dot = Dot(radius=0.6, fill_opacity=0.7, stroke_width=8, color=RED)
    self.add(Square(stroke_width=12), low, dot, high.shift(2 * LEFT + UP))
    self.play(dot.animate.shift(2 * LEFT), run_time=0.3)
    self.play(Rotate(low, 1), FadeOut(high), run_time=0.3)
    self.wait(0.2)
    self.play(low.animate.shift(7 * RIGHT).stretch(2, 1), FadeIn(high), run_time=0.3)
    high.pixel_array[:4] = 255
    self.play(dot.animate.set_opacity(0.2), run_time=0.2)
    low.set_resampling_algorithm(RESAMPLING_ALGORITHMS["linear"])
    self.play(dot.animate.shift(0.1 * UP), run_time=0.1)
    high.pixel_array = high.pixel_array.reshape(4, 16, 4)
    self.play(dot.animate.shift(0.1 * UP), run_time=0.1)
    self.play(low.animate.stretch(0.001, 0), dot.animate.shift(RIGHT), run_time=0.2)


@scene()
def background_colour_changes(self):
    self.add(Circle())
    self.wait(0.2)
    self.camera.background_color = BLUE
    self.wait(0.2)
    self.play(FadeIn(Square()), run_time=0.2)


@scene(MovingCameraScene)
def moving_camera(self):
    self.add(Square(stroke_width=10), Text("zoom").shift(RIGHT))
    self.play(self.camera.frame.animate.scale(0.5).shift(RIGHT), run_time=0.4)
    self.play(Create(Circle()), run_time=0.3)
    self.wait(0.2)
    self.camera.frame.add_updater(lambda m, dt: m.shift(dt * UP))
    self.add(self.camera.frame)
    self.wait(0.3)


@scene(ZoomedScene)
def zoomed(self):
    self.add(Dot(), Square())
    self.activate_zooming(animate=False)
    self.play(self.zoomed_camera.frame.animate.shift(UP), run_time=0.3)


@scene(ZoomedScene)
def zoomed_on_what_moves(self):
    """The frame pops out, stands, is scaled out of shape; what it sees moves, changes, stands."""
    dot, square = Dot(color=GREEN), Square(fill_opacity=0.3, stroke_width=8)
    self.add(square, dot)
    self.wait(0.1)
    self.activate_zooming(animate=True)
    self.play(dot.animate.shift(0.3 * LEFT), run_time=0.3)
    self.wait(0.2)
    self.play(square.animate.shift(3 * DOWN), run_time=0.2)
    self.play(self.zoomed_camera.frame.animate.scale([2, 1, 1]), run_time=0.2)
    self.play(self.zoomed_display.animate.stretch(1.4, 0), run_time=0.2)
    frame = self.zoomed_display.display_frame
    stirred(dot)
    self.play(frame.animate.scale(2), run_time=0.2)
    self.zoomed_camera.background_color = BLUE
    self.play(dot.animate.set_color(RED), run_time=0.2)
    self.play(self.camera.frame.animate.scale(1.2), run_time=0.2)
    self.play(FadeIn(Circle(radius=0.3)), run_time=0.2)

    def brighten(_, alpha):
        self.zoomed_camera.background_image = gradient_file(round(200 * alpha))

    self.play(UpdateFromAlphaFunc(ValueTracker(), brighten), run_time=0.2)


@scene(ZoomedScene)
def zoomed_on_an_image(self):
    picture = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5)
    picture.height = 2
    self.add(picture)
    self.activate_zooming()
    self.play(picture.animate.shift(0.2 * RIGHT), run_time=0.2)
    picture.pixel_array[:2] = 200
    self.play(Create(Square()), run_time=0.2)


class LiftingCamera(MovingCamera):
    """Sees everything higher up each time."""

    lift = 0.0

    def capture_mobjects(self, mobjects, **kwargs):
        self.lift += 0.05
        super().capture_mobjects([m.copy().shift(self.lift * UP) for m in mobjects], **kwargs)


@scene(ZoomedScene)
def zoomed_with_two_cameras(self):
    """Each display sees the other."""
    dot = Dot(color=GREEN)
    self.add(dot, Square())
    self.activate_zooming()
    other = display_of(self, MovingCamera())
    self.play(dot.animate.shift(0.3 * LEFT), run_time=0.3)
    self.play(self.zoomed_camera.frame.animate.move_to(other), run_time=0.3)


@scene(ZoomedScene)
def zoomed_in_its_own_way(self):
    self.add(stirred(Dot(color=GREEN)), Square())
    display_of(self, LiftingCamera())
    self.play(ValueTracker().animate.set_value(1), run_time=0.3)


def stirred(mobject: Mobject) -> Mobject:
    """Counts as moving, which is all that displays see in a play."""
    return mobject.add_updater(lambda _: None)


def display_of(scene: ZoomedScene, camera: MovingCamera) -> ImageMobjectFromCamera:
    display = ImageMobjectFromCamera(camera)
    camera.frame.set(height=2)
    display.set(height=2.5).to_corner(DOWN + LEFT)
    scene.camera.add_image_mobject_from_camera(display)
    scene.add_foreground_mobjects(display)
    return display


@scene(ThreeDScene)
def three_dimensions(self):
    self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
    cube = Cube()
    self.play(FadeIn(cube), run_time=0.3)
    self.move_camera(theta=60 * DEGREES, run_time=0.3)


@scene(ThreeDScene)
def image_in_three_dimensions(self):
    picture = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5)
    picture.height = 2
    fixed = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 3)
    fixed.height = 1
    self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
    self.add(picture)
    self.add_fixed_in_frame_mobjects(fixed.to_corner(UP + LEFT))
    self.play(Create(Square()), run_time=0.2)
    self.move_camera(theta=60 * DEGREES, run_time=0.2)
    self.play(picture.animate.shift(RIGHT), run_time=0.2)


class Digits(VMobject):
    """Separate squares in one mobject, some of them gone at times."""

    def __init__(self) -> None:
        super().__init__(fill_opacity=1, stroke_width=0, color=RED)
        self.display(range(5))

    def display(self, shown: Iterable[int]) -> None:
        corners = np.array([RIGHT + UP, UP, ORIGIN, RIGHT, RIGHT + UP]) * 0.8
        outline = VMobject().set_points_as_corners(corners).points
        shown = list(shown)
        self.set_points(np.concatenate([outline + 1.37 * digit * LEFT for digit in shown]))
        self.piece_ends = np.cumsum([len(outline)] * len(shown))


@scene()
def pieces(self):
    digits = Digits().set_opacity(0.7)
    self.add(Circle(fill_opacity=1, color=BLUE), digits)
    shown = UpdateFromAlphaFunc(digits, lambda mob, a: mob.display(range(int(4 * a), 5 + int(a))))
    self.play(shown, run_time=0.6)
    self.play(digits.animate.shift(4 * LEFT), run_time=0.5)
    self.play(Transform(digits, Star(fill_opacity=1)), run_time=0.5)
    self.play(FadeOut(digits), run_time=0.4)
