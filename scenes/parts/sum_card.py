"""A neuron's sum on a card: value times weight line by line, the bias, and z under a rule."""

from decimal import Decimal

from manim import Line, VGroup

from epochreel.numbers import read
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, GAP, LARGE, SMALL, Region, point
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.neuron_sum import NeuronSum, shown

PITCH = 46  # pixels from one line to the next
INSET = 28
HEAD = 62  # for the card's name
LEAST_GAP, MOST_GAP = 15.0, 32.0  # pixels between two columns


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
        columns = self._columns(worked)
        for product in worked.products:
            sign = "=" if product.is_exact else "≈"
            numbers = product.value, product.weight
            value, weight = (self._label(shown(n), self._color(n)) for n in numbers)
            end = self._label(shown(product.product), theme.ink)
            line = (value, self._label("×"), weight, self._label(sign), end)
            self.terms.append(VGroup(*[each.put(x, base, 1) for each, x in zip(line, columns)]))
            base += PITCH
        for text, number in ((others, worked.rest), ("b", worked.bias)):
            if number is not None and (worked.others or text == "b"):
                end = self._label(shown(number), theme.ink).put(inner.right, base, 1)
                self.terms.append(VGroup(self._label(text).put(columns[2], base, 1), end))
                base += PITCH
        y = base - PITCH + 14
        rule = Line(point(columns[3], y), point(inner.right, y))
        base += 18
        z = Label(shown(worked.z), LARGE, self._color(worked.z), weight=BOLD)
        z.put(inner.right, base, 1)
        called = Label("z =" if worked.is_exact else "z ≈", LARGE, theme.ink, weight=BOLD)
        called.put(inner.right - z.width_px - GAP, base, 1)
        self.total = VGroup(rule.set_stroke(theme.ink, 2.5), called, z)
        self.bottom = base + INSET

    def result(self, text: str, value: str, base: float) -> VGroup:
        """What z becomes: `relu(z) = 9.57`."""
        inner, theme = self._inner, self._theme
        end = Label(value, LARGE, self._color(read(value)), weight=BOLD)
        end.put(inner.right, base, 1)
        room = inner.width - end.width_px - 20
        (line,), size = lines_or_cut(text, room, BODY, 1, text)
        return VGroup(Label(line, size, theme.ink).put(inner.left, base), end)

    def _columns(self, worked: NeuronSum) -> list[float]:
        """Where values, ×, weights, signs and products end, in pixels."""
        products = worked.products
        texts = [
            [shown(each.value) for each in products],
            ["×"],
            [shown(each.weight) for each in products],
            ["≈"],
            [shown(number) for number in self._summands(worked)],
        ]
        widths = [max(text_width(text, SMALL) for text in column) for column in texts]
        spare = (self._inner.width - sum(widths)) / (len(widths) - 1)
        gap = max(LEAST_GAP, min(spare, MOST_GAP))
        ends = [self._inner.right]
        for width in reversed(widths[1:]):
            ends.append(ends[-1] - width - gap)
        return ends[::-1]

    @staticmethod
    def _summands(worked: NeuronSum) -> list[Decimal]:
        return [each.product for each in worked.products] + [worked.rest, worked.bias or Decimal(0)]

    def _color(self, number: Decimal) -> str:
        """That of its sign."""
        theme = self._theme
        return theme.positive if number > 0 else theme.negative if number < 0 else theme.faint

    def _label(self, text: str, color: str | None = None) -> Label:
        return Label(text, SMALL, color or self._theme.faint)
