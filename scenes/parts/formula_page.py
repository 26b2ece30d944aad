"""The page of a loss's formula: its name, the formula, what its letters are, what it is for."""

from decimal import Decimal

from manim import DOWN, Arrow, VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, GAP, LARGE, UNIT, Region, point
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.cross_entropy_text import CrossEntropyText
from scenes.parts.formula import formula
from scenes.parts.loss_text import LossText
from scenes.parts.symbols import told_symbols

FORMULA, DEFINITION, SYMBOL = 108, 64, 54  # font sizes in pixels


class FormulaPage:
    """A loss in the middle of the page.

    Args:
        delta: of the Huber loss.

    Attributes:
        name: in both languages.
        formulas: the loss, and what it is defined by.
    """

    def __init__(
        self,
        text: LossText | CrossEntropyText,
        delta: Decimal | None,
        words: Words,
        theme: Theme,
    ) -> None:
        self._text, self._delta, self._words, self._theme = text, delta, words, theme
        lines = 1 + len(text.symbols) + (delta is not None)
        top, middle, self._letters, self._foot = CONTENT.rows((1.2, 3, 0.5 * lines, 1.4))
        names = dict.fromkeys((text.name, words(text.name)))
        self.name = Label("  ".join(names), LARGE, theme.loss, weight=BOLD).put_in(top)
        sources = [(text.formula("n", theme), FORMULA)]
        if text.definition:
            sources.append((text.definition, DEFINITION))
        self.formulas = VGroup(*[formula(source, size, theme.ink) for source, size in sources])
        self.formulas.arrange(DOWN, buff=GAP * UNIT)
        width, height = middle.width * UNIT, middle.height * UNIT
        fits = min(height / self.formulas.height, width / self.formulas.width)
        self.formulas.scale(min(1, fits)).move_to(middle.center)

    def letters(self, samples: int, outputs: int) -> VGroup:
        """What its letters stand for, each with its words in a line."""
        told = told_symbols(self._text, samples, outputs, self._delta, self._words, self._theme)
        lines = [
            (formula(source, SYMBOL, color), Label(f": {words}", BODY + 4, color))
            for source, words, color in told
        ]
        start = self._letters.x - (GAP + max(label.width_px for _, label in lines)) / 2
        # Where they are wide, symbols stand farther to the left, clear of the colons.
        center = start - max(GAP, max(symbol.width for symbol, _ in lines) / UNIT / 2 + 4)
        for (symbol, label), place in zip(lines, self._letters.rows((1,) * len(lines), gap=0)):
            symbol.move_to(point(center, place.y))
            label.put(start + GAP / 2, place.y + 14)
        return VGroup(*[VGroup(*line) for line in lines])

    def direction(self, view: View) -> tuple[Label, VGroup]:
        """The smaller the better; and the first loss and the last."""
        theme, region = self._theme, self._foot
        slogan = Label(self._words("the smaller the better"), LARGE, theme.accent, weight=BOLD)
        slogan.put_in(Region(region.left, region.top, region.right, region.y))
        base = region.bottom - 22
        first, *later = (
            Label(rounded(float(loss)), BODY + 4, theme.loss)
            for loss in view.losses[[0, -1] if len(view.losses) > 1 else [0]]
        )
        numbers = VGroup(first.put(region.x, base, 0.5))
        if later:
            first.put(region.x - 90, base, 1)
            arrow = Arrow(
                point(region.x - 70, base - 13),
                point(region.x + 70, base - 13),
                buff=0,
                color=theme.line,
                stroke_width=5,
                tip_length=22 * UNIT,
            )
            numbers.add(arrow, later[0].put(region.x + 90, base, 0))
        return slogan, numbers
