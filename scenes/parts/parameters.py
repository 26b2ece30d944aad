"""All parameters of a network as matrices: w1, b1, w2, b2, ... with their brackets."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from manim import Dot, VGroup, VMobject

from scenes.drawing.arrangement import Placed, arrange
from scenes.drawing.layout import SMALL, UNIT, Region, Values, point
from scenes.drawing.matrices import BRACKET, NAME, NUMBER_GAP, PADDING, ROW, SKIP, Measure, States
from scenes.drawing.names import LETTERS, parameter_name
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.columns import vertical_dots


class Matrix(VGroup):
    """A named matrix in brackets; where it is cut, dots stand in and its shape follows."""

    def __init__(self, placed: Placed, theme: Theme) -> None:
        measure, top = placed.measure, placed.top
        self.part = measure.part
        left = placed.left + NAME + BRACKET
        right, bottom = left + measure.inner_width, top + measure.height
        to_base = CAP_HEIGHT * SMALL / 2
        bases = [middle + to_base for middle in measure.middles(top)]
        self.numbers = Numbers(
            self.part.of(measure.states.values[0]),
            measure.points(left),
            bases,
            theme.ink,
            measure.notation,
        )
        base = (top + bottom) / 2 + to_base
        label = Label(f"{measure.states.name} =", SMALL, theme.accent)
        super().__init__(
            label.put(left - BRACKET - 10, base, 1),
            _bracket(left - 4, top, bottom, 7, theme),
            _bracket(right + 4, top, bottom, -7, theme),
            self.numbers,
            *_dots(measure, left, top, theme.ink),
        )
        self.is_cut = bool(measure.note)
        if measure.note:
            self.add(Label(measure.note, SMALL, theme.faint).put(right + BRACKET, base))

    def display(self, matrix: Values) -> "Matrix":
        """Put the values of the whole matrix, (rows, columns), in its places."""
        self.numbers.display(self.part.of(matrix))
        return self


class ParameterPanel(VGroup):
    """Every layer's kernel and bias, flowing from left to right and top to bottom in a region.

    Args:
        parameters: per layer the recorded `kernel` (epochs, inputs, units) and `bias`
            (epochs, units).
        standing: which of the epochs stand still.
        decimals: how many a lecture asks for at most.

    Attributes:
        left_out: how many matrices have no room.
    """

    def __init__(
        self,
        parameters: Sequence[Mapping[str, Values]],
        standing: Sequence[int],
        region: Region,
        theme: Theme,
        decimals: int | None = None,
    ) -> None:
        layers = [
            [
                States(parameter_name(number, kind), states, states[[*standing]])
                for kind, states in _matrices(layer)
            ]
            for number, layer in enumerate(parameters)
        ]
        places = arrange(layers, region, decimals) if layers else {}
        self._layers = [*places]
        self.matrices = [Matrix(placed, theme) for placed in chain.from_iterable(places.values())]
        self.left_out = sum(map(len, layers)) - len(self.matrices)
        super().__init__(*self.matrices)

    @property
    def is_whole(self) -> bool:
        """Whether every number of every matrix is there."""
        return not self.left_out and not any(matrix.is_cut for matrix in self.matrices)

    def display(self, parameters: Sequence[Mapping[str, Values]]) -> "ParameterPanel":
        """Put the parameters of one epoch in their places, per layer `kernel` and `bias`."""
        states = chain.from_iterable(_matrices(parameters[at]) for at in self._layers)
        for matrix, (_, values) in zip(self.matrices, states):
            matrix.display(values)
        return self


def _matrices(layer: Mapping[str, Values]) -> Iterator[tuple[str, Values]]:
    """A layer's kernel and its bias, if it has one: a matrix of one row."""
    for kind in LETTERS:
        if kind in layer:
            yield kind, layer[kind] if kind == "kernel" else layer[kind][..., None, :]


def _dots(measure: Measure, left: float, top: float, color: str) -> Iterator[VGroup]:
    """Three of them in each column whose rows, and in each row whose columns are left out."""
    last = len(measure.part.rows) - 1
    if measure.skips_row:
        for dot, shape in zip(measure.points(left), measure.shapes):
            middle = dot - shape.left_width(SMALL) + shape.width(SMALL) / 2
            yield vertical_dots(middle, top + ROW * (last + 0.5), color)
    if measure.skips_column:
        right = left + measure.inner_width - PADDING - measure.shapes[-1].width(SMALL)
        x = right - (SKIP + NUMBER_GAP) / 2
        for y in measure.middles(top):
            yield VGroup(
                *[Dot(point(x + step, y), radius=2.6 * UNIT, color=color) for step in (-9, 0, 9)]
            )


def _bracket(x: float, top: float, bottom: float, lip: float, theme: Theme) -> VMobject:
    corners = [(x + lip, top + 2), (x, top + 2), (x, bottom - 2), (x + lip, bottom - 2)]
    bracket = VMobject(stroke_color=theme.line, stroke_width=2.5)
    return bracket.set_points_as_corners([point(*corner) for corner in corners])
