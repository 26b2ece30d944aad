"""A neuron's sum on a card: value times weight line by line, the bias, and z under a rule."""

from decimal import Decimal

from manim import Line, VGroup

from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BODY, LARGE, SMALL, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.neuron_sum import NeuronSum, shown

PITCH = 46  # pixels from one line to the next
INSET = 28
HEAD = 62  # for the card's name
VALUE, TIMES, WEIGHT, SIGN = 0.27, 0.345, 0.62, 0.705  # of the width: where numbers and signs end


class SumCard:
    """The lines of a card, each of them mobjects that a scene shows when it is spoken of.

    Attributes:
        name: which neuron it is.
        terms: per product, and for all that have no room, and for the bias.
        total: the rule, and z.
        bottom: where it ends, in pixels.
    """

    def __init__(
        self, name: str, worked: NeuronSum, others: str, region: Region, theme: Theme
    ) -> None:
        self._theme = theme
        self._inner = inner = region.inset(INSET, 0)
        (name,), size = lines_or_cut(name, inner.width, BODY, 1, name, BOLD)
        base = region.top + HEAD - 12
        self.name = Label(name, size, theme.ink, weight=BOLD).put(inner.left, base)
        base = region.top + HEAD + PITCH - 8
        self.terms: list[VGroup] = []
        for product in worked.products:
            sign = "=" if product.is_exact else "≈"
            self.terms.append(
                VGroup(
                    self._number(product.value, VALUE, base),
                    self._text("×", TIMES, base),
                    self._number(product.weight, WEIGHT, base),
                    self._text(sign, SIGN, base),
                    self._text(shown(product.product), 1, base, theme.ink),
                )
            )
            base += PITCH
        for text, number in ((others, worked.rest), ("b", worked.bias)):
            if number is not None and (worked.others or text == "b"):
                end = self._text(shown(number), 1, base, theme.ink)
                self.terms.append(VGroup(self._text(text, WEIGHT, base), end))
                base += PITCH
        y = base - PITCH + 14
        rule = Line(point(inner.left + SIGN * inner.width - 20, y), point(inner.right, y))
        base += 18
        z = Label(shown(worked.z), LARGE, theme.accent, weight=BOLD).put(inner.right, base, 1)
        called = Label("z =", LARGE, theme.ink, weight=BOLD)
        called.put(min(inner.left + SIGN * inner.width, inner.right - z.width_px - 20), base, 1)
        self.total = VGroup(rule.set_stroke(theme.ink, 2.5), called, z)
        self.bottom = base + INSET

    def result(self, text: str, value: str, base: float) -> VGroup:
        """What z becomes: `relu(z) = 9.57`."""
        inner, theme = self._inner, self._theme
        end = Label(value, LARGE, theme.accent, weight=BOLD).put(inner.right, base, 1)
        room = inner.width - end.width_px - 20
        (line,), size = lines_or_cut(text, room, BODY, 1, text)
        return VGroup(Label(line, size, theme.ink).put(inner.left, base), end)

    def _number(self, number: Decimal, at: float, base: float) -> Label:
        theme = self._theme
        color = theme.positive if number > 0 else theme.negative if number < 0 else theme.faint
        return self._text(shown(number), at, base, color)

    def _text(self, text: str, at: float, base: float, color: str | None = None) -> Label:
        inner = self._inner
        label = Label(text, SMALL, color or self._theme.faint, weight=REGULAR)
        return label.put(inner.left + at * inner.width, base, 1)
