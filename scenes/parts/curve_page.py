"""The page of a loss's curve: the formula on top, below it the curve with its numbers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.view import View
from scenes.drawing.layout import BODY, CONTENT, MARGIN, UNIT, Region, Values, point
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.error_curve import ErrorCurve
from scenes.parts.growing import GrowingCurves
from scenes.parts.legend import class_legend
from scenes.parts.log_curve import LogCurve
from scenes.parts.readings import Readings, above
from scenes.parts.truths import loss_in, truths_of

HEAD, BELOW = CONTENT.rows((1.1, 8))


class CurvePicture(Protocol):
    """A loss as a curve with every sample on it."""

    plane: Plane
    curve: GrowingCurves
    mean: VGroup
    marks: VGroup
    moving: VGroup

    def outside(self) -> Values: ...

    def show_at(self, progress: float) -> None: ...


class CurvePage:
    """The curve below the formula, with the names of classes and numbers that follow the epochs.

    Args:
        picture: the curve in BELOW.
        classes: what its marks stand for; none where they are all of one kind.
        formula: as it stands on the page, large.

    Attributes:
        small: the formula as it stands above the curve.
        moving: all that changes with the epochs.
    """

    def __init__(
        self,
        picture: CurvePicture,
        classes: Sequence[str],
        view: View,
        formula: VMobject,
        words: Words,
        theme: Theme,
    ) -> None:
        self.picture = picture
        area, place = picture.plane.region, above(picture.plane)
        self.readings = Readings(view.epochs, view.losses, place, words, theme)
        if (outside := picture.outside()).any():
            self.readings.add_number(words("outside"), outside, theme.prediction)
        self.readings.show_at(0)
        self.small = formula.copy().scale(min(1, HEAD.height * UNIT / formula.height))
        width = self.small.width / UNIT
        self.small.move_to(point(area.left + width / 2, HEAD.y))
        place = Region(area.left + width + MARGIN, HEAD.y - BODY, area.right, HEAD.y + BODY)
        self.names = class_legend(classes, place, theme, align=1) if classes else VGroup()
        self.moving = VGroup(picture.moving, self.readings)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded epochs: the picture on its way, numbers behind it."""
        self.picture.show_at(progress)
        self.readings.show_at(progress)


def probabilities_of(view: View, loss: CrossEntropy) -> Values:
    """What was given to what is true, in each recorded epoch, (E, terms)."""
    given = [loss.probabilities(view.targets, each).ravel() for each in view.predictions]
    return np.stack(given)


def curve_of(view: View, words: Words, theme: Theme) -> tuple[CurvePicture, tuple[str, ...]]:
    """The curve of a view's loss in BELOW, and the classes that its marks stand for."""
    loss = loss_in(view)
    if isinstance(loss, ErrorLoss):
        errors = (view.targets - view.predictions).reshape(len(view.epochs), -1)
        return ErrorCurve(errors, view.losses, loss, BELOW, words, theme), ()
    assert isinstance(loss, CrossEntropy)
    given, truths = probabilities_of(view, loss), truths_of(view, words)
    name = words("p: probability given to what is true")
    return LogCurve(given, view.losses, truths, BELOW, name, words, theme), truths.names
