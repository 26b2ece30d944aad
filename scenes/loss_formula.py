"""The loss as a formula."""

from collections.abc import Iterator

from manim import DOWN, Arrow, FadeIn, VGroup, Write

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, rounded, spoken
from epochreel.record.losses import loss_of
from epochreel.record.outcome import Outcome
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, GAP, LARGE, UNIT, Region, point
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.parts.formula import formula
from scenes.parts.loss_text import text_of
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

FORMULA, DEFINITION, SYMBOL = 108, 64, 54  # font sizes in pixels


class LossFormula(LectureScene):
    """mse = 1/n sum (y - y hat)^2 or what the loss is, its symbols, and what it is for."""

    title = N_("The mean squared error")
    reads = ("losses", "epochs", "targets", "outcome", "diverged_at", "lesson", "hyperparameters")

    @classmethod
    def chapter(cls, view: View) -> str:
        loss = loss_of(view.hyperparameters)
        return text_of(loss).formula_chapter if loss else cls.title

    @classmethod
    def needs(cls, view: View) -> str | None:
        known = loss_of(view.hyperparameters)
        return None if known else f"the loss is {view.hyperparameters['loss']!r}"

    def beats(self) -> Iterator[Beat]:
        loss = loss_of(self.view.hyperparameters)
        assert loss  # see `needs`
        self.delta, self.text = loss.delta, text_of(loss)
        shape = self.view.targets.shape
        said = ("losses", "epochs", "targets", "outcome", "diverged_at")
        nothing: dict[str, object] = {name: None for name in said}
        yield Beat("formula", Sentence(self.text.says), self.show_formula, nothing)
        yield Beat(
            "symbols",
            self.say("y is the true target, ŷ is the prediction, and n counts the pairs of them."),
            self.show_symbols,
            nothing | {"targets": shape},
        )
        yield Beat(
            "smaller",
            self._say_direction(),
            self.show_direction,
            nothing | {"losses": self.view.losses[[0, -1]], "targets": shape},
        )

    def show_formula(self) -> None:
        """Its name in both languages, and the formula."""
        words, theme = self.words, self.theme
        lines = 3 if self.delta is None else 4
        top, middle, self.foot, self.last = CONTENT.rows((1.2, 3, 0.5 * lines, 1.4))
        names = dict.fromkeys((self.text.name, words(self.text.name)))
        label = Label("  ".join(names), LARGE, theme.loss, weight=BOLD).put_in(top)
        sources = [(self.text.formula("n", theme), FORMULA)]
        if self.text.definition:
            sources.append((self.text.definition, DEFINITION))
        formulas = VGroup(*[formula(source, size, theme.ink) for source, size in sources])
        formulas.arrange(DOWN, buff=GAP * UNIT).scale(
            min(1, middle.height * UNIT / formulas.height)
        )
        formulas.move_to(middle.center)
        self.add(title_bar(self.view.lesson, theme))
        self.play(FadeIn(label, shift=0.1 * DOWN), run_time=0.7)
        self.play(*[Write(each) for each in formulas], run_time=2.0)
        self.hold(1.3)

    def show_symbols(self) -> None:
        """What its letters stand for."""
        words, theme = self.words, self.theme
        samples, outputs = self.view.targets.shape
        pairs = words("{count} sample", "{count} samples", count=samples)
        if outputs > 1:
            pairs += " × " + words("{count} output", "{count} outputs", count=outputs)
        legend = [
            ("y_i", words("true target"), theme.truth),
            ("hat(y)_i", words("prediction"), theme.prediction),
            ("n", f"{samples * outputs} = {pairs}" if outputs > 1 else pairs, theme.ink),
        ]
        if self.delta is not None:
            bound = words("where the square turns into a line")
            legend.append(("delta", f"{compact(self.delta)}, {bound}", theme.ink))
        lines = [
            (formula(source, SYMBOL, color), Label(f": {text}", BODY + 4, color))
            for source, text, color in legend
        ]
        start = self.foot.x - (GAP + max(label.width_px for _, label in lines)) / 2
        for (symbol, label), place in zip(lines, self.foot.rows((1,) * len(lines), gap=0)):
            symbol.move_to(point(start - GAP, place.y))
            label.put(start + GAP / 2, place.y + 14)
            self.play(Appear(VGroup(symbol, label)), run_time=0.6)
        self.hold(1.8)

    def show_direction(self) -> None:
        """The smaller the better, with this training's own numbers."""
        theme, region = self.theme, self.last
        slogan = Label(self.words("the smaller the better"), LARGE, theme.accent, weight=BOLD)
        slogan.put_in(Region(region.left, region.top, region.right, region.y))
        base = region.bottom - 22
        first, *later = (
            Label(rounded(float(loss)), BODY + 4, theme.loss)
            for loss in self.view.losses[[0, -1] if len(self.view.losses) > 1 else [0]]
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
        self.play(Appear(slogan), run_time=0.6)
        self.play(Appear(*numbers), run_time=0.8)
        self.hold(2.0)

    def _say_direction(self) -> Sentence:
        view = self.view
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "before": spoken(view.losses[0]),
            "after": spoken(view.losses[-1]),
        }
        if len(view.epochs) == 1:
            return self.say("The smaller, the better: at epoch {first} it is {before}.", **told)
        if view.outcome is Outcome.DIVERGED:
            return self.say(
                "The smaller, the better: here it goes from {before} to {after}, "
                "and training diverges from epoch {epoch}.",
                epoch=view.diverged_at,
                **told,
            )
        if view.outcome.lower and told["first"] == 0:
            return self.say(
                "The smaller, the better: {before} before training, {after} after it.", **told
            )
        if view.outcome is Outcome.ROSE:
            return self.say(
                "The smaller, the better, but here it rises: {before} at epoch {first}, "
                "{after} at epoch {last}.",
                **told,
            )
        return self.say(
            "The smaller, the better: {before} at epoch {first}, {after} at epoch {last}.", **told
        )
