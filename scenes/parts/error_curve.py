"""A loss over the error, with every output of every sample on the curve, and their mean."""

import numpy as np
import numpy.typing as npt
from manim import Line, VGroup

from epochreel.lecture.words import Words
from epochreel.record.losses import ErrorLoss
from scenes.drawing.layout import SMALL, Point, Region, Values, point
from scenes.drawing.scales import Scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.growing import GrowingCurves
from scenes.parts.log_curve import FINE, GAP, MARK, NAME_ROOM, OPACITY
from scenes.parts.marks import Discs, Pointers
from scenes.parts.moment import Moment
from scenes.parts.points import POINTER

AIR = 1.06  # times the largest error that is on the axis
FARTHER = 3  # times the first epoch's largest error: a last one up to there is on the axis


class ErrorCurve:
    """The curve and what moves on it, as mobjects that a scene shows.

    Args:
        errors: true value less prediction in each recorded epoch, (E, terms).
        losses: the means of their terms, (E,).
        loss: what a term is of its error.
        region: for axes, their names and the mean's.

    Attributes:
        plane: the axes.
        curve: the loss over the error, which can grow.
        moving: marks, pointers to those that are outside, and the mean.
    """

    def __init__(
        self,
        errors: Values,
        losses: Values,
        loss: ErrorLoss,
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        self._errors, self._losses, self._loss = errors, losses, loss
        reach = _reach(errors)
        top = max(float(loss.of_errors(np.array(reach))), AIR * float(losses[0]))
        inner = Region(region.left, region.top, region.right - NAME_ROOM, region.bottom)
        names = words("error: true target less prediction"), words("term")
        self.plane = Plane(Scale(-reach, reach), Scale(0, top), inner, names, theme)
        across = np.linspace(-reach, reach, FINE + 1)
        self.curve: GrowingCurves = self.plane.growing(
            [(across, loss.of_errors(across))], theme.ink, 4
        )
        nowhere = np.zeros((0, 3))
        self._inside = Discs(nowhere, MARK, theme.prediction, OPACITY)
        self._above = Pointers(nowhere, POINTER, theme.prediction, up=True)
        self._mean = Line(color=theme.loss, stroke_width=5)
        self._name = Label(words("mean"), SMALL, theme.loss)
        self.mean = VGroup(self._mean, self._name)
        self.marks = VGroup(self._inside, self._above)
        self.moving = VGroup(self.mean, self.marks)
        self.show_at(0)

    def place(self, at: int) -> Point:
        """Where a term of the first recorded epoch is."""
        error = self._errors[0, [at]]
        found: Point = self.plane.places(error, self._loss.of_errors(error))[0]
        return found

    def outside(self) -> Values:
        """How many terms are farther off than the axes go in each recorded epoch, (E,)."""
        return self._is_outside(self._errors).sum(axis=1)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded epochs."""
        moment = Moment.at(progress, len(self._losses))
        errors, plane = moment.between(self._errors), self.plane
        heights = self._loss.of_errors(errors).clip(0, plane.y.high)
        places = plane.places(errors.clip(plane.x.low, plane.x.high), heights)
        outside = self._is_outside(errors)
        self._inside.stand_at(places[~outside])
        self._above.stand_at(places[outside])
        area = plane.region
        mean = min(float(moment.between(self._losses)), plane.y.high)
        height = area.bottom - float(plane.y.share(np.array(mean))) * area.height
        self._mean.put_start_and_end_on(point(area.left, height), point(area.right, height))
        self._name.put(area.right + GAP, height + CAP_HEIGHT * SMALL / 2)

    def _is_outside(self, errors: Values) -> npt.NDArray[np.bool]:
        far: npt.NDArray[np.bool] = np.abs(errors) > self.plane.x.high
        return far


def _reach(errors: Values) -> float:
    """How far the axis of errors goes to each side: one epoch may be far off at the end."""
    first, last = (float(np.abs(errors[at]).max()) for at in (0, -1))
    return AIR * (max(first, min(last, FARTHER * first)) or 1.0)
