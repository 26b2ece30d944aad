"""What is said of the data, of every kind."""

import numpy as np

from epochreel.lecture.rule import parse_rule
from epochreel.lecture.words import Sentence
from epochreel.numbers import spoken
from epochreel.record.classes import labels_of
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.parts.columns import first_component
from scenes.parts.function_page import is_noisy

DIGITS_OF_FLOAT32 = 10  # that tell any two numbers apart, and one


class DataText:
    """Sentences of what there is to learn."""

    def __init__(self, view: View) -> None:
        self._view = view

    def say(self, one: str, many: str | None = None, /, **values: object) -> Sentence:
        """A caption in English, as a scene says it."""
        return Sentence(one, many, values)

    def inputs(self) -> Sentence:
        """How many samples there are, and between which numbers."""
        count = len(self._view.inputs)
        low, high = _range(self._view.inputs[:, 0])
        if count == 1:
            return self.say("The input x: one sample, {low}.", low=low)
        return self.say(
            "The input x: {count} samples, from {low} to {high}.",
            count=count,
            low=low,
            high=high,
        )

    def rule(self) -> Sentence:
        """The rule, or that there is none."""
        if self._view.rule:
            plain = parse_rule(self._view.rule).plain
            return self.say("The rule to learn is f(x) = {rule}.", rule=plain)
        outputs = self._view.targets.shape[1]
        if outputs == 1:
            return self.say("Every sample has a true value to learn.")
        return self.say(
            "Every sample has {outputs} true values to learn; the first is shown.", outputs=outputs
        )

    def values(self) -> Sentence:
        """Between which numbers the true values are."""
        low, high = _range(first_component(self._view.targets))
        if low == high:
            return self.say("The true value is {value}.", value=low)
        if is_noisy(self._view):
            return self.say(
                "The rule's values with noise are the true values, from {low} to {high}.",
                low=low,
                high=high,
            )
        if self._view.rule:
            return self.say(
                "The rule gives each x its true value, from {low} to {high}.", low=low, high=high
            )
        if self._view.targets.shape[1] > 1:
            return self.say(
                "The first true value of each sample, from {low} to {high}.", low=low, high=high
            )
        return self.say("The true values go from {low} to {high}.", low=low, high=high)

    def features(self) -> Sentence:
        """How many samples there are, with how many features."""
        count, inputs = len(self._view.inputs), self._view.inputs[0].size
        return self.say(
            "{count} sample with {features}{rest}.",
            "{count} samples with {features} each{rest}.",
            count=count,
            features=self.say("{count} feature", "{count} features", count=inputs),
            rest=self._validation(),
        )

    def images(self) -> Sentence:
        """How many images there are, and how large they are."""
        count, height, width = self._view.inputs.shape[:3]
        return self.say(
            "{count} image of {width} × {height} pixels{rest}.",
            "{count} images of {width} × {height} pixels{rest}.",
            count=count,
            width=width,
            height=height,
            rest=self._validation(),
        )

    def targets(self) -> Sentence:
        """Which classes there are, or between which numbers the true values are."""
        names, targets = self._view.class_names, self._view.targets
        if names:
            sizes = np.bincount(labels_of(targets), minlength=len(names))
            told = {
                "count": len(names),
                "least": int(sizes.min()),
                "most": int(sizes.max()),
            }
            if told["least"] == told["most"]:
                return self.say("Each is of one of {count} classes, {most} of every class.", **told)
            return self.say(
                "Each is of one of {count} classes, of which there are {least} to {most}.", **told
            )
        if targets.shape[1] > 1:
            return self.say(
                "Every sample has {outputs} true values to learn.", outputs=targets.shape[1]
            )
        low, high = _range(targets[:, 0])
        if low == high:
            return self.say("The true value is {value}.", value=low)
        return self.say("The true values go from {low} to {high}.", low=low, high=high)

    def _validation(self) -> Sentence:
        """How many more samples there are that it is not trained on."""
        if self._view.validation is None:
            return self.say("")
        count = len(self._view.validation.inputs)
        return self.say(
            ", and {count} more for validation", ", and {count} more for validation", count=count
        )


def _range(values: Values) -> tuple[str, str]:
    """The smallest and the largest, with digits enough to tell them apart."""
    low, high = float(values.min()), float(values.max())
    for digits in range(4, DIGITS_OF_FLOAT32):
        if low == high or spoken(low, digits) != spoken(high, digits):
            break
    return spoken(low, digits), spoken(high, digits)
