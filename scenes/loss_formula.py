"""The loss as a formula, and as a picture of what it says of this record."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import DOWN, Arrow, FadeIn, Transform, VGroup, VMobject, Write

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, rounded
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.view import View
from scenes.drawing.direction import Morph
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, GAP, LARGE, UNIT, Region, Values, point
from scenes.drawing.motion import (
    Appear,
    ComeBack,
    Disappear,
    Follow,
    Grow,
    StandBack,
    progress_in_sweep,
)
from scenes.drawing.text import Label
from scenes.parts.curve_page import BELOW, CurvePage, CurvePicture
from scenes.parts.error_curve import ErrorCurve
from scenes.parts.formula import formula
from scenes.parts.log_curve import LogCurve
from scenes.parts.loss_said import say_curve, say_direction, say_mean, say_term, say_training
from scenes.parts.loss_text import LossText
from scenes.parts.mean_page import MeanPage
from scenes.parts.page import title_bar
from scenes.parts.truths import loss_in, truths_of, why_not_plain
from scenes.parts.written import written
from scenes.stage.scene import Beat, LectureScene

FORMULA, DEFINITION, SYMBOL = 108, 64, 54  # font sizes in pixels
AREAS = ("mean_squared_error", "mean_absolute_error")  # losses whose terms are squares or bars


class LossFormula(LectureScene):
    """mse = 1/n sum (y - y hat)^2 or what the loss is, its symbols, and what it is for.

    A squared error is the area of a square on the graph of data and predictions, an absolute one
    the length of a bar, and the loss their mean. Of other losses the curve is shown as well, with
    every sample on it.
    """

    title = N_("The mean squared error")
    reads = (
        *("losses", "epochs", "targets", "outcome", "diverged_at", "lesson", "hyperparameters"),
        *("predictions", "classes", "layers", "inputs", "rule"),
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
        assert isinstance(loss, ErrorLoss | CrossEntropy)  # see `needs`
        self.delta = loss.delta if isinstance(loss, ErrorLoss) else None
        self.text = text = written(loss)
        is_mean = self._is_mean(loss)
        if is_mean and isinstance(text, LossText) and loss.name in AREAS:
            assert isinstance(loss, ErrorLoss)
            yield from self._beats_of_areas(loss, text)
            return
        self.has_curve = is_mean
        nothing = dict.fromkeys(set(self.reads) - {"hyperparameters", "lesson"})
        # Whether there are logits, and room is left below: all else is in other beats.
        nothing["layers"] = isinstance(loss, CrossEntropy) and loss.from_logits
        nothing["predictions"] = is_mean
        shape = view.targets.shape
        yield Beat("formula", Sentence(text.says), self.show_formula, nothing)
        yield Beat(
            "symbols",
            Sentence(text.says_of_symbols),
            self.show_symbols,
            nothing | {"targets": shape},
        )
        if is_mean:
            yield from self._beats_of_curve(loss)
            return
        yield Beat(
            "smaller",
            say_direction(view),
            self.show_direction,
            nothing | {"losses": view.losses[[0, -1]], "targets": shape},
        )

    def _is_mean(self, loss: ErrorLoss | CrossEntropy) -> bool:
        """Whether the recorded losses are the means of what the picture shows."""
        view = self.view
        return all(
            loss.gives(float(view.losses[at]), view.targets, view.predictions[at]) for at in (0, -1)
        )

    def _beats_of_areas(self, loss: ErrorLoss, text: LossText) -> Iterator[Beat]:
        view = self.view
        self.page = page = MeanPage(view, loss, text, self.words, self.theme)
        self.plane = page.plane
        squares = page.shapes.squares
        drawn: dict[str, Any] = {
            "predictions": view.predictions[0],
            "losses": float(view.losses[0]),
            "epochs": int(view.epochs[0]),
            "axis": (page.plane.y.low, page.plane.y.high),
            **dict.fromkeys(("outcome", "diverged_at", "classes", "layers")),
        }
        yield Beat("symbols", say_term(float(page.value), squares=squares), self.show_term, drawn)
        said = say_mean(view, page.count, text.name, squares=squares)
        yield Beat("formula", said, self.show_mean, drawn)
        yield Beat("smaller", say_direction(view), self.show_smaller, {"layers": None})

    def _beats_of_curve(self, loss: ErrorLoss | CrossEntropy) -> Iterator[Beat]:
        view, of_errors = self.view, isinstance(loss, ErrorLoss)
        drawn: dict[str, object] = dict.fromkeys(
            ("outcome", "diverged_at", "layers", "inputs", "rule")
        )
        drawn["classes"] = view.classes and (view.classes.names, view.classes.true)
        if not of_errors:
            drawn["predictions"] = self._probabilities()
        yield Beat("curve", say_curve(view, of_errors=of_errors), self.show_curve, drawn)
        if len(view.epochs) > 1:
            yield Beat("training", say_training(view), self.run_training, drawn)

    def show_term(self) -> None:
        """One pair: its difference is a bar, and the bar the side of a square."""
        page, parts = self.page, self.page.parts
        self.add(title_bar(self.view.lesson, self.theme))
        ground = self.theme.page
        truth = [page.truth_line] if page.truth_line else []
        self.play(Appear(page.name, page.plane, *truth, page.truths, page.note), run_time=0.7)
        self.play(Appear(page.points, page.formula), run_time=0.7)
        y, y_hat, _ = page.letters
        others = [*parts.result, *parts.share, *parts.total, *parts.prediction, *parts.around]
        self.play(StandBack(*others, ground=ground), Appear(y, page.rings[0]), run_time=0.7)
        self.play(
            ComeBack(*parts.prediction, ground=ground), Appear(y_hat, page.rings[1]), run_time=0.6
        )
        term = page.terms[page.picked]
        self.add(term.set_points(page.bar(0)))
        self.play(
            Morph((term, page.bar(1))),
            ComeBack(*parts.difference, ground=ground),
            Appear(page.put_in),
            run_time=0.8,
        )
        self.play(
            Morph((term, page.outlines(0)[page.picked])),
            ComeBack(*parts.power, ground=ground),
            Appear(page.term),
            run_time=0.9,
        )
        self.hold(1.0)

    def show_mean(self) -> None:
        """All terms, which pour into one: the mean."""
        page, parts, ground = self.page, self.page.parts, self.theme.page
        *_, n = page.letters
        shapes = page.outlines(0)
        others = [at for at in range(len(shapes)) if at != page.picked]
        for at, start in zip(others, page.starts()[others]):
            self.add(page.terms[at].set_points(start))
        self.play(
            Disappear(page.put_in, page.term, *page.rings),
            ComeBack(*parts.total, ground=ground),
            Morph(*[(page.terms[at], shapes[at]) for at in others], lag_ratio=0.1),
            Appear(n),
            run_time=1.0,
        )
        pouring: list[VMobject] = [term.copy().set_z_index(2) for term in page.terms]
        self.add(*pouring)
        self.play(
            Morph(*zip(pouring, page.strips()), lag_ratio=0.05),
            ComeBack(*parts.share, ground=ground),
            run_time=1.4,
        )
        self.play(
            Disappear(*pouring),
            Appear(page.first),
            ComeBack(*parts.result, ground=ground),
            run_time=0.6,
        )
        self.hold(1.0)

    def show_smaller(self) -> None:
        """The smaller the better: what becomes of the terms and their mean in training."""
        page, view = self.page, self.view
        last = len(view.epochs) - 1
        slogan = Label(self.words("the smaller the better"), LARGE, self.theme.accent, weight=BOLD)
        slogan.put(page.first.region.left, CONTENT.bottom - 6)
        if last:
            page.then.area.set_points(page.first.area.points)
            self.add(page.then.area)
            self.play(Morph((page.then.area, page.then.outline(page.mean_at(0)))), run_time=0.7)
            self.add(page.then)
            moving = VGroup(page.then, page.points, *page.terms)
            self.play(
                Follow(
                    moving,
                    lambda alpha: page.show_at(progress_in_sweep(0, last, alpha)),
                    eased=False,
                    run_time=2.2,
                )
            )
        self.play(Appear(slogan), run_time=0.6)
        self.hold(0.8)

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
        self.hold(0.8)

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
        self.hold(1.3)

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
        self.hold(1.5)

    def show_curve(self) -> None:
        """The curve of the loss, and every sample of the first recorded epoch on it."""
        picture, classes = self._picture()
        main = self.formulas[0]
        self.curve_page = page = CurvePage(
            picture, classes, self.view, main, self.words, self.theme
        )
        self.play(
            Disappear(self.name, self.legend, *self.formulas[1:]),
            Transform(main, page.small),
            run_time=0.9,
        )
        self.play(Appear(picture.plane), run_time=0.6)
        self.play(Grow(picture.curve), run_time=1.2)
        self.play(Appear(picture.marks, page.names, *page.readings), run_time=0.8)
        self.play(Appear(picture.mean), run_time=0.6)
        self.hold(1.1)

    def _probabilities(self) -> Values:
        """What was given to what is true, in each recorded epoch, (E, terms)."""
        view, loss = self.view, loss_in(self.view)
        assert isinstance(loss, CrossEntropy)
        return np.stack(
            [loss.probabilities(view.targets, each).ravel() for each in view.predictions]
        )

    def _picture(self) -> tuple[CurvePicture, tuple[str, ...]]:
        """The curve of the loss, and the classes that its marks stand for."""
        view, words, theme, loss = self.view, self.words, self.theme, loss_in(self.view)
        if isinstance(loss, ErrorLoss):
            errors = (view.targets - view.predictions).reshape(len(view.epochs), -1)
            return ErrorCurve(errors, view.losses, loss, BELOW, words, theme), ()
        truths, name = truths_of(view, words), words("p: probability given to what is true")
        picture = LogCurve(self._probabilities(), view.losses, truths, BELOW, name, words, theme)
        return picture, truths.names

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""
        last = len(self.view.epochs) - 1

        def show(alpha: float) -> None:
            self.curve_page.show_at(progress_in_sweep(0, last, alpha))

        self.play(Follow(self.curve_page.moving, show, eased=False, run_time=5.0))
        self.hold(1.5)
