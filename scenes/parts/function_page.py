"""The page of a function of one x: its column, its graph, its rule, and the true values."""

from dataclasses import replace

import numpy as np
from manim import VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.fitting import input_notation, target_notation
from scenes.drawing.layout import CONTENT, GAP, SMALL, UNIT, Point, Region
from scenes.drawing.outlines import straight
from scenes.drawing.scales import linear_scale
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.columns import Column, Rows, first_component, selection_note
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.flight import Falling, Flight, tokens
from scenes.parts.marks import Discs
from scenes.parts.page import card
from scenes.parts.rule_text import RuleText
from scenes.parts.truth import has_noise

VALUES, CARD, NOTE = 168, 100, 44  # pixels: the right column's width, heights at the foot
BELOW = 0.15  # of the height of the graph: room for an x between the axis and the lowest point
OVER_AXIS, OVER_X = 28, 52  # pixels above the axis: an x that landed, and what begins over it
DOT, FOOT = 8, 5  # pixels: half a point, and half of where an x is on the axis
DASH, APART = 10, 8  # pixels of a dashed line


class FunctionPage:
    """What stands on the page, each ready to appear.

    Attributes:
        x, y: the columns of inputs and of true values; they share their rows.
        plane: the graph between them; `feet` are the x on its axis, `points` the samples.
        card: at the foot, with `rule` in it.
        note: what part of the data is shown.
    """

    def __init__(self, view: View, words: Words, theme: Theme) -> None:
        self.theme = theme
        inputs = EPOCH_PAGE.inputs  # so that the column stands where it comes back
        values = replace(inputs, left=CONTENT.right - VALUES, right=CONTENT.right)
        middle = Region(inputs.right + GAP, CONTENT.top, values.left, CONTENT.bottom)
        graph = replace(middle, bottom=middle.bottom - CARD - NOTE - GAP)
        foot = Region(middle.left + 120, graph.bottom + GAP, middle.right - 30, middle.bottom)
        self.rows = Rows(len(view.inputs), inputs)
        self._x, self._y = first_component(view.inputs), first_component(view.targets)
        noisy = is_noisy(view)
        single = view.inputs.shape[1] == view.targets.shape[1] == 1
        names = ("x", "y" if noisy else "f(x)") if single else (words("input"), words("truth"))
        self.x, self.y = (
            Column(name, each[None], notation, self.rows, place, color, theme.line).display(each)
            for name, each, notation, place, color in (
                (names[0], self._x, input_notation(self._x, view.decimals), inputs, theme.ink),
                (names[1], self._y, target_notation(self._y, view.decimals), values, theme.truth),
            )
        )
        up = linear_scale(self._y)
        up = replace(up, low=up.low - BELOW * (up.high - up.low))
        self.plane = Plane(linear_scale(self._x), up, graph, names, theme)
        bottom = np.full(len(self._x), up.low)
        self._feet, self._tops = (
            self.plane.places(self._x, heights) for heights in (bottom, self._y)
        )
        self.feet = Discs(self._feet, FOOT, theme.faint)
        self.points = Discs(self._tops, DOT, theme.truth)
        place = replace(foot, bottom=foot.top + CARD)
        self.card = card(place, theme)
        self._text = RuleText(view.rule, noisy, place.inset(40, 8), theme)
        self.rule = self._text.rule
        note = selection_note(self.rows, view.inputs, view.targets, words) or words(
            "{count} sample", "{count} samples", count=len(self._x)
        )
        self.note = Label(note, SMALL, theme.faint).put(foot.x, foot.bottom - 6, 0.5)

    def with_x(self, row: int) -> VMobject:
        """The rule with the x of a shown row put in, and what comes out."""
        texts = (column.numbers.texts[row][0] for column in (self.x, self.y))
        return self._text.with_x(*texts)

    def token(self, row: int) -> Falling:
        """The x of a shown row, that goes from there to over its place on the axis."""
        over = self._feet[self.rows.samples[row]] + np.array([0, OVER_AXIS * UNIT, 0])
        return Falling(tokens(self.x, self.theme.ink)[row], over)

    def result(self, row: int) -> tuple[Label, Point]:
        """The true value of a shown row as a label on its point, and its place in the column."""
        label = tokens(self.y, self.theme.truth)[row]
        end = label.get_center()
        return label.move_to(self._tops[self.rows.samples[row]]), end

    def rise(self, row: int) -> "DashedRise":
        """From the x of a shown row up to its point."""
        sample = self.rows.samples[row]
        return DashedRise(self._feet[sample], self._tops[sample], self.theme.faint)

    def dot(self, row: int) -> Discs:
        """The point of a shown row."""
        return Discs(self._tops[[self.rows.samples[row]]], DOT, self.theme.truth)

    def flight(self, done: int) -> Flight:
        """All rows on their way, but for the first ones that are `done`; other samples between."""
        samples = self.rows.samples
        turns = np.interp(np.arange(len(self._x)), samples, np.arange(len(samples)))
        return Flight(
            self.x,
            self.y,
            (self._feet[samples], self._tops[samples]),
            Discs(self._tops[:0], DOT, self.theme.truth),
            (self._tops, turns),
            (self.theme.ink, self.theme.truth),
            done,
        )


class DashedRise(VMobject):
    """A dashed line from over an x on the axis up to its point; see `Grow`."""

    def __init__(self, foot: Point, top: Point, color: str) -> None:
        super().__init__(stroke_color=color, stroke_width=3.5)
        self._start = foot + np.array([0, OVER_X * UNIT, 0])
        self._height = max((top - self._start)[1] - DOT * UNIT, 0.0)

    def grow_to(self, share: float) -> None:
        """Show this share of it, from below."""
        reach = share * self._height
        begins = np.arange(0, reach, (DASH + APART) * UNIT)
        up = np.array([[0.0, 1.0, 0.0]])
        starts = self._start + begins[:, None] * up
        ends = self._start + np.minimum(begins + DASH * UNIT, reach)[:, None] * up
        self.set_points(straight(starts, ends, np.ones(len(begins))) if len(begins) else [])

    def join(self) -> None:
        """It is one thing as it is."""


def is_noisy(view: View) -> bool:
    """Whether there is a rule, and true values are others than its."""
    return has_noise(view.rule, view.inputs[:, 0], view.targets[:, 0])
