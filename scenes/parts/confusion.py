"""How often each class was taken for which: the confusion matrix, as it fills its diagonal."""

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Rectangle, VGroup, interpolate_color

from epochreel.lecture.words import Words
from epochreel.numbers import Notation
from scenes.drawing.fitting import DIGIT
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, SMALL, UNIT, Region, point
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.table import named

MOST_CLASSES = 10
STRONGEST = 0.5  # of its colour, in a cell that holds its whole row
MARK = 12.0
WIDEST_NAME = 300.0
Counts = npt.NDArray[np.int64]


def confusions(true: Counts, predicted: Counts, classes: int) -> Counts:
    """How many samples of each class were taken for which: (E, classes, classes), true ones first.

    Args:
        true: (n,).
        predicted: (E, n).
    """
    places = true * classes + predicted
    return np.stack(
        [np.bincount(each, minlength=classes**2).reshape(classes, classes) for each in places]
    )


class Confusion(VGroup):
    """A cell for each pair of classes: true ones down, predicted ones across.

    Right ones are on the diagonal, in the colour of the truth, all others in that of the loss.
    Of more than MOST_CLASSES classes the first are shown.

    Args:
        counts: all that will ever stand here, (E, classes, classes).
    """

    def __init__(
        self, names: tuple[str, ...], counts: Counts, region: Region, words: Words, theme: Theme
    ) -> None:
        shown = self.shown = min(len(names), MOST_CLASSES)
        self._theme = theme
        widest = max(text_width(name, SMALL) for name in names[:shown])
        side = min(widest, WIDEST_NAME) + 3 * MARK + GAP
        across = region.width - side - 60
        size = min((region.height - 130) / shown, across / shown, 245.0)
        wide = min(across / shown, max(size, 1.0 * min(widest, WIDEST_NAME) + 3 * MARK))
        left = region.x - (side + wide * shown) / 2 + side
        top = region.top + 110
        self.cells = [
            [
                Region(
                    left + at * wide,
                    top + row * size,
                    left + (at + 1) * wide,
                    top + (row + 1) * size,
                )
                for at in range(shown)
            ]
            for row in range(shown)
        ]
        self._boxes = [
            Rectangle(
                width=(wide - 4) * UNIT,
                height=(size - 4) * UNIT,
                stroke_width=2.5 if row == at else 0,
                stroke_color=theme.truth,
                fill_opacity=1,
            ).move_to(cell.center)
            for row, cells in enumerate(self.cells)
            for at, cell in enumerate(cells)
        ]
        digits = len(str(counts.max()))
        self.numbers = Numbers(
            np.zeros((shown, shown)),
            [cell.x + digits * DIGIT * BODY / 2 for cell in self.cells[0]],
            [cells[0].y + CAP_HEIGHT * BODY / 2 for cells in self.cells],
            theme.ink,
            Notation(0),
            BODY,
        )
        self.names = self._names(names[:shown], left, top, wide, words)
        super().__init__(*self._boxes, self.numbers, self.names)

    def display(self, counts: Counts) -> "Confusion":
        """Show (classes, classes), true ones first."""
        theme, shown = self._theme, self.shown
        ground = ManimColor(theme.panel)
        whole = np.maximum(counts.sum(axis=1), 1)
        for at, box in enumerate(self._boxes):
            row, column = divmod(at, shown)
            color = ManimColor(theme.truth if row == column else theme.loss)
            share = float(counts[row, column] / whole[row])
            box.set_fill(interpolate_color(ground, color, STRONGEST * share), 1)
        self.numbers.display(counts[:shown, :shown].astype(float))
        return self

    def _names(
        self, names: tuple[str, ...], left: float, top: float, wide: float, words: Words
    ) -> VGroup:
        """The classes at the left and above, and what they are there."""
        theme, drawn = self._theme, VGroup()
        colors = class_colors(theme, len(names))
        for at, (name, color) in enumerate(zip(names, colors)):
            cell = self.cells[at][0]
            label = named(name, 0, 0, WIDEST_NAME, theme.ink)
            label.put(left - GAP, cell.y + CAP_HEIGHT * SMALL / 2, 1)
            place = left - GAP - label.width_px - 1.6 * MARK
            drawn.add(label, class_mark(point(place, cell.y)[None], at, MARK, color))
            (line, *_), size = lines_or_cut(
                name, wide - 3 * MARK - 8, SMALL, 1, f"The class {name!r}"
            )
            above = Label(line, size, theme.ink)
            x = self.cells[0][at].x - (above.width_px + 2.6 * MARK) / 2
            mark = class_mark(point(x + MARK, top - 30)[None], at, MARK, color)
            drawn.add(mark, above.put(x + 2.6 * MARK, top - 30 + CAP_HEIGHT * SMALL / 2))
        predicted = Label(words("predicted class"), SMALL, theme.prediction, weight=BOLD)
        drawn.add(predicted.put(left, top - 74))
        true = Label(words("true class"), SMALL, theme.truth, weight=BOLD)
        drawn.add(true.put(left - GAP, top - 30 + CAP_HEIGHT * SMALL / 2, 1))
        return drawn
