"""One neuron on a card: its sum, and how that becomes what the neuron puts out."""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Mobject, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.numbers import approximate
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, UNIT, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.activation_plot import ActivationPlot
from scenes.parts.formula import formula
from scenes.parts.neuron_sum import shown
from scenes.parts.page import card
from scenes.parts.passage import MADE, Stage
from scenes.parts.softmax_bars import SoftmaxBars
from scenes.parts.softmax_sum import softmax_sum
from scenes.parts.sum_card import SumCard

PLOT = 200  # pixels: how high an activation's curve is
MOST_BARS = 5
INSET = 28
NAME, RESULT = 56, 66  # pixels: for what a function is called, and for what comes of it
SOFTMAX = 'upright("softmax")(z)_i = e^(z_i) slash sum e^(z_j)'
HEADS = 34  # pixels: above the bars of a softmax


class NeuronCard:
    """The card as mobjects that a scene shows one after the other.

    Args:
        name: of the neuron.
        names: of all neurons of its layer.
        words: for what is left out.

    Attributes:
        panel: the card itself.
        lines: the sum.
        called: the function of z.
        plot: its curve, or the bars of a softmax.
        result: what z becomes, in the steps in which it is worked out.
    """

    def __init__(
        self,
        name: str,
        stage: Stage,
        unit: int,
        names: Sequence[str],
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        worked = stage.worked(unit)
        self.lines = SumCard(name, worked, _more(worked.others, words), region, theme)
        inner = region.inset(INSET, 0)
        top = self.lines.bottom + 18
        below = Region(inner.left, top + NAME, inner.right, region.bottom - RESULT - INSET)
        z = shown(worked.z)
        made = _bars(stage, unit, z, names, below, words, theme)
        made = made or _curve(stage, unit, below, theme)
        self.called, self.plot, bottom = made.called, made.plot, made.bottom + INSET
        self.result = [*made.steps]
        if self.bends(stage):
            base = made.bottom + RESULT
            put_out = approximate(float(stage.outputs[unit]), MADE)
            self.result.append(self.lines.result(f"{made.said} ≈", put_out, base))
            bottom = base + INSET
        self.panel = card(Region(region.left, region.top, region.right, bottom), theme)

    @staticmethod
    def bends(stage: Stage) -> bool:
        """Whether anything becomes of z."""
        return stage.function != "linear"

    @property
    def everything(self) -> list[Mobject]:
        """All that is on it, to be taken away."""
        lines = self.lines
        shown = [lines.name, *lines.terms, lines.total, self.called, self.plot, self.plot.moving]
        return [self.panel, *shown, *self.result]


@dataclass(frozen=True)
class _Made:
    """What z goes through: its name and picture, and how what comes of it is written."""

    called: VMobject
    plot: ActivationPlot | SoftmaxBars
    said: str
    bottom: float
    steps: tuple[VGroup, ...] = ()


def _curve(stage: Stage, unit: int, below: Region, theme: Theme) -> _Made:
    """The function over other z of the neuron's own."""
    said = f"{stage.function}(z)"
    called = said if NeuronCard.bends(stage) else f"{said} = z"
    (text,), size = lines_or_cut(called, below.width, BODY, 1, called, BOLD)
    label = Label(text, size, theme.ink, weight=BOLD)
    place = Region(below.left + 40, below.top, below.right - 40, below.top + PLOT)
    plot = ActivationPlot(lambda z: stage.along(unit, z), float(stage.z[unit]), place, theme)
    return _Made(label.put(below.left, below.top - 26), plot, said, place.bottom)


def _bars(
    stage: Stage,
    unit: int,
    own: str,
    names: Sequence[str],
    below: Region,
    words: Words,
    theme: Theme,
) -> _Made | None:
    """Of a softmax, which looks at all neurons, e^z of each; None for any other function.

    Args:
        own: the neuron's own z, as its sum shows it.
    """
    worked = softmax_sum(stage.z, unit, MOST_BARS) if stage.function == "softmax" else None
    if worked is None:
        return None
    told = [*[names[at] for at in worked.units], _more(worked.others, words)]
    z = [approximate(float(stage.z[at]), 3) for at in worked.units]
    z[worked.told] = own
    room = Region(below.left, below.top + HEADS, below.right, below.bottom)
    bars = SoftmaxBars(worked, told, z, room, theme)
    called = formula(SOFTMAX, BODY + 4, theme.ink)
    called.move_to(point(below.left + called.width / UNIT / 2, below.top - 36))
    said = f"{shown(worked.own)} / {shown(worked.total)}"
    return _Made(called, bars, said, bars.bottom, (bars.powers, bars.total))


def _more(count: int, words: Words) -> str:
    """How many have no room; empty where all have."""
    return words("{count} more", "{count} more", count=count) if count else ""
