"""The renderer is one of Manim's: it skips plays, takes others' writers, and knows of OpenGL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import (
    LEFT,
    UP,
    CairoRenderer,
    Circle,
    FadeIn,
    FadeOut,
    Scene,
    Square,
    UpdateFromAlphaFunc,
    tempconfig,
)
from manim.utils.testing._test_class_makers import DummySceneFileWriter

from scenes.engine import FastRenderer, fast_renderer

from .frames import ONE_STEP, FastFrames, ManimFrames, ManimRenderer, render, worst_pixel


class Skipped(Scene):
    """Looks at the picture after each play."""

    def construct(self) -> None:
        self.looks: list[np.ndarray] = []
        circle, square = Circle(fill_opacity=0.5), Square()
        plays: list[Callable] = [
            lambda: self.play(FadeIn(circle), run_time=0.4),
            lambda: self.wait(0.2),
            lambda: self.play(FadeIn(square), circle.animate.shift(LEFT), run_time=0.4),
            lambda: self.play(FadeOut(circle, shift=UP), run_time=0.4),
            lambda: self.play(UpdateFromAlphaFunc(square, lambda m, a: m.shift(a)), run_time=0.3),
        ]
        for play in plays:
            play()
            self.looks.append(self.renderer.get_frame())


@pytest.mark.parametrize("skipping", [{}, {"from_animation_number": 2}], ids=("all", "some"))
def test_a_skipped_play_leaves_the_picture_that_manim_draws(skipping: dict, small: Path) -> None:
    looks = []
    for renderer in (
        FastRenderer(FastFrames, skip_animations=not skipping),
        ManimRenderer(ManimFrames, skip_animations=not skipping),
    ):
        with tempconfig({"dry_run": True, **skipping}):
            scene = Skipped(renderer=renderer)
            scene.render()
        looks.append(scene.looks)
    assert worst_pixel(*looks) <= ONE_STEP


def test_after_skipped_plays_all_that_changed_is_sent(small: Path) -> None:
    with tempconfig({"from_animation_number": 2}):
        ours = render(Skipped, FastRenderer(FastFrames))
        theirs = render(Skipped, ManimRenderer(ManimFrames))
    assert worst_pixel(ours, theirs) <= ONE_STEP


def test_serves_in_manims_own_harness(small: Path) -> None:
    """It brings a writer of its own, and a camera's class, and asks for the last picture."""

    class Last(Scene):
        def construct(self) -> None:
            shape = Square(fill_opacity=1)
            self.play(FadeIn(shape), run_time=0.3)
            self.update_to_time(0.3)
            self.renderer.render(self, 1, self.moving_mobjects)

    frames = []
    for kind in (FastRenderer, CairoRenderer):
        with tempconfig({"dry_run": True}):
            renderer = kind(file_writer_class=DummySceneFileWriter, camera_class=None)
            scene = Last(renderer=renderer, skip_animations=True)
            scene.render()
        frames.append([scene.renderer.get_frame()])
        assert scene.renderer.file_writer.i == 4
    assert worst_pixel(*frames) == 0


def test_leaves_opengl_to_manim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Manim's command makes the renderer then, and a scene built without it makes its own."""
    made: list[Scene] = []

    class OwnRenderer(Exception):
        """Manim's OpenGL renderer was asked for."""

    def opengl_renderer() -> None:
        raise OwnRenderer

    monkeypatch.setattr("manim.scene.scene.OpenGLRenderer", opengl_renderer)
    with tempconfig({"renderer": "opengl"}), pytest.raises(OwnRenderer):
        made.append(Scene(renderer=fast_renderer()))
    assert isinstance(fast_renderer(), FastRenderer)
