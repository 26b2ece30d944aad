"""Classes told apart by colour and by shape."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.drawing.layout import Values
from scenes.drawing.theme import Theme, series_colors
from scenes.parts.marks import Discs, Marks, straight_sides

Labels = npt.NDArray[np.int64]


def class_colors(theme: Theme, count: int) -> tuple[str, ...]:
    """The colour of each of so many classes; beyond the eighth grey, told apart by shape alone."""
    return series_colors(theme, count)


def class_marks(
    places: Values, labels: Labels, count: int, size: float, theme: Theme, opacity: float = 1.0
) -> VGroup:
    """A mark at each place, (n, 3), in colour and shape of its class: one mobject for each class.

    Args:
        labels: the class of each, (n,).
        count: how many classes there are.
        size: half of how wide a mark is, in pixels.
    """
    colors = class_colors(theme, count)
    return VGroup(
        *[
            class_mark(places[labels == at], at, size, color, opacity)
            for at, color in enumerate(colors)
        ]
    )


def class_mark(places: Values, at: int, size: float, color: str, opacity: float = 1.0) -> Marks:
    """The marks of one class, by its number, at places (n, 3)."""
    shape = at % (len(_CORNERS) + 1)
    if shape == 0:
        return Discs(places, size, color, opacity)
    corners = np.array(_CORNERS[shape - 1]) * size
    return Marks(straight_sides(corners), places, color, opacity)


def _star(points: int, inner: float) -> list[tuple[float, float]]:
    """The corners of a star, the first one at its top."""
    turns = np.pi / 2 + np.pi * np.arange(2 * points) / points
    reach = np.where(np.arange(2 * points) % 2, inner, 1.15)
    return [*zip(reach * np.cos(turns), reach * np.sin(turns))]


# Of all classes but the first, which has discs; all are about as large to the eye.
_CORNERS: Sequence[Sequence[tuple[float, float]]] = (
    ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),  # square
    ((0, 1.2), (-1.12, -0.8), (1.12, -0.8)),  # triangle
    ((0, 1.25), (-1.25, 0), (0, -1.25), (1.25, 0)),  # diamond
    ((0, -1.2), (1.12, 0.8), (-1.12, 0.8)),  # triangle on its tip
    _star(5, 0.5),
    (
        *((-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4), (-0.4, -1.1)),
        *((0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4), (0.4, 1.1)),
    ),  # plus
    _star(4, 0.42),
)
