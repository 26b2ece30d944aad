"""The loss as a formula."""

from collections.abc import Iterator

import numpy as np
from manim import DOWN, Arrow, FadeIn, Transform, VGroup, Write

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, rounded, spoken
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.outcome import Outcome
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, GAP, LARGE, UNIT, Region, point
from scenes.drawing.motion import Appear, Disappear, Follow, Grow, progress_in_sweep
from scenes.drawing.text import Label
from scenes.parts.curve_page import CurvePage
from scenes.parts.formula import formula
from scenes.parts.page import title_bar
from scenes.parts.truths import loss_in, why_not_plain
from scenes.parts.written import written
from scenes.stage.scene import Beat, LectureScene

FORMULA, DEFINITION, SYMBOL = 108, 64, 54  # font sizes in pixels


class LossFormula(LectureScene):
    """mse = 1/n sum (y - y hat)^2 or what the loss is, its symbols, and what it is for.

    A cross-entropy is shown as the curve −ln p as well, with every sample on it.
    """

    title = N_("The mean squared error")
    reads = (
        *("losses", "epochs", "targets", "outcome", "diverged_at", "lesson", "hyperparameters"),
        *("predictions", "classes", "layers"),
    )

    @classmethod
    def chapter(cls, view: View) -> str:
        loss = loss_in(view)
        return written(loss).formula_chapter if loss else cls.title

    @classmethod
    def needs(cls, view: View) -> str | None:
        loss = loss_in(view)
        if loss is None:
            return f"the loss is {view.hyperparameters['loss']!r}"
        return why_not_plain(loss, view.targets) if isinstance(loss, CrossEntropy) else None

    def beats(self) -> Iterator[Beat]:
        view, loss = self.view, loss_in(self.view)
        assert loss  # see `needs`
        self.delta = loss.delta if isinstance(loss, ErrorLoss) else None
        self.text = text = written(loss)
        self.has_curve = isinstance(loss, CrossEntropy) and self._is_mean(loss)
        shape = view.targets.shape
        said = ("losses", "epochs", "targets", "outcome", "diverged_at")
        nothing: dict[str, object] = {name: None for name in said}
        if isinstance(loss, CrossEntropy):
            # Whether there are logits, and room is left below: all else is in other beats.
            nothing |= {"layers": loss.from_logits, "predictions": self.has_curve, "classes": None}
        yield Beat("formula", Sentence(text.says), self.show_formula, nothing)
        yield Beat(
            "symbols",
            Sentence(text.says_of_symbols),
            self.show_symbols,
            nothing | {"targets": shape},
        )
        if isinstance(loss, CrossEntropy) and self.has_curve:
            yield from self._beats_of_curve(loss)
            return
        yield Beat(
            "smaller",
            self._say_direction(),
            self.show_direction,
            nothing | {"losses": view.losses[[0, -1]], "targets": shape},
        )

    def _is_mean(self, loss: CrossEntropy) -> bool:
        """Whether the recorded losses are the means of what the curve shows."""
        view = self.view
        return all(
            loss.gives(float(view.losses[at]), view.targets, view.predictions[at]) for at in (0, -1)
        )

    def _beats_of_curve(self, loss: CrossEntropy) -> Iterator[Beat]:
        view = self.view
        self.probabilities = np.stack(
            [loss.probabilities(view.targets, each).ravel() for each in view.predictions]
        )
        drawn: dict[str, object] = {
            "predictions": self.probabilities,
            "classes": view.classes and (view.classes.names, view.classes.true),
            **dict.fromkeys(("outcome", "diverged_at", "layers")),
        }
        yield Beat("curve", self._say_curve(), self.show_curve, drawn)
        if len(view.epochs) > 1:
            yield Beat("training", self._say_training(), self.run_training, drawn)

    def show_formula(self) -> None:
        """Its name in both languages, and the formula."""
        words, theme = self.words, self.theme
        lines = 1 + len(self.text.symbols) + (self.delta is not None)
        left = 0.1 if self.has_curve else 1.4
        top, middle, self.foot, self.last = CONTENT.rows((1.2, 3, 0.5 * lines, left))
        names = dict.fromkeys((self.text.name, words(self.text.name)))
        self.name = label = Label("  ".join(names), LARGE, theme.loss, weight=BOLD).put_in(top)
        sources = [(self.text.formula("n", theme), FORMULA)]
        if self.text.definition:
            sources.append((self.text.definition, DEFINITION))
        self.formulas = formulas = VGroup(
            *[formula(source, size, theme.ink) for source, size in sources]
        )
        formulas.arrange(DOWN, buff=GAP * UNIT).scale(
            min(1, middle.height * UNIT / formulas.height, middle.width * UNIT / formulas.width)
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
        several = outputs > 1 and self.text.per_output
        if several:
            pairs += " × " + words("{count} output", "{count} outputs", count=outputs)
        legend = [
            (source, words(text), getattr(theme, role)) for source, text, role in self.text.symbols
        ]
        legend.append(("n", f"{samples * outputs} = {pairs}" if several else pairs, theme.ink))
        if self.delta is not None:
            bound = words("where the square turns into a line")
            legend.append(("delta", f"{compact(self.delta)}, {bound}", theme.ink))
        lines = [
            (formula(source, SYMBOL, color), Label(f": {text}", BODY + 4, color))
            for source, text, color in legend
        ]
        start = self.foot.x - (GAP + max(label.width_px for _, label in lines)) / 2
        # Where they are wide, symbols stand farther to the left, clear of the colons.
        center = start - max(GAP, max(symbol.width for symbol, _ in lines) / UNIT / 2 + 4)
        self.legend = VGroup(*[VGroup(*line) for line in lines])
        for (symbol, label), place in zip(lines, self.foot.rows((1,) * len(lines), gap=0)):
            symbol.move_to(point(center, place.y))
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

    def show_curve(self) -> None:
        """The curve −ln p, and every sample of the first recorded epoch on it."""
        view = self.view
        self.page = page = CurvePage(
            self.probabilities, view, self.formulas[0], self.words, self.theme
        )
        main, picture = self.formulas[0], page.picture
        self.play(
            Disappear(self.name, self.legend, *self.formulas[1:]),
            Transform(main, page.small),
            run_time=0.9,
        )
        self.play(Appear(picture.plane), run_time=0.6)
        self.play(Grow(picture.curve), run_time=1.2)
        self.play(Appear(picture.marks, page.names, *page.readings), run_time=0.8)
        self.play(Appear(picture.mean), run_time=0.6)
        self.hold(1.6)

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""
        last = len(self.view.epochs) - 1

        def show(alpha: float) -> None:
            self.page.show_at(progress_in_sweep(0, last, alpha))

        self.play(Follow(self.page.moving, show, eased=False, run_time=5.0))
        self.hold(2.0)

    def _say_curve(self) -> Sentence:
        return self.say(
            "The less probability the truth is given, the larger is −ln p: at epoch {epoch} the "
            "mean is {loss}.",
            epoch=int(self.view.epochs[0]),
            loss=spoken(self.view.losses[0]),
        )

    def _say_training(self) -> Sentence:
        view = self.view
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "before": spoken(view.losses[0]),
            "after": spoken(view.losses[-1]),
        }
        if view.outcome is Outcome.DIVERGED:
            return self.say(
                "Training diverges: the mean is {before} at epoch {first}, {after} at epoch "
                "{last}, and no finite number from epoch {diverged} on.",
                diverged=view.diverged_at,
                **told,
            )
        if view.outcome is Outcome.STAYED:
            return self.say("At epoch {last} the mean is {before}, as at epoch {first}.", **told)
        if view.outcome is Outcome.ROSE:
            return self.say(
                "From epoch {first} to epoch {last} the mean rises from {before} to {after}.",
                **told,
            )
        return self.say(
            "From epoch {first} to epoch {last} the mean falls from {before} to {after}.", **told
        )

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
