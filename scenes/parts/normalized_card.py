"""A Normalization layer at work on a sample: what the first neurons get, and how it comes about."""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Mobject, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import approximate, read
from epochreel.record.view import View
from scenes.drawing.fitting import input_notation
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, Region, Values
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.page import card

DIGITS, MORE = 3, range(4, 8)  # significant ones of what comes out; of mean and deviation
NOTHING = 1e-6  # a result that is 0 but for its rounding
INSET, HEAD, NOTE, PITCH, FOOT = 28, 62, 42, 46, 30  # pixels


@dataclass(frozen=True)
class Normalized:
    """One input: its value, the layer's mean and standard deviation, and what comes of them.

    All as they are shown, in as few digits as make the arithmetic on them come true.
    """

    value: str
    mean: str
    deviation: str
    result: str

    @property
    def asked(self) -> str:
        """The quotient with its numbers put in."""
        mean = f"({self.mean})" if read(self.mean) < 0 else self.mean
        return f"({self.value} − {mean}) / {self.deviation}"


def normalized(
    view: View, at: int, sample: int, units: Sequence[int], results: Values
) -> list[Normalized]:
    """What the first layer makes of a sample's inputs, if it is a Normalization and stands alone.

    Args:
        view: reads `inputs`, `layers`, `dense`, `parameters` and `decimals`.
        units: the inputs that are shown.
        results: what comes out of that layer, (inputs,).
    """
    before = [layer.type for layer in view.layers[: view.dense[0]]]
    if before != ["Normalization"] or view.inputs.ndim != 2:
        return []
    held = view.parameters[0]
    means, variances = (held[name][at].ravel() for name in ("mean", "variance"))
    if not (variances > 0).all():
        return []  # Keras then divides by something else
    return [
        _worked(
            input_notation(view.inputs[:, unit], view.decimals).text(view.inputs[sample, unit]),
            float(means[unit]),
            float(variances[unit]) ** 0.5,
            float(results[unit]),
        )
        for unit in units
    ]


def _worked(value: str, mean: float, deviation: float, result: float) -> Normalized:
    wanted = _shown(result)
    for digits in MORE:
        shown = approximate(mean, digits), approximate(deviation, digits)
        if _shown(float((read(value) - read(shown[0])) / read(shown[1]))) == wanted:
            break
    return Normalized(value, *shown, wanted)


def _shown(result: float) -> str:
    """In few digits; a float32's rest of a difference of equal numbers is none."""
    return "0" if abs(result) < NOTHING else approximate(result, DIGITS)


class NormalizedCard(VGroup):
    """In the middle of a region the layer's name and its formula, and a line for each input."""

    def __init__(
        self, rows: Sequence[Normalized], side: Region, words: Words, theme: Theme
    ) -> None:
        height = HEAD + NOTE + PITCH * len(rows) + FOOT
        top = side.y - height / 2
        place = Region(side.left, top, side.right, top + height)
        inner, base = place.inset(INSET, 0), top + HEAD - 12
        called = Label("Normalization", BODY, theme.ink, weight=BOLD).put(inner.left, base)
        said = words("(value − mean) / standard deviation")
        (note,), size = lines_or_cut(said, inner.width, SMALL, 1, said)
        told = Label(note, size, theme.faint).put(inner.left, base + NOTE)
        super().__init__(card(place, theme), called, told)
        for at, row in enumerate(rows, start=1):
            color = theme.negative if read(row.result) < 0 else theme.positive
            line = base + NOTE + PITCH * at
            end = Label(f"≈ {row.result}", SMALL, color, weight=BOLD).put(inner.right, line, 1)
            room = inner.width - end.width_px - INSET
            (asked,), size = lines_or_cut(row.asked, room, SMALL, 1, row.asked)
            self.add(Label(asked, size, theme.ink).put(inner.left, line), end)

    @property
    def everything(self) -> list[Mobject]:
        """All that is on it, to be shown and taken away."""
        return [*self]
