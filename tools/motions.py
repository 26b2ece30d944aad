"""`make gallery`: docs/motion.md, a strip of moments of each way in which a film moves."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np
from manim import Animation, Camera, Line, ManimColor, Scene, VGroup
from PIL import Image

from epochreel.lecture.video import Video
from scenes.drawing.direction import Fly, LightUp, Morph, Pulse
from scenes.drawing.fonts import register_fonts
from scenes.drawing.layout import LARGE, Region
from scenes.drawing.motion import Appear, ComeBack, Disappear, Follow, Grow, StandBack
from scenes.drawing.outlines import rectangles
from scenes.drawing.scales import Scale
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.engine import fast_renderer
from scenes.engine.formats import straight
from scenes.parts.axes import Plane
from scenes.parts.network import Network
from scenes.stage.render import manim_config

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "motion.md"
PICTURES = ROOT / "media" / "readme" / "motion"
VIDEO = Video(384, 216, 30)
MOMENTS = (0.0, 0.25, 0.5, 0.75, 1.0)
COLORS = 64

Made = tuple[list[Animation], str]  # what moves, one after the other; the last one is shown


def network() -> Network:
    """Three layers with weights of both signs."""
    random = np.random.default_rng(2)
    kernels = [random.uniform(-1, 1, size) for size in ((2, 4), (4, 2))]
    return Network((2, 4, 2), 1.0, Region(300, 100, 1620, 980), PAPER).display(kernels)


def pulse(scene: Scene) -> Made:
    """Light runs through the edges into a layer."""
    drawn = network()
    scene.add(drawn)
    return [Pulse(*drawn.ways(1), PAPER.ink)], "`Pulse`: light along edges, forward"


def pulse_back(scene: Scene) -> Made:
    """Light runs back."""
    drawn = network()
    scene.add(drawn)
    return [Pulse(*drawn.ways(2), PAPER.loss, back=True)], "`Pulse(back=True)`: light back"


def light_up(scene: Scene) -> Made:
    """Neurons take the fill of their activations."""
    drawn = network()
    scene.add(drawn)
    lit = drawn.fills(1, np.array([0.9, -0.4, 0.2, -1.0]))
    return [LightUp(*lit, lag_ratio=0.3)], "`LightUp`: a layer takes its activations"


def stand_back(scene: Scene) -> Made:
    """All but one layer falls back."""
    drawn = network()
    scene.add(drawn)
    rest = [drawn.layers[0], *drawn.edges, drawn.layers[2]]
    return [StandBack(*rest, ground=PAPER.page)], "`StandBack`: what is not spoken of"


def come_back(scene: Scene) -> Made:
    """And comes back."""
    made, _ = stand_back(scene)
    rest = made[0].mobject
    return [*made, ComeBack(*rest, ground=PAPER.page)], "`ComeBack`: as it was"


def fly(scene: Scene) -> Made:
    """A value goes to where it is needed."""
    drawn = network()
    value = Label("−10", LARGE, PAPER.ink).put(80, 400).set_z_index(2)
    scene.add(drawn, value)
    return [Fly((value, drawn.layers[0][0].get_center()))], "`Fly`: a value to its place"


def morph(scene: Scene) -> Made:
    """A bar becomes a square."""
    at = np.array([700.0]), np.array([240.0]), np.array([712.0]), np.array([840.0])
    bar = Line(stroke_width=0, fill_color=PAPER.loss, fill_opacity=0.6)
    bar.set_points(rectangles(*at))
    scene.add(bar)
    square = rectangles(at[0], at[1], at[0] + 600, at[3])
    return [Morph((bar, square))], "`Morph`: a bar grows into its square"


def appear(scene: Scene) -> Made:
    """The terms of a sum, one after the other."""
    return [Appear(*_terms(), lag_ratio=0.8)], "`Appear(lag_ratio=...)`: a sum, term by term"


def disappear(scene: Scene) -> Made:
    """What was said goes."""
    terms = _terms()
    scene.add(*terms)
    return [Disappear(*terms)], "`Disappear`: off the page"


def grow(scene: Scene) -> Made:
    """A curve from left to right."""
    plane = _plane()
    scene.add(plane)
    x = np.linspace(0, 1, 60)
    return [Grow(plane.growing([(x, np.exp(-4 * x))], PAPER.loss))], "`Grow`: a curve"


def follow(scene: Scene) -> Made:
    """Anything that is a function of progress."""
    drawn = network()
    scene.add(drawn)
    before, after = (np.random.default_rng(seed).uniform(-1, 1, (2, 4)) for seed in (2, 5))

    def show(alpha: float) -> None:
        drawn.display([(1 - alpha) * before + alpha * after])

    return [Follow(VGroup(*drawn.edges), show)], "`Follow`: whatever `show(alpha)` sets"


MOTIONS: tuple[Callable[[Scene], Made], ...] = (
    *(appear, disappear, stand_back, come_back, pulse, light_up, pulse_back),
    *(fly, morph, grow, follow),
)


def main() -> None:
    """Draw every strip, and the page that shows them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    lines = ["# How a film moves", "", "`make gallery` draws these strips.", ""]
    for motion in MOTIONS:
        strip, told = drawn_strip(motion)
        path = PICTURES / f"{motion.__name__}.png"
        strip.quantize(COLORS).save(path, optimize=True)
        lines += [told, "", f"![{motion.__doc__}](../media/readme/motion/{path.name})", ""]
    PAGE.write_text("\n".join(lines), encoding="utf-8")


def drawn_strip(motion: Callable[[Scene], Made]) -> tuple[Image.Image, str]:
    """Its moments side by side, and what it is called."""
    register_fonts()
    with tempfile.TemporaryDirectory() as folder, manim_config(VIDEO, Path(folder), dry_run=True):
        scene = Scene(renderer=fast_renderer())
        cast(Camera, scene.camera).background_color = ManimColor(PAPER.page)
        made, told = motion(scene)
        for animation in made:
            animation._setup_scene(scene)
            animation.begin()
            if animation is not made[-1]:
                animation.finish()
                animation.clean_up_from_scene(scene)
        strip = Image.new("RGB", (len(MOMENTS) * VIDEO.width, VIDEO.height))
        for at, moment in enumerate(MOMENTS):
            made[-1].interpolate(moment)
            scene.renderer.update_frame(scene)
            picture = Image.fromarray(straight(scene.renderer.get_frame())[:, :, :3])
            strip.paste(picture, (at * VIDEO.width, 0))
    return strip, told


def _terms() -> list[Label]:
    texts = ("6.70", "+ 0.68", "+ 0.17", "− 0.63", "= 6.92")
    return [Label(text, 110, PAPER.ink).put(150 + 330 * at, 580) for at, text in enumerate(texts)]


def _plane() -> Plane:
    return Plane(Scale(0, 1), Scale(0, 1), Region(120, 80, 1800, 1000), ("x", "y"), PAPER)


if __name__ == "__main__":
    main()
