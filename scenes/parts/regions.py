"""A plane divided by what a network says of each place: a region for each class."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import CapStyleType, LineJointType, ManimColor, VGroup, VMobject, interpolate_color

from epochreel.record.classes import probabilities_of
from epochreel.record.network import Network, outputs
from scenes.drawing.layout import Region, Values, point
from scenes.drawing.outlines import rectangles, straight
from scenes.drawing.scales import Scale
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors

TINT = 0.26  # of a class's colour on the page: marks and numbers are seen on it
STEP_ACROSS, STEP_DOWN = 16, 4  # pixels between the places that are asked for
OVER = 0.35  # pixels by which strips reach over their edges, so that none shows between two
EDGE = 3.0  # the width of a line between regions, in hundredths of a unit


def lattice(region: Region) -> tuple[Values, Values]:
    """Shares of a region's width and height, (columns,) and (rows,), at which a network is asked.

    Rows are in the middle of their strips, columns from one side to the other.
    """
    columns = max(2, round(region.width / STEP_ACROSS) + 1)
    rows = max(1, round(region.height / STEP_DOWN))
    return np.linspace(0, 1, columns), (np.arange(rows) + 0.5) / rows


def probabilities_at(
    network: Network,
    hyperparameters: Mapping[str, Any],
    state: int,
    region: Region,
    scales: tuple[Scale, Scale],
) -> Values:
    """What a network of two inputs says at the places of a region's lattice, in one state.

    Args:
        scales: of the first input, along the region, and of the second, up.

    Returns:
        The probability of each class, (rows, columns, classes), rows from the top down.
    """
    across, down = lattice(region)
    x, y = scales
    first, second = x.low + across * (x.high - x.low), y.high - down * (y.high - y.low)
    inputs = np.stack(np.meshgrid(first, second), axis=2)
    found = probabilities_of(
        outputs(network, state, inputs.reshape(-1, 2))[-1].astype(np.float32), hyperparameters
    )
    return found.reshape(*inputs.shape[:2], -1)


class Regions(VGroup):
    """The most probable class at every place, each class one mobject, and the lines between them.

    Args:
        classes: how many there are.

    Attributes:
        tints: the mobject of each class.
        edges: the lines between them.
    """

    def __init__(self, region: Region, classes: int, theme: Theme) -> None:
        self._region = region
        page = ManimColor(theme.page)
        self.tints = [
            VMobject(stroke_width=0).set_fill(interpolate_color(page, ManimColor(color), TINT), 1)
            for color in class_colors(theme, classes)
        ]
        self.edges = VMobject(
            stroke_color=theme.faint,
            stroke_width=EDGE,
            joint_type=LineJointType.ROUND,
            cap_style=CapStyleType.ROUND,
        )
        super().__init__(*self.tints, self.edges)

    def display(self, probabilities: Values) -> "Regions":
        """Show what is most probable where; (rows, columns, classes), rows from the top down."""
        strips = _strips(probabilities)
        for at, drawn in enumerate(self.tints):
            drawn.set_points(self._points(strips[strips[:, 0] == at, 1:], len(probabilities)))
        starts, ends = (self._places(ends, probabilities) for ends in _edges(probabilities))
        self.edges.set_points(straight(starts, ends, np.ones(len(starts))))
        return self

    def _places(self, lattice: Values, probabilities: Values) -> Values:
        """Points of the page for places (n, 2) of the lattice: row and column, also between."""
        region, (rows, columns, _) = self._region, probabilities.shape
        corner, far = point(region.left, region.top), point(region.right, region.bottom)
        shares = np.stack([lattice[:, 1] / (columns - 1), (lattice[:, 0] + 0.5) / rows], axis=1)
        flat = corner[:2] + shares * (far - corner)[:2]
        return np.concatenate([flat, np.zeros((len(flat), 1))], axis=1)

    def _points(self, strips: Values, rows: int) -> Values:
        """Rectangles from row, left and right, the last two as shares of the width."""
        region, height = self._region, self._region.height / rows
        tops = region.top + strips[:, 0] * height
        top, bottom = (tops - OVER).clip(min=region.top), tops + height + OVER
        left, right = (region.left + strips[:, at] * region.width for at in (1, 2))
        return rectangles(left, top, right, bottom.clip(max=region.bottom))


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


def _edges(probabilities: Values) -> tuple[Values, Values]:
    """Where one class ends and another begins: pieces of lines from (e, 2) to (e, 2), row, column.

    Of each class but the last its lead over the best of the others is followed where it is zero,
    from one side of every mesh of four places to another: marching squares.
    """
    found: list[Values] = [np.zeros((0, 2, 2))]
    for at in range(probabilities.shape[2] - 1):
        lead = probabilities[..., at] - np.delete(probabilities, at, axis=2).max(axis=2)
        found.append(_zero_lines(lead))
    pieces = np.concatenate(found)
    return pieces[:, 0], pieces[:, 1]


def _zero_lines(lead: Values) -> Values:
    """Pieces of lines (e, 2, 2) along which a field (rows, columns) is zero, by row and column."""
    above = (lead > 0).astype(int)
    mesh = above[:-1, :-1] + above[1:, :-1] + above[:-1, 1:] + above[1:, 1:]
    row, column = np.nonzero((mesh > 0) & (mesh < 4))
    if not len(row):
        return np.zeros((0, 2, 2))
    # The corners of each mesh in turn, and the first again.
    rows = row[:, None] + [0, 0, 1, 1, 0]
    columns = column[:, None] + [0, 1, 1, 0, 0]
    values = lead[rows, columns]
    before, behind = values[:, :-1], values[:, 1:]
    crossed = (before > 0) != (behind > 0)
    share = np.divide(before, before - behind, out=np.zeros_like(before), where=crossed)
    places = np.stack(
        [
            rows[:, :-1] + share * np.diff(rows, axis=1),
            columns[:, :-1] + share * np.diff(columns, axis=1),
        ],
        axis=2,
    )
    # Each mesh has two sides that are crossed, or four, which make two pieces.
    return places[crossed].reshape(-1, 2, 2)
