"""All parameters of a network as matrices: w1, b1, w2, b2, ... with their brackets."""

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Dot, VGroup, VMobject

from scenes.drawing.layout import SMALL, UNIT, Region, point
from scenes.drawing.sampling import Extract, extract
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers, NumberShape, Values
from scenes.drawing.theme import Theme
from scenes.parts.columns import vertical_dots

ROW = 36
NUMBER_GAP, BLOCK_GAP, BRACKET = 20, 26, 14
SKIP = 42  # room for the dots of columns left out
# What is tried in turn until all matrices fit: rows, columns, decimals.
LIMITS = [
    (rows, columns, decimals)
    for rows, columns in ((16, 16), (6, 6), (4, 4), (3, 3), (2, 2))
    for decimals in (8, 6, 4, 3)
]


class Matrix(VGroup):
    """A named matrix in brackets; where it is not whole, dots stand in and its shape follows.

    Args:
        states: every value it will show, (epochs, rows, columns).
    """

    def __init__(
        self,
        name: str,
        states: Values,
        part: Extract,
        decimals: int,
        corner: tuple[float, float],
        name_width: float,
        theme: Theme,
    ) -> None:
        self.part = part
        measure = MatrixMeasure(states, part, decimals)
        x, top = corner
        left = x + name_width + BRACKET
        self.numbers = Numbers(
            part.of(states[0]),
            measure.points(left),
            measure.bases(top),
            theme.ink,
            decimals=decimals,
        )
        bottom = top + measure.height
        right = left + measure.inner_width
        middle = (top + bottom) / 2 + CAP_HEIGHT * SMALL / 2
        label = Label(f"{name} =", SMALL, theme.accent).put(x + name_width - 10, middle, 1)
        brackets = VGroup(
            _bracket(left - 4, top, bottom, 7, theme), _bracket(right + 4, top, bottom, -7, theme)
        )
        super().__init__(label, brackets, self.numbers, *measure.dots(left, top, theme.ink))
        if not part.complete:
            text = "{}×{}".format(*part.shape)
            self.add(Label(text, SMALL, theme.faint).put(right + BRACKET, middle))

    def display(self, matrix: Values) -> "Matrix":
        """Put the values of the whole matrix, (rows, columns), in its places."""
        self.numbers.display(self.part.of(matrix))
        return self


class MatrixMeasure:
    """How large a matrix is before it is drawn, in pixels."""

    def __init__(self, states: Values, part: Extract, decimals: int) -> None:
        self.part = part
        self.shapes = [
            NumberShape(states[:, part.rows, column], decimals) for column in part.columns
        ]
        self.skips_row = len(part.rows) < part.shape[0]
        self.skips_column = len(part.columns) < part.shape[1]

    @property
    def inner_width(self) -> float:
        columns = sum(shape.width(SMALL) for shape in self.shapes)
        return columns + NUMBER_GAP * (len(self.shapes) - 1) + 2 * 8 + SKIP * self.skips_column

    @property
    def height(self) -> float:
        return ROW * (len(self.part.rows) + self.skips_row)

    def width(self, name_width: float) -> float:
        shape = "{}×{}".format(*self.part.shape)
        note = 0 if self.part.complete else len(shape) * SMALL * 0.56 + BRACKET
        return name_width + 2 * BRACKET + self.inner_width + note

    def points(self, left: float) -> list[float]:
        """X of each column's decimal point."""
        x, points = left + 8, []
        for at, shape in enumerate(self.shapes):
            if self.skips_column and at == len(self.shapes) - 1:
                x += SKIP
            points.append(x + shape.left_width(SMALL))
            x += shape.width(SMALL) + NUMBER_GAP
        return points

    def bases(self, top: float) -> list[float]:
        """Y of each row's base line."""
        first = top + ROW / 2 + CAP_HEIGHT * SMALL / 2
        last = len(self.part.rows) - 1
        return [first + ROW * (at + (self.skips_row and at == last)) for at in range(last + 1)]

    def dots(self, left: float, top: float, color: str) -> list[VGroup]:
        """Where rows or columns are left out."""
        dots = []
        if self.skips_row:
            y = top + ROW * (len(self.part.rows) - 0.5)
            dots.append(vertical_dots(left + self.inner_width / 2, y, color))
        if self.skips_column:
            x = (
                left
                + self.inner_width
                - 8
                - self.shapes[-1].width(SMALL)
                - NUMBER_GAP
                - SKIP / 2
                + NUMBER_GAP / 2
            )
            y = top + self.height / 2
            dots.append(
                VGroup(*[Dot(point(x + d, y), radius=2.6 * UNIT, color=color) for d in (-9, 0, 9)])
            )
        return dots


