"""A run's card: its colour and label, its small loss curve, and where it has come."""

import numpy as np
from manim import Line, VGroup

from epochreel.lecture.words import Words
from epochreel.record.view import Training
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.scales import Scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.columns import Reading
from scenes.parts.moment import nearest_state
from scenes.parts.page import card
from scenes.parts.way import curve_in

INSET, LABEL_ROW, FOOT_ROW = 20, 44, 40  # pixels
SAMPLE, TO_LABEL = 56, 16


class RunCard(VGroup):
    """What stands beside the map for one run.

    Args:
        scales: of epochs and of losses, the same on all cards.
        label: how the run is called.
    """

    def __init__(
        self,
        training: Training,
        label: str,
        color: str,
        region: Region,
        scales: tuple[Scale, Scale],
        words: Words,
        theme: Theme,
    ) -> None:
        self._training, self._scales = training, scales
        inner = region.inset(INSET, INSET - 8)
        head = Region(inner.left, inner.top, inner.right, inner.top + LABEL_ROW)
        foot = Region(inner.left, inner.bottom - FOOT_ROW, inner.right, inner.bottom)
        sample = Line(
            point(head.left, head.y),
            point(head.left + SAMPLE, head.y),
            color=color,
            stroke_width=7,
        )
        beside = head.left + SAMPLE + TO_LABEL
        (line, *_), size = lines_or_cut(label, head.right - beside, BODY, 1, f"The label {label!r}")
        name = Label(line, size, theme.ink, weight=BOLD)
        name.put(beside, head.y + CAP_HEIGHT * size / 2)
        middle = Region(inner.left, head.bottom + 10, inner.right, foot.top - 10)
        self._curve = curve_in(middle, *scales, training.run.curve, color)
        first, last = training.epochs[0], training.epochs[-1]
        ends = np.array([first, last], dtype=float)
        self._epoch = Reading(f"{words('Epoch')} =", ends, foot, SMALL, theme.accent)
        place = Region(self._epoch.right + 40, foot.top, foot.right, foot.bottom)
        self._loss = Reading(f"{words('loss')} =", training.losses, place, SMALL, theme.loss)
        self.end = VGroup()
        if (epoch := training.run.diverged_at) is not None:
            text = words("not finite from epoch {epoch}", epoch=epoch)
            self.end = VGroup(Label(text, SMALL, theme.ink).put_in(foot, 0))
        self.readings = VGroup(self._epoch, self._loss)
        super().__init__(card(region, theme), sample, name, self._curve, self.readings)

    def show_at(self, progress: float) -> "RunCard":
        """The numbers of the nearest recorded state, and the curve up to it."""
        training, state = self._training, nearest_state(progress)
        epoch = float(training.epochs[state])
        self._epoch.display(epoch)
        self._loss.display(float(training.losses[state]))
        self._curve.grow_to(float(self._scales[0].share(np.array(epoch))))
        return self
