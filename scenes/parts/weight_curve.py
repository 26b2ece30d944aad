"""The loss as a curve over one weight, with its tangent and the step that is taken."""

import math

import numpy as np
from manim import Circle, Dot, Line, Rectangle, VGroup

from epochreel.record.loss_along import LossAlong
from epochreel.record.update import Update
from scenes.drawing.layout import UNIT, Region, Values, pixels, point, points
from scenes.drawing.outlines import closed, straight
from scenes.drawing.scales import Scale, linear_scale
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.growing import pieces_inside
from scenes.parts.marks import Marks
from scenes.parts.notes import note_beside

POINTS = 121
BEYOND = 0.5  # of the way down: how far a curve goes on behind its lowest point, and before
HIGHEST = 4.0  # times the loss before or after: where a curve may leave the page
FROM_ZERO = 0.25  # of the highest loss: what it has to differ by on an axis that starts at 0
TANGENT = 210  # pixels to each side
DOT, WIDTH = 13, 6.0  # pixels of the dot's radius; width of the curve
STEP = 0.3  # of the width: how long a step is that was too short to be seen
SHORT = 0.08  # of the width: a step that is too short
SMALLEST = 20  # pixels: a frame's sides
CLOSEST = 2000.0  # times: the float32 of predictions has no digits for more
ARROW_UP, TIP, ARROW = 34, 22, 7.0  # pixels above the axis, of the tip; width of the line


class WeightCurve:
    """The curve within two ranges, as mobjects.

    Attributes:
        weights: where the loss is worked out.
        plane, curve, dot, tangent: axes, the loss, where the weight is, its slope there.
    """

    def __init__(
        self,
        along: LossAlong,
        update: Update,
        ranges: tuple[Scale, Scale],
        region: Region,
        names: tuple[str, str],
        theme: Theme,
    ) -> None:
        self._update, self.theme = update, theme
        x, y = ranges
        self.plane = Plane(x, y, region, names, theme)
        ends = np.array([update.before, update.after])
        self.weights = np.union1d(np.linspace(x.low, x.high, POINTS), ends)
        self._losses = along(self.weights)
        self.curve = self.plane.growing([(self.weights, self._losses)], theme.loss, WIDTH)
        (self.loss,) = self.losses_at(ends[:1])
        self.dot = Dot(color=theme.accent, radius=DOT * UNIT).set_z_index(2)
        self.tangent = self._tangent()
        self.show_at(0)

    def show_at(self, share: float) -> None:
        """The dot on its way along the curve, from the old weight to the new one."""
        weight = self._update.before + share * self._update.move
        self.dot.move_to(self.plane.at(weight, float(self.losses_at(np.array([weight]))[0])))

    def losses_at(self, weights: Values) -> Values:
        """The loss between the weights where it is worked out, (m,) to (m,)."""
        return np.interp(weights, self.weights, self._losses)

    def note(self, text: str) -> Label:
        """Words beside the dot, and on no line."""
        lines = [self.plane.curve(self.weights, self._losses, self.theme.loss), self.tangent]
        room = self.plane.region.inset(16)
        return note_beside(self.dot.get_center(), text, room, self.theme.loss, lines)

    def arrow(self) -> VGroup:
        """The step, along the axis; nothing where it is too short to be drawn."""
        before, after = (
            self.plane.at(weight, self.plane.y.low) + ARROW_UP * UNIT * np.array([0, 1, 0])
            for weight in (self._update.before, self._update.after)
        )
        length = abs(after[0] - before[0]) / UNIT
        if length < 2:
            return VGroup()
        color, ahead = self.theme.optimizer, math.copysign(1, after[0] - before[0])
        tip = min(TIP, length)
        corners = np.array([[0, 0, 0], [-tip * ahead, tip / 2, 0], [-tip * ahead, -tip / 2, 0]])
        neck = after - np.array([ahead * tip * UNIT * 0.8, 0, 0])
        return VGroup(
            Line(before, neck, color=color, stroke_width=ARROW),
            Marks(closed(corners), after[None], color),
        )

    def drops(self) -> VGroup:
        """Thin lines down to the axis from where the weight is before and after, and a ring."""
        weights = np.array([self._update.before, self._update.after])
        tops = self.plane.places(weights, self.losses_at(weights))
        feet = self.plane.places(weights, np.full(2, self.plane.y.low))
        ring = Circle(radius=DOT * UNIT, stroke_color=self.theme.accent, stroke_width=4)
        lines = [
            Line(top, foot, color=self.theme.line, stroke_width=2.5)
            for top, foot in zip(tops, feet)
        ]
        ring.set_fill(self.theme.page, 1).move_to(tops[0]).set_z_index(1)
        return VGroup(*lines, ring)

    def frame_of(self, other: "WeightCurve") -> Rectangle:
        """What another curve shows, as a frame on this one's plane."""
        x, y = other.plane.x, other.plane.y
        low, high = self.plane.at(x.low, y.low), self.plane.at(x.high, y.high)
        return _frame(low, high, self.theme)

    @property
    def whole(self) -> Rectangle:
        """The frame of all that this one shows."""
        area = self.plane.region
        return _frame(point(area.left, area.bottom), point(area.right, area.top), self.theme)

    def _tangent(self) -> Line:
        plane, area = self.plane, self.plane.region
        across, up = (
            area.width / (plane.x.high - plane.x.low),
            area.height / (plane.y.high - plane.y.low),
        )
        steep = self._update.slope * up / across  # on the page
        middle = plane.at(self._update.before, self.loss)
        x, y = pixels(middle)
        ends = []
        for ahead in (-1, 1):
            way = ahead * np.array([1, steep]) / math.hypot(1, steep)
            room = np.array([area.right - x, y - area.top])
            back = np.array([x - area.left, area.bottom - y])
            reach = min(TANGENT, *(np.where(way > 0, room, back) / np.maximum(np.abs(way), 1e-9)))
            ends.append(middle + np.array([*way, 0]) * reach * UNIT)
        return Line(*ends, color=self.theme.ink, stroke_width=5).set_z_index(0.6)


