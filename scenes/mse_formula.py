"""The mean squared error as a formula."""

from collections.abc import Iterator

from manim import DOWN, Arrow, FadeIn, VGroup, Write

from epochreel.numbers import rounded, spoken
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, LARGE, UNIT, Region, point
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.parts.formula import formula
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

MSE = 'italic("mse") = 1/n sum_(i=1)^n (y - hat(y))^2'


class MseFormula(LectureScene):
    """mse = 1/n sum (y - y hat)^2, its symbols, and what it is for."""

    reads = ("losses", "lesson")

    def beats(self) -> Iterator[Beat]:
        words, losses = self.words, self.view.losses
        ends = {"losses": losses[[0, -1]]}
        nothing: dict[str, object] = {"losses": None}
        yield Beat("formula", words.say_formula, self.show_formula, nothing)
        yield Beat("symbols", words.say_symbols, self.show_symbols, nothing)
        yield Beat(
            "smaller",
            words.say_smaller.format(before=spoken(losses[0]), after=spoken(losses[-1])),
            self.show_direction,
            ends,
        )

    def show_formula(self) -> None:
        """Its name in both languages, and the formula."""
        words, theme = self.words, self.theme
        top, middle, self.foot, self.last = CONTENT.rows((1.2, 3, 1.6, 1.4))
        names = ["mean squared error"]
        if words.mean_squared_error not in names:
            names.append(words.mean_squared_error)
        label = Label("  ".join(names), LARGE, theme.loss, weight=BOLD).put_in(top)
        self.formula = formula(MSE, 108, theme.ink).move_to(middle.center)
        self.add(title_bar(self.view.lesson, theme))
        self.play(FadeIn(label, shift=0.1 * DOWN), run_time=0.7)
        self.play(Write(self.formula), run_time=2.0)
        self.hold(1.3)

    def show_symbols(self) -> None:
        """What y and y hat stand for."""
        words, theme = self.words, self.theme
        lines = []
        for source, text, color, place in zip(
            ("y", "hat(y)"),
            (words.target_legend, words.prediction_legend),
            (theme.truth, theme.prediction),
            self.foot.rows((1, 1), gap=0),
        ):
            symbol = formula(source, 58, color)
            label = Label(f": {text}", BODY + 4, color).put_in(place, 0.46)
            label.put(self.foot.x - 60, place.y + 14)
            symbol.move_to(point(self.foot.x - 96, place.y))
            lines.append(VGroup(symbol, label))
        self.play(Appear(lines[0]), run_time=0.6)
        self.play(Appear(lines[1]), run_time=0.6)
        self.hold(1.8)

    def show_direction(self) -> None:
        """The smaller the better, with this training's own numbers."""
        theme, region = self.theme, self.last
        losses = self.view.losses
        slogan = Label(self.words.smaller_is_better, LARGE, theme.accent, weight=BOLD)
        row = Region(region.left, region.top, region.right, region.y)
        slogan.put_in(row)
        before, after = (
            Label(rounded(float(x)), BODY + 4, theme.loss) for x in (losses[0], losses[-1])
        )
        base = region.bottom - 22
        before.put(region.x - 90, base, 1)
        after.put(region.x + 90, base, 0)
        arrow = Arrow(
            point(region.x - 70, base - 13),
            point(region.x + 70, base - 13),
            buff=0,
            color=theme.line,
            stroke_width=5,
            tip_length=22 * UNIT,
        )
        self.play(Appear(slogan), run_time=0.6)
        self.play(Appear(before, arrow, after), run_time=0.8)
        self.hold(2.0)
