"""The loss as a formula, and as a picture of what it says of this record."""

from collections.abc import Iterator
from typing import Any

from manim import Create, VGroup, VMobject, Write

from epochreel.lecture.words import N_, Sentence
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.view import View
from scenes.drawing.direction import Morph
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import CONTENT, LARGE
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
from scenes.parts.cross_entropy_text import CrossEntropyText
from scenes.parts.curve_page import CurvePage
from scenes.parts.formula_page import FormulaPage
from scenes.parts.loss_said import say_curve, say_direction, say_mean, say_term, say_training
from scenes.parts.loss_text import LossText
from scenes.parts.mean_page import MeanPage
from scenes.parts.page import title_bar
from scenes.parts.truths import loss_in, why_not_plain
from scenes.parts.written import written
from scenes.stage.scene import Beat, LectureScene

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
        *("feature_names", "shown_epochs"),
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
        if is_mean:
            yield from self._beats_of_curve(loss, text)
            return
        nothing = dict.fromkeys(set(self.reads) - {"hyperparameters", "lesson"})
        # Whether there are logits: all else is in other beats.
        nothing["layers"] = isinstance(loss, CrossEntropy) and loss.from_logits
        shape = view.targets.shape
        yield Beat("formula", Sentence(text.says), self.show_formula, nothing)
        yield Beat(
            "symbols",
            Sentence(text.says_of_symbols),
            self.show_symbols,
            nothing | {"targets": shape},
        )
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
        self.areas = page = MeanPage(view, loss, text, self.words, self.theme)
        self.plane = page.plane
        squares = page.shapes.squares
        drawn: dict[str, Any] = {
            "predictions": view.predictions[0],
            "losses": float(view.losses[0]),
            "epochs": int(view.epochs[0]),
            "axis": (page.plane.y.low, page.plane.y.high),
            **dict.fromkeys(("outcome", "diverged_at", "classes", "layers")),
        }
        yield Beat("symbols", say_term(page.put_in.value, squares=squares), self.show_term, drawn)
        said = say_mean(view, page.count, text.name, squares=squares)
        yield Beat("formula", said, self.show_mean, drawn)
        yield Beat("smaller", say_direction(view), self.show_smaller, {"layers": None})

    def _beats_of_curve(
        self, loss: ErrorLoss | CrossEntropy, text: LossText | CrossEntropyText
    ) -> Iterator[Beat]:
        view = self.view
        self.page = CurvePage(view, loss, text, self.words, self.theme)
        drawn = dict.fromkeys(("outcome", "diverged_at"))
        yield Beat("formula", Sentence(text.says), self.draw_curve, drawn)
        yield Beat("symbols", Sentence(text.says_of_symbols), self.show_a_sample, drawn)
        said = say_curve(view, of_errors=isinstance(loss, ErrorLoss))
        yield Beat("curve", said, self.show_samples, drawn)
        if len(view.epochs) > 1:
            yield Beat("training", say_training(view), self.run_training, drawn)

    def show_term(self) -> None:
        """One pair: its difference is a bar, and the bar the side of a square."""
        page, parts = self.areas, self.areas.parts
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
            Appear(page.put_in.term),
            run_time=0.8,
        )
        self.play(
            Morph((term, page.outlines(0)[page.picked])),
            ComeBack(*parts.power, ground=ground),
            Appear(page.put_in.comes_to),
            run_time=0.8,
        )
        self.hold(0.6)

    def show_mean(self) -> None:
        """All terms, which pour into one: the mean."""
        page, parts, ground = self.areas, self.areas.parts, self.theme.page
        *_, n = page.letters
        shapes = page.outlines(0)
        others = [at for at in range(len(shapes)) if at != page.picked]
        for at, start in zip(others, page.starts()[others]):
            page.terms[at].set_points(start)
        self.play(
            Disappear(page.put_in.term, page.put_in.comes_to, *page.rings),
            ComeBack(*parts.total, ground=ground),
            Morph(*[(page.terms[at], shapes[at]) for at in others], lag_ratio=0.1, introducer=True),
            Appear(n),
            run_time=1.0,
        )
        pouring: list[VMobject] = [term.copy().set_z_index(2) for term in page.terms]
        self.play(
            Appear(*pouring, run_time=0.5),
            Morph(*zip(pouring, page.strips()), lag_ratio=0.05, run_time=1.1),
            ComeBack(*parts.share, ground=ground, run_time=1.1),
        )
        self.play(
            Disappear(*pouring),
            Appear(page.first),
            ComeBack(*parts.result, ground=ground),
            run_time=0.6,
        )
        self.hold(0.6)

    def show_smaller(self) -> None:
        """The smaller the better: what becomes of the terms and their mean in training."""
        page, view = self.areas, self.view
        last = len(view.epochs) - 1
        slogan = Label(self.words("the smaller the better"), LARGE, self.theme.accent, weight=BOLD)
        slogan.put(page.first.region.left, CONTENT.bottom - 6)
        if last:
            page.then.area.set_points(page.first.area.points)
            goal = page.then.outline(page.mean_at(0))
            self.play(
                Appear(page.then.area, run_time=0.3), Morph((page.then.area, goal), run_time=0.7)
            )
            self.add(page.then)
            moving = VGroup(page.then, page.points, *page.terms)
            self.play(
                Follow(
                    moving,
                    lambda alpha: page.show_at(progress_in_sweep(self.view.epochs, alpha)),
                    eased=False,
                    run_time=2.4,
                )
            )
        self.play(Appear(slogan), run_time=0.6)
        self.hold(0.6)

    def show_formula(self) -> None:
        """Its name in both languages, and the formula."""
        self.formula_page = page = FormulaPage(self.text, self.delta, self.words, self.theme)
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(page.name), run_time=0.7)
        self.play(*[Write(each) for each in page.formulas], run_time=2.0)
        self.hold(0.6)

    def show_symbols(self) -> None:
        """What its letters stand for."""
        samples, outputs = self.view.targets.shape
        self.letters = self.formula_page.letters(samples, outputs)
        for line in self.letters:
            self.play(Appear(line), run_time=0.6)
        self.hold(0.6)

    def show_direction(self) -> None:
        """The smaller the better, with this training's own numbers."""
        slogan, numbers = self.formula_page.direction(self.view)
        self.play(Appear(slogan), run_time=0.6)
        self.play(Appear(*numbers), run_time=0.8)
        self.hold(1.0)

    def draw_curve(self) -> None:
        """Its name, its formula, and the curve of what the mean is of."""
        page, plane = self.page, self.page.picture.plane
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(page.name, plane), run_time=0.7)
        writing = [Write(each, run_time=1.6) for each in page.formulas]
        self.play(*writing, Grow(page.picture.curve, run_time=1.6))
        self.hold(0.6)

    def show_a_sample(self) -> None:
        """What its letters stand for, and how the followed sample gets its term."""
        page = self.page
        truth, prediction, *others = page.letters
        self.play(Appear(truth, page.names), run_time=0.6)
        self.play(Appear(prediction, page.foot, page.put_in.term), run_time=0.6)
        self.play(Create(page.stem), Appear(page.put_in.comes_to), run_time=0.8)
        self.play(Appear(*others), run_time=0.6)
        self.hold(0.6)

    def show_samples(self) -> None:
        """Every sample of the first recorded epoch on the curve, and their mean."""
        page, picture = self.page, self.page.picture
        one = (page.foot, page.stem, page.put_in.term, page.put_in.comes_to)
        self.play(Disappear(*one), Appear(picture.marks, *page.readings), run_time=0.8)
        self.play(Appear(picture.mean), run_time=0.6)
        self.hold(0.6)

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""

        def show(alpha: float) -> None:
            self.page.show_at(progress_in_sweep(self.view.epochs, alpha))

        self.play(Follow(self.page.moving, show, eased=False, run_time=5.0))
        self.hold(1.0)
