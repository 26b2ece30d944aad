"""The loss until now as a small curve beside its number."""

import numpy as np
from manim import Dot, Line, LineJointType, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import SMALL, UNIT, Region, point, points
from scenes.drawing.measure import text_width
from scenes.drawing.scales import loss_scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme

NARROWEST = 320  # pixels: of less room it has none
BESIDE = 12  # pixels from the axis to the epochs where it starts and ends
HEAD = 7  # pixels: the radius of the dot at its end
RESTS = 4  # pixels between the curve's lowest place and the axis


class LossTrail(VGroup):
    """The loss from the first recorded epoch to the one on the page.

    Its axes hold the single steps that the film shows, and grow with the sweep that follows: so the
    first epochs are seen as well.

    Args:
        view: reads `epochs`, `losses` and `shown_epochs`.
    """

    def __init__(self, view: View, region: Region, words: Words, theme: Theme) -> None:
        self._theme, self._epochs = theme, view.epochs
        logarithmic = loss_scale(view.losses).logarithmic
        start = self._label(f"{words('Epoch')} {view.epochs[0]}").put(region.left, region.bottom)
        last = text_width(f"{view.epochs[-1]}", SMALL)
        self._area = area = Region(
            region.left + start.width_px + BESIDE,
            region.top + HEAD,
            region.right - last - BESIDE,
            region.bottom,
        )
        self._levels = view.losses
        if logarithmic:
            positive = view.losses[view.losses > 0]
            self._levels = np.log10(np.maximum(view.losses, positive.min()))
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        steps = [at for number, at in enumerate(shown) if at == shown[0] + number]
        self._least_end = max(steps[-1], 1)
        self.curve = VMobject(
            stroke_color=theme.loss, stroke_width=4, joint_type=LineJointType.ROUND
        )
        self.head = Dot(radius=HEAD * UNIT, color=theme.loss)
        self.end = self._label(f"{view.epochs[self._least_end]}").put(*self._right_of_axis)
        axis = Line(point(area.left, area.bottom), point(area.right, area.bottom))
        axis.set_stroke(theme.line, 2)
        super().__init__(axis, start, self.end, self.curve, self.head)
        if logarithmic:
            above = region.top + CAP_HEIGHT * SMALL
            self.add(self._label("log").put(area.left - 2 * BESIDE, above, 1))

    def show_at(self, position: float) -> "LossTrail":
        """Show it up to a position along the recorded epochs, 0 being the first."""
        last = max(round(position), self._least_end)
        first, end = self._epochs[0], self._epochs[last]
        passed = np.arange(len(self._epochs))
        along = np.append(passed[passed < position], position)
        reached = np.interp(along, passed, self._epochs).clip(max=end)
        across = self._area.left + (reached - first) / (end - first) * self._area.width
        levels = self._levels[: last + 1]
        span = np.ptp(levels) or 1.0
        shares = (np.interp(along, passed, self._levels) - levels.min()) / span
        places = points(across, self._area.bottom - RESTS - shares * (self._area.height - RESTS))
        self.curve.set_points_as_corners(places if len(places) > 1 else places[[0, 0]])
        self.head.move_to(places[-1])
        if f"{end}" != self.end.text:
            self.end.write(f"{end}", SMALL).put(*self._right_of_axis)
        return self

    @property
    def _right_of_axis(self) -> tuple[float, float]:
        return self._area.right + BESIDE, self._area.bottom

    def _label(self, text: str) -> Label:
        return Label(text, SMALL, self._theme.faint)


def loss_trail(view: View, region: Region, words: Words, theme: Theme) -> LossTrail | None:
    """The trail in a region; None where there is one epoch, or no room."""
    has_room = region.width >= NARROWEST and len(view.epochs) > 1
    return LossTrail(view, region, words, theme) if has_room else None
