"""−ln p over p, with every sample on the curve, and their mean as a line."""

import numpy as np
from manim import Line, VGroup

from epochreel.lecture.words import Words
from scenes.drawing.layout import SMALL, Point, Region, Values, point
from scenes.drawing.scales import Scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.growing import GrowingCurves
from scenes.parts.marks import Marks, Pointers
from scenes.parts.moment import Moment
from scenes.parts.points import POINTER
from scenes.parts.truths import Truths

LEAST_TOP, MOST_TOP = 2.5, 5.0  # of the axis of −ln p, for terms alone
ABOVE = 1.15  # times the largest mean, which is on the axis however large it is
MARK = 11  # half of how wide a mark is, in pixels
OPACITY = 0.75  # of marks, which lie over each other where many samples are alike
FINE = 160  # places of the curve
SMALLEST = 1e-300  # of a probability whose logarithm is taken
GAP = 16  # pixels from the frame to the name of the mean
NAME_ROOM = 150  # pixels right of the frame


class LogCurve:
    """The curve and what moves on it, as mobjects that a scene shows.

    Args:
        probabilities: what was given to what is true, in each recorded epoch, (E, terms).
        losses: their means of −ln, (E,).
        truths: what is true in each term.
        region: for axes, their names and the mean's.
        name: what the probability is called.

    Attributes:
        plane: the axes.
        curve: −ln p, which can grow.
        moving: marks, pointers to those that are outside, and the mean.
    """

    def __init__(
        self,
        probabilities: Values,
        losses: Values,
        truths: Truths,
        region: Region,
        name: str,
        words: Words,
        theme: Theme,
    ) -> None:
        self._probabilities, self._losses, self._labels = probabilities, losses, truths.labels
        top = top_of(probabilities, losses)
        inner = Region(region.left, region.top, region.right - NAME_ROOM, region.bottom)
        self.plane = Plane(Scale(0, 1), Scale(0, top), inner, (name, "−ln p"), theme)
        p = np.exp(-np.linspace(top, 0, FINE))
        self.curve: GrowingCurves = self.plane.growing([(p, -np.log(p))], theme.ink, 4)
        nowhere = np.zeros((0, 3))
        self._marks: list[Marks] = [
            class_mark(nowhere, at, MARK, color, OPACITY)
            for at, color in enumerate(class_colors(theme, len(truths.names)))
        ]
        self._above = Pointers(nowhere, POINTER, theme.prediction, up=True)
        self._mean = Line(color=theme.loss, stroke_width=5)
        self._name = Label(words("mean"), SMALL, theme.loss)
        self.mean = VGroup(self._mean, self._name)
        self.marks = VGroup(*self._marks, self._above)
        self.moving = VGroup(self.mean, self.marks)
        self.show_at(0)

    def place(self, at: int) -> Point:
        """Where a term of the first recorded epoch is, or the curve where it leaves the axes."""
        p = self._probabilities[0, [at]]
        found: Point = self.plane.places(p, _terms(p).clip(0, self.plane.y.high))[0]
        return found

    def outside(self) -> Values:
        """How many terms are above the axis in each recorded epoch, (E,)."""
        return (_terms(self._probabilities) > self.plane.y.high).sum(axis=1)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded epochs."""
        moment = Moment.at(progress, len(self._losses))
        p = moment.between(self._probabilities)
        terms, high = _terms(p), self.plane.y.high
        inside = terms <= high
        places = self.plane.places(p, terms.clip(0, high))
        for at_class, marks in enumerate(self._marks):
            marks.stand_at(places[inside & (self._labels == at_class)])
        self._above.stand_at(places[~inside])
        self._show_mean(float(moment.between(self._losses)))

    def _show_mean(self, loss: float) -> None:
        area = self.plane.region
        height = area.bottom - float(self.plane.y.share(np.array(loss))) * area.height
        self._mean.put_start_and_end_on(point(area.left, height), point(area.right, height))
        self._name.put(area.right + GAP, height + CAP_HEIGHT * SMALL / 2)


def top_of(probabilities: Values, losses: Values) -> float:
    """Where the axis of −ln p ends: a few surprises would press all else to its foot."""
    largest = min(float(_terms(probabilities).max()) * 1.05, MOST_TOP)
    return max(LEAST_TOP, largest, ABOVE * float(losses.max()))


def _terms(probabilities: Values) -> Values:
    terms: Values = -np.log(np.maximum(probabilities, SMALLEST))
    return terms
