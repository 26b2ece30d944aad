"""Curves whose length Manim knows again.

To find a point on a path, Manim evaluates ten points on each of its curves, every time that it is
asked: of something that moves along a graph that is most of the work of a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING

from manim import VMobject

if TYPE_CHECKING:
    from manim.typing import Point3D

# What Manim asks of a path to measure its curves.
ASKED = ("get_nth_curve_points", "get_nth_curve_function", "get_nth_curve_length_pieces")
answers = attrgetter(*ASKED)
MANIMS = answers(VMobject)

Measured = tuple[Callable[[float], "Point3D"], float]


@contextmanager
def measured_once() -> Iterator[None]:
    """Within it, a curve of the same points is measured once; lengths are Manim's own."""
    manims = VMobject.get_nth_curve_function_with_length
    lengths: dict[tuple[bytes, int | None], float] = {}

    def measure(path: VMobject, n: int, sample_points: int | None = None) -> Measured:
        # A class, or a path of its own, may say otherwise where its curves are and how long.
        if answers(type(path)) != MANIMS or not vars(path).keys().isdisjoint(ASKED):
            return manims(path, n, sample_points)
        key = (path.get_nth_curve_points(n).tobytes(), sample_points)
        if key in lengths:
            return path.get_nth_curve_function(n), lengths[key]
        curve, lengths[key] = manims(path, n, sample_points)
        return curve, lengths[key]

    VMobject.get_nth_curve_function_with_length = measure  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        VMobject.get_nth_curve_function_with_length = manims  # type: ignore[method-assign]
