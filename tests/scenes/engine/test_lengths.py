"""Lengths of curves are Manim's, and known again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import (
    PI,
    RIGHT,
    UP,
    Circle,
    Dot,
    MoveAlongPath,
    Rotate,
    Scene,
    VMobject,
    bezier,
    linear,
)

from scenes.engine.lengths import measured_once

from .frames import fast_frames, manim_frames

MANIMS = VMobject.get_nth_curve_function_with_length


class Bulging(Circle):
    """Has its curves elsewhere than its points say."""

    bulge = 1.0

    def get_nth_curve_function(self, n: int) -> object:
        return bezier(self.get_nth_curve_points(n) * [1, self.bulge, 1])


class Follows(Scene):
    """On a path that turns and grows meanwhile."""

    def construct(self) -> None:
        path, dot = Circle(radius=2), Dot(radius=0.3)
        path.stretch(0.5, 1)
        self.add(path)
        self.play(
            Rotate(path, PI / 2, rate_func=linear),
            MoveAlongPath(dot, path, rate_func=linear),
            run_time=0.5,
        )


def test_what_follows_a_path_goes_where_manim_lets_it(small: Path) -> None:
    for ours, theirs in zip(fast_frames(Follows), manim_frames(Follows), strict=True):
        assert np.array_equal(ours, theirs)
    assert VMobject.get_nth_curve_function_with_length is MANIMS


def test_points_of_paths_are_manims() -> None:
    path = Circle(radius=2).stretch(0.3, 0)
    other = path.copy().shift(RIGHT).apply_function(lambda p: p + np.sin(p[1]) * UP)
    wanted = [where.point_from_proportion(0.3) for where in (path, other)]
    coarse = path.get_arc_length(sample_points_per_curve=3)
    with measured_once():
        for _ in range(2):
            found = [where.point_from_proportion(0.3) for where in (path, other)]
            assert np.array_equal(found, wanted)
            assert path.get_arc_length() != coarse
            assert path.get_arc_length(sample_points_per_curve=3) == coarse


def test_a_curve_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    path, asked = Circle(), []

    def counted(self: VMobject, n: int, sample_points: int | None = None) -> object:
        asked.append(n)
        return MANIMS(self, n, sample_points)

    monkeypatch.setattr(VMobject, "get_nth_curve_function_with_length", counted)
    with measured_once():
        for _ in range(3):
            path.point_from_proportion(0.4)
    assert asked == [*range(path.get_num_curves())]


def test_a_path_that_says_otherwise_is_asked_each_time() -> None:
    path = Bulging()
    path.rotate(0.7).stretch(2, 0)
    with measured_once():
        plain = path.get_arc_length()
        path.bulge = 2.0
        assert path.get_arc_length() > plain
    own = Circle()
    with measured_once():
        plain = own.get_arc_length()
        own.get_nth_curve_length_pieces = lambda n, sample_points: np.ones(3)
        assert own.get_arc_length() == 3 * own.get_num_curves() != plain


def test_manims_own_is_back_whatever_happens() -> None:
    with pytest.raises(ZeroDivisionError), measured_once():
        1 / 0  # noqa: B018
    assert VMobject.get_nth_curve_function_with_length is MANIMS
