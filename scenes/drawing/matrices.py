"""How large a matrix is on a page, before it is drawn: its numbers, its brackets, its name."""

from dataclasses import dataclass
from functools import cached_property

from epochreel.numbers import Notation, notations
from scenes.drawing.fitting import NumberShape
from scenes.drawing.layout import SMALL, Values
from scenes.drawing.sampling import Extract

ROW = 36  # from one row of a matrix to the next
NAME, BRACKET, PADDING = 72, 14, 8  # pixels: the name, beside a bracket, inside of it
NUMBER_GAP = 20
SKIP = 42  # the dots of columns that are left out


@dataclass(frozen=True, eq=False)
class States:
    """A matrix at every epoch.

    Attributes:
        values: (epochs, rows, columns).
        standing: the states that stand still; (shown epochs, rows, columns).
    """

    name: str
    values: Values
    standing: Values

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.values.shape[1], self.values.shape[2]


@dataclass(frozen=True, eq=False)
class Measure:
    """A matrix, and which part of it is shown; all sizes in pixels.

    Attributes:
        decimals: how many there is room for.
        asked: how many the lecture asks for at most, if it does.
    """

    states: States
    part: Extract
    decimals: int
    asked: int | None

    @cached_property
    def notation(self) -> Notation:
        """How all its numbers are written: if they can be without powers of ten, they are."""
        shown, standing = self.part.of(self.states.values), self.part.of(self.states.standing)
        known = [*notations(shown, standing, self.asked)]
        alike = [each for each in known if each.powers is known[0].powers]
        return next((each for each in alike if each.decimals <= self.decimals), alike[-1])

    @cached_property
    def shapes(self) -> list[NumberShape]:
        """The room of each column's numbers."""
        shown = self.part.of(self.states.values)
        return [NumberShape(shown[..., at], self.notation) for at in range(len(self.part.columns))]

    @property
    def skips_row(self) -> bool:
        """Whether rows are left out."""
        return len(self.part.rows) < self.part.shape[0]

    @property
    def skips_column(self) -> bool:
        """Whether columns are left out."""
        return len(self.part.columns) < self.part.shape[1]

    @property
    def note(self) -> str:
        """The shape, where not all is shown."""
        return "" if self.part.complete else "{}×{}".format(*self.part.shape)

    @cached_property
    def inner_width(self) -> float:
        """Between the brackets."""
        columns = sum(shape.width(SMALL) for shape in self.shapes)
        gaps = NUMBER_GAP * (len(self.shapes) - 1) + SKIP * self.skips_column
        return columns + gaps + 2 * PADDING

    @property
    def width(self) -> float:
        """With the name, the brackets and the note."""
        note = len(self.note) * SMALL * 0.56 + BRACKET if self.note else 0
        return NAME + 2 * BRACKET + self.inner_width + note

    @property
    def height(self) -> float:
        return ROW * (len(self.part.rows) + self.skips_row)

    def points(self, left: float) -> list[float]:
        """X of each column's decimal point, in a matrix whose inside begins at `left`."""
        x, points = left + PADDING, []
        for at, shape in enumerate(self.shapes):
            if self.skips_column and at == len(self.shapes) - 1:
                x += SKIP
            points.append(x + shape.left_width(SMALL))
            x += shape.width(SMALL) + NUMBER_GAP
        return points

    def middles(self, top: float) -> list[float]:
        """Y of each row's middle, in a matrix that begins at `top`."""
        last = len(self.part.rows) - 1
        return [top + ROW * (at + 0.5 + (self.skips_row and at == last)) for at in range(last + 1)]
