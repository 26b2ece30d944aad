"""A plane divided by what a network says of each place: a region for each class."""

import numpy as np
from manim import ManimColor, VGroup, VMobject, interpolate_color

from scenes.drawing.layout import UNIT, Region, Values, point
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors

TINT = 0.26  # of a class's colour on the page: marks and numbers are seen on it
STEP_ACROSS, STEP_DOWN = 16, 4  # pixels between the places that are asked for
OVER = 0.35  # pixels by which strips reach over their edges, so that none shows between two


def lattice(region: Region) -> tuple[Values, Values]:
    """Shares of a region's width and height, (columns,) and (rows,), at which a network is asked.

    Rows are in the middle of their strips, columns from one side to the other.
    """
    columns = max(2, round(region.width / STEP_ACROSS) + 1)
    rows = max(1, round(region.height / STEP_DOWN))
    return np.linspace(0, 1, columns), (np.arange(rows) + 0.5) / rows


class Regions(VGroup):
    """The most probable class at every place, each class one mobject.

    Args:
        classes: how many there are.
    """

    def __init__(self, region: Region, classes: int, theme: Theme) -> None:
        self._region = region
        page = ManimColor(theme.page)
        super().__init__(
            *[
                VMobject(stroke_width=0).set_fill(
                    interpolate_color(page, ManimColor(color), TINT), 1
                )
                for color in class_colors(theme, classes)
            ]
        )

    def display(self, probabilities: Values) -> "Regions":
        """Show what is most probable where; (rows, columns, classes), rows from the top down."""
        strips = _strips(probabilities)
        for at, drawn in enumerate(self):
            drawn.set_points(self._points(strips[strips[:, 0] == at, 1:], len(probabilities)))
        return self

    def _points(self, strips: Values, rows: int) -> Values:
        """Rectangles from row, left and right, the last two as shares of the width."""
        region = self._region
        corner, far = point(region.left, region.top), point(region.right, region.bottom)
        height = (corner[1] - far[1]) / rows
        top = corner[1] - strips[:, 0] * height + OVER * UNIT
        bottom = top - height - 2 * OVER * UNIT
        left, right = (corner[0] + strips[:, at] * (far[0] - corner[0]) for at in (1, 2))
        x = np.stack([left, right, right, left, left], axis=1)
        y = np.stack([top, top, bottom, bottom, top], axis=1).clip(far[1], corner[1])
        corners = np.stack([x, y, np.zeros_like(x)], axis=2)
        thirds = np.linspace(0, 1, 4)[:, None]
        sides = corners[:, :-1, None] + (corners[:, 1:] - corners[:, :-1])[:, :, None] * thirds
        return sides.reshape(-1, 3)


def _strips(probabilities: Values) -> Values:
    """Runs of one class along the rows: class, row, left, right; ends between columns are exact."""
    rows, columns, _ = probabilities.shape
    best = probabilities.argmax(axis=2)
    row, column = np.nonzero(best[:, 1:] != best[:, :-1])
    here, there = best[row, column], best[row, column + 1]
    left, right = probabilities[row, column], probabilities[row, column + 1]
    at = np.arange(len(row))
    before = left[at, here] - left[at, there]
    behind = right[at, there] - right[at, here]
    total = before + behind
    share = np.divide(before, total, out=np.full_like(before, 0.5), where=total > 0)
    ends = (column + share) / (columns - 1)
    all_rows = np.arange(rows)
    starts = np.concatenate(
        [
            np.stack([all_rows, np.zeros(rows), best[:, 0]], axis=1),
            np.stack([row, ends, there], axis=1),
        ]
    )
    starts = starts[np.lexsort((starts[:, 1], starts[:, 0]))]
    last = np.ones(len(starts), dtype=bool)
    last[:-1] = starts[1:, 0] != starts[:-1, 0]
    stops = np.where(last, 1.0, np.roll(starts[:, 1], -1))
    return np.stack([starts[:, 2], starts[:, 0], starts[:, 1], stops], axis=1)
