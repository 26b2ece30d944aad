"""What a network has to learn, as a picture: a function, or true values."""

import numpy as np

from epochreel.lecture.rule import Rule, parse_rule
from epochreel.lecture.words import Words
from epochreel.record.record import Array
from scenes.drawing.layout import Values
from scenes.drawing.scales import Scale, linear_scale
from scenes.parts.columns import first_component

SAMPLED = 400  # places along a function
HALVINGS = 50  # of the way from one to the next, to where floats are neighbours
JUMP = 0.1  # of a leap: what is left of it there, if it is a jump


class Truth:
    """Samples from left to right with their true values, and the line predictions should be on.

    With one input x runs across. With several the true value does, and where a prediction is
    right it is on the line of equal values. Of several outputs the first one is shown.

    Attributes:
        order: where the samples shown are among all, (n,).
        across: what runs from left to right, (n,), rising.
        targets: the true values, (n,).
    """

    def __init__(self, inputs: Array, targets: Array, rule: str | None) -> None:
        self.one_input = inputs.shape[1:] == (1,)
        values = first_component(targets)
        across = first_component(inputs) if self.one_input else values
        self.order = np.argsort(across, kind="stable")
        self.across, self.targets = across[self.order], values[self.order]
        self.x = linear_scale(across)
        # A function through one sample would be a point.
        self.rule = rule if self.one_input and len(across) > 1 else None

    @property
    def is_noisy(self) -> bool:
        """Whether there is a rule, and true values that are not the rule's own."""
        return has_noise(self.rule, self.across, self.targets)

    @property
    def is_line(self) -> bool:
        """Whether it is known between the samples: from a rule, or as the line of equal values."""
        return self.rule is not None or not self.one_input

    def line(self) -> tuple[Values, Values]:
        """The values x and y of the line; y is NaN where the rule has none, or jumps."""
        if self.rule:
            return sampled(parse_rule(self.rule), self.across[0], self.across[-1])
        if self.one_input:
            return self.across, self.targets
        ends = self.across[[0, -1]]
        return ends, ends

    def name(self, words: Words) -> str:
        """What the line or the true values are called."""
        if not self.one_input:
            return words("prediction = truth")
        return words("true function") if self.rule else words("true values")

    def names(self, words: Words) -> tuple[str, str]:
        """What runs along the axes."""
        if not self.one_input:
            return words("truth"), words("prediction")
        return "x", "f(x)" if self.rule else "y"

    def scale(self, predictions: Values) -> Scale:
        """A scale on which the truth fills half the height or more.

        Predictions farther off than that leave the frame; else they would flatten the truth.

        Args:
            predictions: those that are shown, of any shape.
        """
        low, high = self.targets.min(), self.targets.max()
        air = (high - low) / 2 or max(abs(low) / 2, 1.0)
        seen = predictions.clip(low - air, high + air)
        return linear_scale(np.concatenate([self.targets, seen.ravel()]))


def has_noise(rule: str | None, x: Values, y: Values) -> bool:
    """Whether there is a rule, and values y that are others than its own at x, (n,) each."""
    return rule is not None and not np.allclose(parse_rule(rule)(x), y, rtol=1e-5)


def sampled(rule: Rule, low: float, high: float) -> tuple[Values, Values]:
    """A rule's values between two places, near enough to each other for a curve.

    A leap that stays one however near one looks is a jump, such as that of 1/x at 0: there stands
    a NaN, so that no line is drawn across it.
    """
    x = np.linspace(low, high, SAMPLED)
    y = rule(x)
    left, right = x[:-1], x[1:]
    with np.errstate(all="ignore"):
        for _ in range(HALVINGS):
            middle = (left + right) / 2
            in_left = ~(np.abs(rule(middle) - rule(left)) < np.abs(rule(right) - rule(middle)))
            left, right = np.where(in_left, left, middle), np.where(in_left, middle, right)
        stays = np.abs(rule(right) - rule(left)) > JUMP * np.abs(np.diff(y))
    sides = np.stack([left, (left + right) / 2, right], axis=1)
    heights = np.where([True, False, True], rule(sides), np.nan)
    behind = np.repeat(np.flatnonzero(stays) + 1, 3)
    return np.insert(x, behind, sides[stays].ravel()), np.insert(y, behind, heights[stays].ravel())
