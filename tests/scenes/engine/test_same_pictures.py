"""The engine draws, frame by frame, what Manim draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import LEFT, UP, Dot, Rectangle, Scene, Text, ValueTracker

from scenes.engine import FastRenderer, camera, drawables

from .frames import (
    ONE_STEP,
    SIZE,
    FastFrames,
    fast_frames,
    largest_difference,
    manim_frames,
    render,
    worst_pixel,
)
from .small_scenes import SCENES

# Mean absolute difference of 255 in any frame; the film's limit is 0.5, but these pages
# are nearly empty, and what is drawn on them should not hide in what is not.
TOLERANCE = 0.02


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # Pillow 12
@pytest.mark.parametrize("name", SCENES)
def test_every_frame_is_manims(name: str, small: Path) -> None:
    theirs = manim_frames(SCENES[name])
    assert len(theirs) > 2
    assert worst_pixel(fast_frames(SCENES[name]), theirs) <= ONE_STEP


def test_a_shift_by_one_pixel_is_seen(small: Path) -> None:
    frames = manim_frames(SCENES["creation"])
    shifted = [np.roll(frame, 1, axis=1) for frame in frames]
    assert largest_difference(shifted, frames) > TOLERANCE


@pytest.mark.parametrize(("name", "field"), [("points_in_place", 0), ("colours_in_place", 1)])
def test_a_change_that_goes_unnoticed_is_seen(
    name: str, field: int, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_key = camera.key_of

    def blind(*asked: Any) -> tuple:
        key = whole_key(*asked)
        return key[:field] + key[field + 1 :]

    monkeypatch.setattr(camera, "key_of", blind)
    assert largest_difference(fast_frames(SCENES[name]), manim_frames(SCENES[name])) > TOLERANCE


def test_a_box_too_small_is_seen(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawables, "MITER_LIMIT", 1.0)
    monkeypatch.setattr(drawables, "_stroke_reach", lambda vmobject: 0.0)
    ours = fast_frames(SCENES["strokes"])
    assert largest_difference(ours, manim_frames(SCENES["strokes"])) > TOLERANCE


def test_only_what_changed_is_sent(small: Path) -> None:
    """A small dot that moves over a full page costs its own pixels, and a hold none."""

    class Page(Scene):
        def construct(self) -> None:
            dot = Dot(3 * LEFT)
            self.add(Text("page"), Rectangle(width=13, height=7, fill_opacity=1), dot)
            self.wait(0.5)
            self.play(dot.animate.shift(UP), run_time=0.5)
            self.wait(0.5)
            self.wait(0.5)

    renderer = FastRenderer(FastFrames)
    render(Page, renderer)
    first, *rest = renderer.file_writer.pixels_sent
    assert first == SIZE[0] * SIZE[1]
    assert 0 < max(rest) < first / 50
    assert rest[-1] == 0


def test_what_has_no_picture_costs_none(small: Path) -> None:
    """A tracker that plays is a mobject of the scene, and one with points."""

    class Tracked(Scene):
        def construct(self) -> None:
            tracker, dot = ValueTracker(-3), Dot()
            dot.add_updater(lambda mobject: mobject.set_x(tracker.get_value()))
            self.add(Text("page"), dot)
            self.play(tracker.animate.set_value(3), run_time=0.5)

    renderer = FastRenderer(FastFrames)
    render(Tracked, renderer)
    first, *rest = renderer.file_writer.pixels_sent
    assert 0 < max(rest) < first / 50