class Zoom(VGroup):
    """From one curve's ranges into those of a closer one, its curve, tangent and dot with it.

    Attributes:
        curve: the loss, as `show_at` left it.
    """

    def __init__(self, far: WeightCurve, near: WeightCurve, along: LossAlong) -> None:
        self._far, self._near = far.plane, near.plane
        self._weights = np.union1d(far.weights, near.weights)
        self._losses = along(self._weights)
        self._at = along.weight, far.loss
        self.curve = near.plane.curve(near.weights[:1], self._losses[:1], far.theme.loss, WIDTH)
        self._dot, self._tangent = far.dot, far.tangent
        self._aside = far.tangent.get_center() - far.dot.get_center()
        # The plane that comes lies below it.
        super().__init__(self.curve.set_z_index(0.5), self._tangent, self._dot)
        self.show_at(0)

    def show_at(self, share: float) -> None:
        """Show a share of the way; each part of it is as many times closer as the others."""
        far, near = self._far, self._near
        ratio = (near.x.high - near.x.low) / (far.x.high - far.x.low)
        left = (ratio**share - ratio) / (1 - ratio)  # of the way

        def between(start: float, end: float) -> float:
            return end + left * (start - end)

        x, y = (
            Scale(between(one.low, other.low), between(one.high, other.high))
            for one, other in ((far.x, near.x), (far.y, near.y))
        )
        region = Region(
            between(far.region.left, near.region.left),
            *(near.region.top, near.region.right, near.region.bottom),
        )

        def places(weights: Values, losses: Values) -> Values:
            across = region.left + x.share(weights) * region.width
            return points(across, region.bottom - y.share(losses) * region.height)

        inside = self._weights[(self._weights > x.low) & (self._weights < x.high)]
        weights = np.array([x.low, *inside, x.high])
        losses = np.interp(weights, self._weights, self._losses)
        starts, ends = pieces_inside(places(weights, losses), region)
        self.curve.set_points(straight(starts, ends, np.ones(len(starts))))
        (here,) = places(*np.array(self._at)[:, None])
        self._dot.move_to(here)
        self._tangent.move_to(here + self._aside)


def ranges_around(along: LossAlong, update: Update) -> tuple[Scale, Scale]:
    """Of the weight and of the loss: both sides of where the loss is lowest, and the step."""
    lowest = -math.copysign(along.reach(update.move, update.slope), update.slope)
    ends = [-BEYOND * lowest, (1 + BEYOND) * lowest, (1 + BEYOND / 2) * update.move]
    low, high = update.before + min(ends), update.before + max(ends)
    weights = np.linspace(low, high, POINTS)
    losses = along(weights)
    here, there = along(np.array([update.before, update.after]))
    most = HIGHEST * max(here, there if np.isfinite(there) else here)
    seen = losses[losses <= most]
    top = float(min(seen.max(), most))
    if top - seen.min() < FROM_ZERO * top:
        return Scale(low, high), linear_scale(seen)
    return Scale(low, high), Scale(0.0, 1.08 * top)


def closer(
    along: LossAlong, update: Update, ranges: tuple[Scale, Scale]
) -> tuple[tuple[Scale, Scale], float] | None:
    """The ranges so many times smaller that the step is seen; None where it is seen in these.

    Both are as many times smaller, so that a slope looks as it did.
    """
    x, y = ranges
    width, height = x.high - x.low, y.high - y.low
    if not update.move or abs(update.move) >= SHORT * width:
        return None
    times = min(STEP * width / abs(update.move), CLOSEST)
    times = float(f"{times:.2g}")
    middles = (
        update.before + update.move / 2,
        float(along(np.array([update.before, update.after])).mean()),
    )
    low_x, low_y = middles[0] - width / times / 2, middles[1] - height / times / 2
    low_y = max(low_y, 0.0)
    return (Scale(low_x, low_x + width / times), Scale(low_y, low_y + height / times)), times


def _frame(low: Values, high: Values, theme: Theme) -> Rectangle:
    width, height = np.maximum(high - low, SMALLEST * UNIT)[:2]
    return Rectangle(width=width, height=height, stroke_color=theme.accent, stroke_width=4).move_to(
        (low + high) / 2
    )
