"""The page of a loss's curve: the curve with its numbers, beside it the formula and one term."""

from typing import Protocol

import numpy as np
from manim import DOWN, LEFT, Line, VGroup

from epochreel.lecture.words import Words
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import CONTENT, GAP, LARGE, UNIT, Point, Region, Values, pixels, point
from scenes.drawing.text import one_line
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.cross_entropy_text import CrossEntropyText
from scenes.parts.error_curve import ErrorCurve
from scenes.parts.followed import followed_sample
from scenes.parts.formula import formula
from scenes.parts.growing import GrowingCurves
from scenes.parts.legend import class_legend
from scenes.parts.log_curve import LogCurve
from scenes.parts.loss_text import LossText
from scenes.parts.marks import Discs
from scenes.parts.put_in import PutIn
from scenes.parts.readings import Readings, above
from scenes.parts.symbols import symbol_lines, told_symbols
from scenes.parts.truths import truths_of
from scenes.parts.worked import work_out
from scenes.parts.worked_lines import error_line, log_line
from scenes.parts.worked_logs import work_out_logs

FORMULA, DEFINITION = 92, 58  # font sizes in pixels, where there is room
NAME, LETTER, TERM = 84, 66, 120  # pixels of the page's right side: rows of the name, of a letter
DISC, STEM = 10, 6  # a disc's radius in pixels; a stem's width in hundredths of a unit


class CurvePicture(Protocol):
    """A loss as a curve with every sample on it."""

    plane: Plane
    curve: GrowingCurves
    mean: VGroup
    marks: VGroup
    moving: VGroup

    def place(self, at: int) -> Point: ...

    def outside(self) -> Values: ...

    def show_at(self, progress: float) -> None: ...


class CurvePage:
    """The curve with all samples, and how one of them gets its term.

    Args:
        loss: which is the mean of what is on the curve.

    Attributes:
        picture: the curve.
        names: of the classes that its marks stand for; none where they are all of one kind.
        readings: numbers that follow the epochs.
        moving: all that changes with the epochs.
        name: of the loss.
        formulas: the loss, and what it is defined by.
        letters: what each letter of it is: the truth, the prediction and more.
        foot, stem: the followed sample on the axis, and the way up to the curve.
        put_in: its term.
    """

    def __init__(
        self,
        view: View,
        loss: ErrorLoss | CrossEntropy,
        text: LossText | CrossEntropyText,
        words: Words,
        theme: Theme,
    ) -> None:
        left, right = CONTENT.columns((1.75, 1), gap=GAP)
        head, below = left.rows((1, 19), gap=10)
        self._words, self._theme = words, theme
        self.picture, classes = _curve_of(view, loss, below, words, theme)
        plane = self.picture.plane
        self.names = class_legend(classes, head, theme) if classes else VGroup()
        self.readings = Readings(view.epochs, view.losses, above(plane), words, theme)
        if (outside := self.picture.outside()).any():
            self.readings.add_number(words("outside"), outside, theme.prediction)
        self.readings.show_at(0)
        self.moving = VGroup(self.picture.moving, self.readings)

        delta = loss.delta if isinstance(loss, ErrorLoss) else None
        samples, outputs = view.targets.shape
        told = told_symbols(text, samples, outputs, delta, words, theme)
        name = Region(right.left, right.top, right.right, right.top + NAME)
        letters = Region(
            right.left, right.bottom - TERM - LETTER * len(told), right.right, right.bottom - TERM
        )
        formulas = Region(right.left, name.bottom, right.right, letters.top - GAP)
        names = " · ".join(dict.fromkeys((text.name, words(text.name))))
        self.name = one_line(names, LARGE, theme.loss, right.width, names, BOLD).put_in(name, 0)
        self.formulas = _formulas(text, formulas, theme)
        self.letters = symbol_lines(told, letters.rows((1,) * len(told), gap=0))
        self._set_term(view, loss, Region(right.left, letters.bottom, right.right, right.bottom))

    def _set_term(self, view: View, loss: ErrorLoss | CrossEntropy, region: Region) -> None:
        """The largest term of the sample that a film follows."""
        theme, targets, predictions = self._theme, view.targets, view.predictions[0]
        terms = loss.terms(targets, predictions)
        each = terms.size // len(targets)
        sample = followed_sample(view, self._words)
        at = sample * each + int(terms.reshape(len(targets), each)[sample].argmax())
        recorded = float(view.losses[0])
        if isinstance(loss, ErrorLoss):
            errors = work_out(loss, targets, predictions, recorded, [at])
            line, exponent = error_line(errors.terms[0], loss, theme), errors.exponent
            value = errors.terms[0].value
        else:
            logs = work_out_logs(loss, targets, predictions, recorded, [at])
            line, exponent = log_line(logs.terms[0], theme), logs.exponent
            value = logs.terms[0].value
        base = region.y + LARGE / 2
        self.put_in = PutIn(line, value.scaleb(exponent), region.left, base, region.width, theme)
        place = self.picture.place(at)
        across, _ = pixels(place)
        foot = point(across, self.picture.plane.region.bottom)
        self.foot = Discs(foot[None], DISC, theme.prediction).set_z_index(1)
        self.stem = Line(foot, place, color=theme.loss, stroke_width=STEM)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded epochs: the picture on its way, numbers behind it."""
        self.picture.show_at(progress)
        self.readings.show_at(progress)


def probabilities_of(view: View, loss: CrossEntropy) -> Values:
    """What was given to what is true, in each recorded epoch, (E, terms)."""
    given = [loss.probabilities(view.targets, each).ravel() for each in view.predictions]
    return np.stack(given)


def _formulas(text: LossText | CrossEntropyText, region: Region, theme: Theme) -> VGroup:
    """The loss and what it is defined by, one below the other at the left of a region."""
    if isinstance(text, CrossEntropyText):
        source = text.formula("n", theme, narrow=True)
    else:
        source = text.formula("n", theme)
    main = formula(source, FORMULA, theme.ink)
    formulas = VGroup(main)
    if text.definition:
        formulas.add(formula(text.definition, DEFINITION, theme.ink))
    for each in formulas:
        each.scale(min(1.0, region.width * UNIT / each.width))
    formulas.arrange(DOWN, buff=1.5 * GAP * UNIT, aligned_edge=LEFT)
    formulas.scale(min(1.0, region.height * UNIT / formulas.height))
    return formulas.move_to(point(region.left + formulas.width / UNIT / 2, region.y))


def _curve_of(
    view: View, loss: ErrorLoss | CrossEntropy, region: Region, words: Words, theme: Theme
) -> tuple[CurvePicture, tuple[str, ...]]:
    """The curve of a view's loss, and the classes that its marks stand for."""
    if isinstance(loss, ErrorLoss):
        errors = (view.targets - view.predictions).reshape(len(view.epochs), -1)
        return ErrorCurve(errors, view.losses, loss, region, words, theme), ()
    given, truths = probabilities_of(view, loss), truths_of(view, words)
    name = words("p: probability given to what is true")
    return LogCurve(given, view.losses, truths, region, name, words, theme), truths.names
