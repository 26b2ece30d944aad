"""Softmax on a card: e^z of each neuron as a bar, and the sum of all below."""

from collections.abc import Sequence

import numpy as np
from manim import Line, VGroup, VMobject

from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import SMALL, UNIT, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.outlines import rectangles
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula
from scenes.parts.neuron_sum import shown
from scenes.parts.softmax_sum import SoftmaxSum

PITCH, LEAST_PITCH = 46.0, 34.0  # pixels from one line to the next
WIDEST_NAME, GAP = 170.0, 20.0
THICK = 0.5  # of the pitch: a bar
RULE = 12.0  # pixels from the rule to the lines above and below it


class SoftmaxBars(VGroup):
    """The neurons' names, and for each the room of its bar.

    Args:
        names: of the neurons that are shown, and of all others where some are not.

    Attributes:
        moving: the bar of the neuron that is told of, and those of the others.
        numbers: what each e^z comes to, and below a rule their sum.
        bottom: where these end, in pixels.
    """

    def __init__(
        self, worked: SoftmaxSum, names: Sequence[str], region: Region, theme: Theme
    ) -> None:
        powers = [*worked.powers, *[worked.rest] * bool(worked.others)]
        pitch = min(PITCH, (region.height - RULE) / (len(powers) + 1))
        self._bases = region.top + pitch * (np.arange(len(powers)) + 0.8)
        is_told = np.arange(len(powers)) == worked.told
        colors = [theme.ink if told else theme.faint for told in is_told]
        labels, values = [], []
        for name, power, base, color in zip(names, powers, self._bases, colors):
            (text,), size = lines_or_cut(name, WIDEST_NAME, SMALL, 1, name)
            labels.append(Label(text, size, color).put(region.left, base))
            weight = BOLD if color == theme.ink else REGULAR
            value = Label(shown(power), SMALL, color, weight=weight)
            values.append(value.put(region.right, base, 1))
        base = self._bases[-1] + pitch + RULE
        total = Label(shown(worked.total), SMALL, theme.ink).put(region.right, base, 1)
        widest = max(value.width_px for value in (*values, total))
        height = self._bases[-1] + RULE
        rule = Line(point(region.right - widest, height), point(region.right, height))
        called = formula("sum e^z", SMALL + 4, theme.ink)
        middle = base - CAP_HEIGHT * SMALL / 2
        called.move_to(point(region.right - widest - GAP - called.width / UNIT / 2, middle))
        self.numbers = VGroup(*values, rule.set_stroke(theme.ink, 2.5), called, total)
        self.bottom = base
        self._left = region.left + max(label.width_px for label in labels) + GAP
        self._reach = region.right - widest - GAP - self._left
        self._shares = np.array([float(power) for power in powers]) / float(max(powers))
        self._side = pitch * THICK / 2
        self._bars = [
            (is_told, VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)),
            (~is_told, VMobject(fill_color=theme.line, fill_opacity=1, stroke_width=0)),
        ]
        self.moving = VGroup(*[bars for _, bars in self._bars])
        super().__init__(*labels)

    def show_at(self, share: float) -> None:
        """Let the bars be so long, of how long they are in the end."""
        middles = self._bases - CAP_HEIGHT * SMALL / 2
        for those, bars in self._bars:
            left, ends = np.full(those.sum(), self._left), share * self._reach * self._shares[those]
            top = middles[those] - self._side
            bars.set_points(rectangles(left, top, left + ends, top + 2 * self._side))
