"""The page of a cross-entropy's curve: the formula on top, below it the curve with its numbers."""

from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import BODY, CONTENT, MARGIN, UNIT, Region, Values, point
from scenes.drawing.theme import Theme
from scenes.parts.legend import class_legend
from scenes.parts.log_curve import LogCurve
from scenes.parts.readings import Readings, above
from scenes.parts.truths import truths_of


class CurvePage:
    """The curve below the formula, with the names of classes and numbers that follow the epochs.

    Args:
        probabilities: what was given to what is true, in each recorded epoch, (E, terms).
        formula: as it stands on the page, large.

    Attributes:
        small: the formula as it stands above the curve.
        moving: all that changes with the epochs.
    """

    def __init__(
        self, probabilities: Values, view: View, formula: VMobject, words: Words, theme: Theme
    ) -> None:
        head, below = CONTENT.rows((1.1, 8))
        truths, name = truths_of(view, words), words("p: probability given to what is true")
        self.picture = LogCurve(probabilities, view.losses, truths, below, name, words, theme)
        area = self.picture.plane.region
        place = above(self.picture.plane)
        self.readings = Readings(view.epochs, view.losses, place, words, theme)
        if (outside := self.picture.outside()).any():
            self.readings.add_number(words("outside"), outside, theme.prediction)
        self.readings.show_at(0)
        self.small = formula.copy().scale(min(1, head.height * UNIT / formula.height))
        width = self.small.width / UNIT
        self.small.move_to(point(area.left + width / 2, head.y))
        place = Region(area.left + width + MARGIN, head.y - BODY, area.right, head.y + BODY)
        self.names = class_legend(truths.names, place, theme, align=1)
        self.moving = VGroup(self.picture.moving, self.readings)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded epochs: the picture on its way, numbers behind it."""
        self.picture.show_at(progress)
        self.readings.show_at(progress)
