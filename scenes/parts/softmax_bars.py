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

PITCH = 46.0  # pixels from one line to the next, where there is room
WIDEST_NAME, GAP = 170.0, 20.0
THICK = 0.5  # of the pitch: a bar
ABOVE = 22.0  # pixels from the first line to the middle of what its columns are called
RULE = 12.0  # pixels from the rule to the lines above and below it


class SoftmaxBars(VGroup):
    """The neurons' names and their z, and for each the room of its bar.

    Args:
        names: of the neurons that are shown, and of all others where some are not.
        z: of those that are shown, as text.

    Attributes:
        moving: the bar of the neuron that is told of, and those of the others.
        powers: what each e^z comes to.
        total: their sum, below a rule.
        bottom: where that ends, in pixels.
    """

    def __init__(
        self,
        worked: SoftmaxSum,
        names: Sequence[str],
        z: Sequence[str],
        region: Region,
        theme: Theme,
    ) -> None:
        powers = [*worked.powers, *[worked.rest] * bool(worked.others)]
        pitch = min(PITCH, (region.height - RULE) / (len(powers) + 1))
        self._bases = region.top + pitch * (np.arange(len(powers)) + 0.8)
        is_told = np.arange(len(powers)) == worked.told
        colors = [theme.ink if told else theme.faint for told in is_told]
        labels, exponents, values = [], [], []
        given = (*z, "") if worked.others else z
        for name, text_of_z, power, base, color in zip(names, given, powers, self._bases, colors):
            (text,), size = lines_or_cut(name, WIDEST_NAME, SMALL, 1, name)
            labels.append(Label(text, size, color).put(region.left, base))
            exponents.append(Label(text_of_z, SMALL, color))
            weight = BOLD if color == theme.ink else REGULAR
            value = Label(shown(power), SMALL, color, weight=weight)
            values.append(value.put(region.right, base, 1))
        base = self._bases[-1] + pitch + RULE
        total = Label(shown(worked.total), SMALL, theme.ink).put(region.right, base, 1)
        widest = max(value.width_px for value in (*values, total))
        names_end = region.left + max(label.width_px for label in labels)
        z_end = names_end + GAP + max(label.width_px for label in exponents)
        for label, line in zip(exponents, self._bases):
            label.put(z_end, line, 1)
        height = self._bases[-1] + RULE
        rule = Line(point(region.right - widest, height), point(region.right, height))
        called = formula("sum e^(z_j)", SMALL + 4, theme.ink)
        middle = base - CAP_HEIGHT * SMALL / 2
        called.move_to(point(region.right - widest - GAP - called.width / UNIT / 2, middle))
        self.powers = VGroup(*values)
        self.total = VGroup(rule.set_stroke(theme.ink, 2.5), called, total)
        self.bottom = base
        self._left = z_end + GAP
        self._reach = region.right - widest - GAP - self._left
        self._shares = np.array([float(power) for power in powers]) / float(max(powers))
        self._side = pitch * THICK / 2
        self._bars = [
            (is_told, VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)),
            (~is_told, VMobject(fill_color=theme.line, fill_opacity=1, stroke_width=0)),
        ]
        self.moving = VGroup(*[bars for _, bars in self._bars])
        heads = VGroup()
        for source, right in (("z_i", z_end), ("e^(z_i)", region.right)):
            head = formula(source, SMALL + 4, theme.faint)
            x = right - head.width / UNIT / 2
            heads.add(head.move_to(point(x, self._bases[0] - CAP_HEIGHT * SMALL - ABOVE)))
        super().__init__(heads, VGroup(*labels), VGroup(*exponents))

    def show_at(self, share: float) -> None:
        """Let the bars be so long, of how long they are in the end."""
        middles = self._bases - CAP_HEIGHT * SMALL / 2
        for those, bars in self._bars:
            left, ends = np.full(those.sum(), self._left), share * self._reach * self._shares[those]
            top = middles[those] - self._side
            bars.set_points(rectangles(left, top, left + ends, top + 2 * self._side))
