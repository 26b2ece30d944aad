"""How the loss fell, over all epochs."""

from collections.abc import Iterator

import numpy as np
from manim import Dot, FadeIn, LaggedStart

from epochreel.numbers import rounded, spoken
from scenes.drawing.layout import CONTENT, SMALL, UNIT
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.scales import Scale, log_scale
from scenes.drawing.text import Label
from scenes.parts.axes import Plane
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class LossCurve(LectureScene):
    """The loss on a logarithmic axis, the shown epochs marked."""

    reads = ("curve", "shown_epochs", "lesson", "diverged_at")

    def beats(self) -> Iterator[Beat]:
        words, (epochs, losses) = self.words, self.view.curve
        yield Beat(
            "curve",
            words.say_curve.format(
                count=int(epochs[-1]), before=spoken(losses[0]), after=spoken(losses[-1])
            ),
            self.draw_curve,
        )
        yield Beat(
            "marks",
            words.say_curve_marks.format(count=len(self.view.shown_epochs)),
            self.mark_shown,
        )

    def draw_curve(self) -> None:
        """Axes first, then the curve from left to right."""
        view, theme = self.view, self.theme
        epochs, losses = view.curve
        x = Scale(epochs[0], max(epochs[-1], epochs[0] + 1))
        self.plane = Plane(
            x,
            log_scale(losses),
            CONTENT.inset(40, 20),
            (self.words.epoch, self.words.loss),
            theme,
        )
        curve = self.plane.curve(epochs, losses, theme.loss)
        whole = curve.points.copy()
        starts, ends = whole[::4, 0], whole[3::4, 0]
        middles = (starts + ends) / 2

        def show(alpha: float) -> None:
            # Pieces as far as the time has come, whether or not the curve was thinned there.
            reached = starts[0] + alpha * (ends[-1] - starts[0])
            curve.set_points(whole[: 4 * max(1, np.searchsorted(middles, reached, "right"))])

        show(0)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.plane), run_time=0.8)
        self.play(Follow(curve, show, run_time=4.0))
        self.hold(1.4)

    def mark_shown(self) -> None:
        """Dots at the epochs that were shown; the first and the last with their loss."""
        view, theme = self.view, self.theme
        marks = []
        for epoch in view.shown_epochs:
            place = self.plane.at(epoch, self._loss(epoch))
            marks.append(Dot(place, radius=9 * UNIT, color=theme.accent))
        notes = [
            self._note(epoch)
            for epoch in dict.fromkeys((view.shown_epochs[0], view.shown_epochs[-1]))
        ]
        self.play(
            LaggedStart(*[FadeIn(mark, scale=0.5) for mark in marks], lag_ratio=0.2), run_time=1.4
        )
        self.play(Appear(*notes), run_time=0.6)
        if view.diverged_at is not None:
            text = self.words.diverged.format(epoch=view.diverged_at)
            note = Label(text, SMALL, theme.negative).put(
                self.plane.region.right - 16, self.plane.region.bottom - 24, 1
            )
            self.play(Appear(note), run_time=0.5)
        self.hold(2.0)

    def _note(self, epoch: int) -> Label:
        area, loss, scale = self.plane.region, self._loss(epoch), self.plane.x
        note = Label(f"{self.words.epoch} {epoch}: {rounded(loss)}", SMALL, self.theme.accent)
        x = area.left + float(scale.share(np.array(float(epoch)))) * area.width
        left = x + 24 if x < area.x else x - note.width_px
        # Above the curve wherever the note stands over it.
        sides = np.array([left - 20, left + note.width_px + 20])
        covered = scale.low + (sides - area.left) / area.width * (scale.high - scale.low)
        epochs, losses = self.view.curve
        first, behind = np.searchsorted(epochs, covered)
        top = float(self.plane.y.share(losses[first:behind].max(initial=loss)))
        return note.put(left, area.bottom - top * area.height - 26)

    def _loss(self, epoch: int) -> float:
        epochs, losses = self.view.curve
        return float(losses[np.searchsorted(epochs, epoch)])
