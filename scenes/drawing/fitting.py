"""In which notation a column's numbers fit its room, and how much room they need."""

from collections.abc import Sequence

from epochreel.numbers import MANY, Notation, notations
from scenes.drawing.layout import SMALL, Values

DIGIT, POINT = 0.555, 0.278  # advances in em; a minus is as wide as a digit
MOST_TRIED = 4000  # values whose digits are counted one by one
# Pixels of a column on the page of the epochs; no page that shows samples in columns has less.
INPUT_WIDTH, TARGET_WIDTH, PREDICTION_WIDTH = 120, 130, 204


class NumberShape:
    """Room for every number that will stand in a place: digits before and behind the point."""

    def __init__(self, values: Values, notation: Notation) -> None:
        pairs = [notation.text(value).partition(".") for value in _widest(values)]
        self.before = max(len(whole) for whole, _, _ in pairs)
        self.behind = max(len(decimals) for _, _, decimals in pairs)
        for value in values.ravel()[:: 1 + values.size // MOST_TRIED]:
            if self.behind >= notation.decimals:
                break
            self.behind = max(self.behind, len(notation.text(value).partition(".")[2]))

    def left_width(self, size: float) -> float:
        """Pixels from the left edge to the decimal point."""
        return self.before * DIGIT * size

    def width(self, size: float) -> float:
        """Pixels of the widest number."""
        tail = POINT + self.behind * DIGIT if self.behind else 0
        return self.left_width(size) + tail * size


def fitting(
    values: Values, width: float, standing: Values | None = None, decimals: int | None = None
) -> Notation:
    """The most exact notation in which all numbers of a column fit `width` pixels.

    For `values`, `standing` and `decimals` see `notations`.
    """
    known = [*notations(values, standing, decimals)]
    fits = (each for each in known if NumberShape(values, each).width(SMALL) <= width)
    return next(fits, known[-1])


def input_notation(inputs: Values, decimals: int | None) -> Notation:
    """How a film writes each sample's input, (samples,), wherever it stands."""
    return fitting(inputs, INPUT_WIDTH, decimals=decimals)


def target_notation(targets: Values, decimals: int | None) -> Notation:
    """How a film writes each sample's true value, (samples,), wherever it stands."""
    return fitting(targets, TARGET_WIDTH, decimals=decimals)


def prediction_notation(
    predictions: Values, shown: Sequence[int], decimals: int | None
) -> Notation:
    """How a film writes predictions, (epochs, samples), of which it holds the `shown` states."""
    return fitting(predictions, PREDICTION_WIDTH, predictions[[*shown]], decimals)


def _widest(values: Values) -> list[float]:
    """Of both signs the largest, the largest without a power of ten, and the smallest.

    One of them has the most digits before a point, and one the longest power of ten.
    """
    sizes = [values[values > 0], -values[values < 0]]
    ends = []
    for size, sign in zip(sizes, (1, -1)):
        if size.size:
            level = size[size < MANY]
            ends += [sign * float(end) for end in (size.min(), size.max(), level.max(initial=0))]
    return ends or [0.0]
