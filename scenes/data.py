"""What there is to learn: inputs, and the true value of each."""

from collections.abc import Iterator

import numpy as np
from manim import Arrow, FadeIn, VGroup

from epochreel.lecture.rule import parse_rule
from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import Notation, spoken
from scenes.drawing.fitting import input_notation, target_notation
from scenes.drawing.layout import CONTENT, HUGE, SMALL, UNIT, Region, Values, point
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.text import Label
from scenes.parts.columns import Column, Rows, first_component, selection_note
from scenes.parts.formula import formula
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

IN_FLIGHT = 5  # samples on their way at one moment
DIGITS_OF_FLOAT32 = 10  # that tell any two numbers apart, and one


class Data(LectureScene):
    """x, the rule, and f(x)."""

    title = N_("Data")
    reads = ("inputs", "targets", "rule", "decimals", "lesson")

    def beats(self) -> Iterator[Beat]:
        yield Beat("x", self.say_inputs(), self.show_inputs)
        yield Beat("rule", self.say_rule(), self.show_rule)
        yield Beat("values", self.say_values(), self.apply_rule)

    def say_inputs(self) -> Sentence:
        """How many samples there are, and what of them is shown."""
        count, inputs = self.view.inputs.shape
        low, high = _range(first_component(self.view.inputs))
        values = {"count": count, "inputs": inputs, "low": low, "high": high}
        if inputs == 1 and count == 1:
            return self.say("The input x has one sample, {low}.", **values)
        if inputs == 1:
            return self.say("The input x has {count} samples, from {low} to {high}.", **values)
        if count == 1:
            return self.say("One sample with {inputs} inputs; the first is {low}.", **values)
        return self.say(
            "{count} samples with {inputs} inputs; the first is shown, from {low} to {high}.",
            **values,
        )

    def say_rule(self) -> Sentence:
        """The rule, or that there is none."""
        if self.view.rule:
            plain = parse_rule(self.view.rule).plain
            return self.say("The rule to learn is f(x) = {rule}.", rule=plain)
        outputs = self.view.targets.shape[1]
        if outputs == 1:
            return self.say("Every sample has a true value to learn.")
        return self.say(
            "Every sample has {outputs} true values to learn; the first is shown.", outputs=outputs
        )

    def say_values(self) -> Sentence:
        """Between which numbers the true values are."""
        low, high = _range(first_component(self.view.targets))
        if low == high:
            return self.say("The true value is {value}.", value=low)
        if self.view.rule:
            return self.say(
                "The rule gives each x its true value, from {low} to {high}.", low=low, high=high
            )
        if self.view.targets.shape[1] > 1:
            return self.say(
                "The first true value of each sample, from {low} to {high}.", low=low, high=high
            )
        return self.say("The true values go from {low} to {high}.", low=low, high=high)

    def show_inputs(self) -> None:
        """The column x."""
        view, theme = self.view, self.theme
        left, self.middle, right = CONTENT.columns((2, 6, 2))
        self.rows = Rows(len(view.inputs), left)
        x, y = first_component(view.inputs), first_component(view.targets)
        single = view.inputs.shape[1] == view.targets.shape[1] == 1

        def column(
            title: str, values: Values, notation: Notation, region: Region, color: str
        ) -> Column:
            made = Column(title, values[None], notation, self.rows, region, color, theme.line)
            return made.display(values)

        title = "x" if single else self.words("input")
        self.x = column(title, x, input_notation(x, view.decimals), left, theme.ink)
        title = "f(x)" if single else self.words("truth")
        self.y = column(title, y, target_notation(y, view.decimals), right, theme.truth)
        note = selection_note(self.rows, view.inputs, view.targets, self.words) or self.words(
            "{count} sample", "{count} samples", count=len(x)
        )
        self.note = Label(note, SMALL, theme.faint).put(self.middle.x, CONTENT.bottom - 10, 0.5)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.x, self.note), run_time=0.9)
        self.hold(1.6)

    def show_rule(self) -> None:
        """The rule in the middle, between two arrows."""
        theme, middle = self.theme, self.middle
        self.rule = formula(
            _law(self.view.rule, self.view.inputs.shape[1]), HUGE - 10, theme.accent
        )
        self.rule.scale(min(1.0, (middle.width - 360) * UNIT / self.rule.width))
        self.rule.move_to(middle.center)
        half = self.rule.width / UNIT / 2 + 40
        ends = ((middle.left + 20, middle.x - half), (middle.x + half, middle.right - 20))
        arrows = VGroup(
            *[
                Arrow(
                    point(a, middle.y),
                    point(b, middle.y),
                    buff=0,
                    color=theme.line,
                    stroke_width=5,
                    max_tip_length_to_length_ratio=0.2,
                    tip_length=24 * UNIT,
                )
                for a, b in ends
            ]
        )
        self.play(FadeIn(self.rule, scale=0.9), run_time=0.8)
        self.play(Appear(arrows), run_time=0.5)
        self.hold(1.6)

    def apply_rule(self) -> None:
        """Each x flies into the rule, its f(x) flies out and takes its place."""
        theme, rows = self.theme, self.rows
        sources = _tokens(self.x, theme.ink)
        results = _tokens(self.y, theme.truth)
        starts = [token.get_center() for token in sources]
        ends = [token.get_center() for token in results]
        into = point(self.middle.x - self.rule.width / UNIT / 2, self.middle.y)
        out = point(self.middle.x + self.rule.width / UNIT / 2, self.middle.y)
        flight = VGroup(*sources, *results)
        shown = np.full(len(starts), np.nan)

        def show(alpha: float) -> None:
            count = len(starts)
            progress = np.clip((alpha * (count + IN_FLIGHT) - np.arange(count)) / IN_FLIGHT, 0, 1)
            for at in np.flatnonzero(progress != shown):
                token, result, own = sources[at], results[at], progress[at]
                going, coming = _eased(min(1, own * 2)), _eased(max(0, own * 2 - 1))
                token.move_to(starts[at] + (into - starts[at]) * going)
                token.set_fill(opacity=float(own < 0.5) * min(1, 8 * going) * (1 - going**4))
                result.move_to(out + (ends[at] - out) * coming)
                result.set_fill(opacity=1.0 if own == 1 else float(own > 0.5) * min(1, coming * 3))
            shown[:] = progress

        show(0)
        self.add(flight)
        self.play(Appear(self.y.heading), run_time=0.4)
        self.play(Follow(flight, show, eased=False, run_time=min(6.0, 2 + 0.2 * len(rows.samples))))
        self.remove(flight)
        self.add(self.y)
        self.hold(1.8)


def _law(rule: str | None, inputs: int) -> str:
    """What is to be learned as Typst's formula: the rule, or an unknown function of the inputs."""
    if rule:
        return f"f(x) = {parse_rule(rule).typst}"
    arguments = {1: "x", 2: "x_1, x_2"}.get(inputs, f"x_1, dots.h, x_{inputs}")
    return f'f({arguments}) = "?"'


def _range(values: Values) -> tuple[str, str]:
    """The smallest and the largest, with digits enough to tell them apart."""
    low, high = float(values.min()), float(values.max())
    for digits in range(4, DIGITS_OF_FLOAT32):
        if low == high or spoken(low, digits) != spoken(high, digits):
            break
    return spoken(low, digits), spoken(high, digits)


def _tokens(column: Column, color: str) -> list[Label]:
    """Each number of a column as a label of its own, standing where it stands there."""
    tokens = []
    for row, cells in zip(column.numbers.texts, column.numbers.rights()):
        tokens.append(Label(row[0], SMALL, color).put(*cells, 1))
    return tokens


def _eased(t: float) -> float:
    return t * t * (3 - 2 * t)