class ParameterPanel(VGroup):
    """Every layer's kernel and bias, flowing from left to right and top to bottom in a region.

    Args:
        parameters: per layer the recorded `kernel` (epochs, inputs, units) and `bias`
            (epochs, units).
    """

    def __init__(
        self, parameters: Sequence[Mapping[str, Values]], region: Region, theme: Theme
    ) -> None:
        names = [
            (f"{letter}{number}", as_matrices(layer[kind]))
            for number, layer in enumerate(parameters, start=1)
            for letter, kind in (("w", "kernel"), ("b", "bias"))
            if kind in layer
        ]
        self.left_out = 0
        for limit in LIMITS:
            places = _flow(names, limit, region)
            if places is not None:
                break
        else:
            # Too many layers for the page: the first and the last, and the count of the rest.
            self.left_out = len(names) - 4
            names = names[:2] + names[-2:]
            places = _flow(names, LIMITS[-1], region) or []
        self.matrices = [
            Matrix(name, states, part, limit[2], corner, width, theme)
            for (name, states), (part, corner, width) in zip(names, places)
        ]
        super().__init__(*self.matrices)

    def display(self, parameters: Sequence[Mapping[str, Values]]) -> "ParameterPanel":
        """Put the parameters of one epoch in their places, per layer `kernel` and `bias`."""
        states = [
            layer[kind] for layer in parameters for kind in ("kernel", "bias") if kind in layer
        ]
        if self.left_out:
            states = states[:2] + states[-2:]
        for matrix, values in zip(self.matrices, states):
            matrix.display(np.atleast_2d(values))
        return self


def as_matrices(states: Values) -> Values:
    """(epochs, units) or (epochs, inputs, units) as (epochs, rows, columns)."""
    return states[:, None, :] if states.ndim == 2 else states


Placed = tuple[Extract, tuple[float, float], float]


def _flow(
    names: Sequence[tuple[str, Values]], limit: tuple[int, int, int], region: Region
) -> list[Placed] | None:
    """Where each matrix goes with this limit, or None where they do not all fit.

    A bias stands under its kernel.
    """
    rows, columns, decimals = limit
    name_width = 72.0
    places: list[Placed] = []
    x, top, line_height = region.left, region.top, 0.0
    at = 0
    while at < len(names):
        block = [names[at]]
        if at + 1 < len(names) and names[at + 1][0][0] == "b":
            block.append(names[at + 1])
        measures = []
        for _, states in block:
            part = extract((states.shape[1], states.shape[2]), rows, columns)
            measures.append(MatrixMeasure(states, part, decimals))
        width = max(measure.width(name_width) for measure in measures)
        height = sum(measure.height for measure in measures) + 8 * (len(measures) - 1)
        if x > region.left and x + width > region.right:
            x, top, line_height = region.left, top + line_height + 16, 0.0
        if x + width > region.right or top + height > region.bottom:
            return None
        y = top
        for measure in measures:
            places.append((measure.part, (x, y), name_width))
            y += measure.height + 8
        x, line_height = x + width + BLOCK_GAP, max(line_height, height)
        at += len(block)
    return places


def _bracket(x: float, top: float, bottom: float, lip: float, theme: Theme) -> VMobject:
    corners = [(x + lip, top + 2), (x, top + 2), (x, bottom - 2), (x + lip, bottom - 2)]
    bracket = VMobject(stroke_color=theme.line, stroke_width=2.5)
    return bracket.set_points_as_corners([point(*corner) for corner in corners])
