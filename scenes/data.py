"""What there is to learn: inputs, and the true value of each."""

from collections.abc import Iterator

import numpy as np
from manim import Arrow, FadeIn, VGroup

from epochreel.lecture.rule import parse_rule
from epochreel.numbers import spoken
from scenes.drawing.layout import CONTENT, HUGE, SMALL, UNIT, point
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.text import Label
from scenes.parts.columns import Column, Rows, first_component, selection_note
from scenes.parts.formula import formula
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

IN_FLIGHT = 5  # samples on their way at one moment


class Data(LectureScene):
    """x, the rule, and f(x)."""

    reads = ("inputs", "targets", "rule", "lesson")

    def beats(self) -> Iterator[Beat]:
        words = self.words
        x, y = first_component(self.view.inputs), first_component(self.view.targets)
        rule = (self.view.rule or "").replace("*", "·").replace("··", "^")
        yield Beat(
            "x",
            words.say_inputs.format(count=len(x), first=spoken(x[0]), last=spoken(x[-1])),
            self.show_inputs,
        )
        yield Beat(
            "rule", words.say_rule.format(rule=rule) if rule else words.say_file, self.show_rule
        )
        yield Beat(
            "values",
            words.say_targets.format(first=spoken(y[0]), last=spoken(y[-1])),
            self.apply_rule,
        )

    def show_inputs(self) -> None:
        """The column x."""
        view, theme = self.view, self.theme
        left, self.middle, right = CONTENT.columns((2, 6, 2))
        self.rows = Rows(len(view.inputs), left)
        x, y = first_component(view.inputs), first_component(view.targets)
        self.x = Column("x", x[None], self.rows, left, theme.ink, theme.line).display(x)
        self.y = Column("f(x)", y[None], self.rows, right, theme.truth, theme.line).display(y)
        note = selection_note(
            self.rows, view.inputs, view.targets, self.words
        ) or self.words.samples.format(count=len(x))
        self.note = Label(note, SMALL, theme.faint).put(self.middle.x, CONTENT.bottom - 10, 0.5)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.x, self.note), run_time=0.9)
        self.hold(1.6)

    def show_rule(self) -> None:
        """The rule in the middle, between two arrows."""
        theme, middle = self.theme, self.middle
        source = parse_rule(self.view.rule).typst if self.view.rule else "?"
        self.rule = formula(f"f(x) = {source}", HUGE - 10, theme.accent)
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


def _tokens(column: Column, color: str) -> list[Label]:
    """Each number of a column as a label of its own, standing where it stands there."""
    tokens = []
    for row, cells in zip(column.numbers.texts, column.numbers.rights()):
        tokens.append(Label(row[0], SMALL, color).put(*cells, 1))
    return tokens


def _eased(t: float) -> float:
    return t * t * (3 - 2 * t)
