"""A rule as a formula, and with a number put in."""

from dataclasses import dataclass

import numpy as np
from manim import MathTypst

from epochreel.lecture.put_in import exactly, fraction, number_in_typst, put_in
from epochreel.lecture.rule import parse_rule
from epochreel.numbers import read, rounded
from scenes.drawing.layout import UNIT, Region
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula
from scenes.parts.loss_text import colored

SIZE = 62  # pixels to the em
NOISE_DIGITS = 4


@dataclass(frozen=True)
class RuleText:
    """What stands in a region of the rule that is to be learned.

    Attributes:
        text: the rule, if it is known.
        noisy: true values are others than its own.
    """

    text: str | None
    noisy: bool
    region: Region
    theme: Theme

    @property
    def rule(self) -> MathTypst:
        """The rule, with noise if there is any, or an unknown."""
        return self._set(_law(self.text, noisy=self.noisy))

    def with_x(self, x: str, y: str) -> MathTypst:
        """The rule with x put in, and y, as pages show both."""
        return self._set(put_in_line(self.text, x, y, self.theme.truth, noisy=self.noisy))

    def _set(self, source: str) -> MathTypst:
        found = formula(source, SIZE, self.theme.truth)
        room = min(self.region.width * UNIT / found.width, self.region.height * UNIT / found.height)
        return found.scale(min(1.0, room)).move_to(self.region.center)


def put_in_line(rule: str | None, x: str, y: str, color: str, *, noisy: bool) -> str:
    """A rule with a number in x's place and what comes out, for Typst; the noise as a number too.

    It has an equals sign only where the very number comes out that is shown.

    Args:
        x, y: as pages show them.
        color: of y.
    """
    number, result = number_in_typst(x), colored(number_in_typst(y), color)
    if rule is None:
        return f"{number} arrow.r.long {result}"
    parsed = parse_rule(rule)
    inside = put_in(parsed, x)
    exact = exactly(parsed, x)
    if noisy:
        noise = float(read(y)) - float(parsed(np.array([float(read(x))]))[0])
        size = rounded(abs(noise), NOISE_DIGITS)
        added = -fraction(size) if noise < 0 else fraction(size)
        relation = "=" if exact is not None and exact + added == fraction(y) else "approx"
        sign = "-" if noise < 0 else "+"
        return f"y = {inside} {sign} {number_in_typst(size)} {relation} {result}"
    relation = "=" if exact == fraction(y) else "approx"
    if inside == number_in_typst(y):
        return f"f({number}) = {result}"
    return f"f({number}) = {inside} {relation} {result}"


def _law(rule: str | None, *, noisy: bool) -> str:
    """What is to be learned, for Typst: the rule, with noise if there is any, or an unknown."""
    if rule is None:
        return 'f(x) = "?"'
    law = parse_rule(rule).typst
    return f"y = {law} + epsilon" if noisy else f"f(x) = {law}"
