"""What became of the loss, over all epochs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Dot, FadeIn, LaggedStart, Line, VGroup, VMobject

from epochreel.lecture.words import N_
from epochreel.numbers import rounded
from epochreel.record.outcome import parting
from scenes.drawing.layout import CONTENT, UNIT, Region
from scenes.drawing.motion import Appear, Follow, Grow
from scenes.drawing.scales import epoch_scale, linear_scale, loss_scale
from scenes.drawing.text import Label
from scenes.parts.axes import LowPlane, Plane
from scenes.parts.curve_captions import CurveCaptions
from scenes.parts.curve_ends import values_at_ends
from scenes.parts.curve_learner import CurveLearner
from scenes.parts.growing import GrowingCurves, dashed
from scenes.parts.learning_network import kernels_of
from scenes.parts.legend import Entry, legend
from scenes.parts.marks import crosses
from scenes.parts.notes import leader, note_beside
from scenes.parts.page import title_bar
from scenes.parts.scores import Scores
from scenes.stage.scene import Beat, LectureScene

ENDS = 90  # pixels right of two planes for where their curves end
MOST_LAYERS = 6  # of a network that has room beside the curve


class LossCurve(LectureScene):
    """The loss of every epoch, on axes that suit it, the shown epochs marked.

    Beside it the network learns. Of a record with validation its loss too, and where the two part;
    with a metric a plane more, and no network.
    """

    title = N_("The loss curve")
    reads = (
        *("curve", "history", "shown_epochs", "lesson", "diverged_at", "outcome"),
        *("hyperparameters", "widths", "dense", "parameters", "epochs"),
    )

    def beats(self) -> Iterator[Beat]:
        self.scores = Scores(self.view.history)
        self.scale = loss_scale(np.concatenate(self.scores.losses))
        captions = CurveCaptions(self.view, self.scores, self.scale)
        self.learns = not self.scores.metric and 0 < len(self.view.dense) <= MOST_LAYERS
        said: dict[str, Any] = {
            "outcome": None,
            "hyperparameters.epochs": None,
        }  # in captions alone
        if self.learns:
            said["parameters"] = kernels_of(self.view)
        drawn = {**said, "diverged_at": None}
        yield Beat("curve", captions.curve(), self.draw_curve, drawn)
        yield Beat("marks", captions.marks(), self.mark_shown, said)
        if self.parts_at is not None:
            yield Beat("parting", captions.parting(self.parts_at), self.mark_parting, said)

    @property
    def parts_at(self) -> int | None:
        """Where the validation loss is lowest, if it rises from there on: its place."""
        validation = self.scores.validation
        return None if validation is None else parting(self.view.history["loss"], validation)

    def draw_curve(self) -> None:
        """Axes first, then all curves together from left to right."""
        view, theme, scores = self.view, self.theme, self.scores
        names = (self.words("Epoch"), self.words("loss"))
        x, region, side = epoch_scale(view.curve[0]), CONTENT.inset(40, 20), None
        if scores.metric:
            region = replace(region, right=region.right - ENDS)
            region, below = region.rows((3, 2), gap=36)
        elif self.learns:
            region, side = CONTENT.inset(0, 20).columns((2.4, 1), gap=40)
        self.plane = Plane(x, self.scale, region, names, theme)
        self.curve = self.plane.growing([view.curve], theme.loss)
        self.planes = [self.plane]
        curves = [self.curve, *self._validation_curve(self.plane, "val_loss")]
        if scores.metric:
            scale = linear_scale(np.concatenate([*scores.metric_curves.values()]))
            lower_names = names[0], scores.metric_name(self.words)
            lower = LowPlane(x, scale, below, lower_names, theme)
            measured = view.history[scores.metric]
            curves.append(lower.growing([(view.curve[0], measured)], theme.truth))
            curves += self._validation_curve(lower, f"val_{scores.metric}")
            self.planes.append(lower)
        learner = self.learner = CurveLearner(view, self.plane, side, self.words, theme)
        beside = [] if scores.validation is None else [self._legend(side or self.plane.region)]
        # Where a line will be, no words are put before.
        self.drawn = [*self.planes, learner, *beside, *curves, *self._parting_line()]
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(*self.planes, learner, *beside), run_time=0.8)
        # In every frame, as the line grows: its head and the numbers are of one moment.
        self.play(Grow(*curves), Follow(learner, learner.show_at), run_time=2.8)
        if ends := self._ends():
            self.drawn += ends
            self.play(Appear(*ends), run_time=0.4)
        self.hold(0.6)

    def mark_shown(self) -> None:
        """Dots at the epochs that were shown; the first and the last with their loss."""
        view, theme, area = self.view, self.theme, self.plane.region
        shown, diverged_at = view.shown_epochs, view.diverged_at
        places = {epoch: self.plane.at(epoch, self._loss(epoch)) for epoch in shown}
        told = {
            epoch: f"{self.words('Epoch')} {epoch}: {rounded(self._loss(epoch))}" for epoch in shown
        }
        marks: list[VMobject] = [
            # Many may lie in a row: the page's colour around each keeps them apart.
            Dot(place, radius=9 * UNIT, color=theme.accent).set_stroke(theme.page, 2)
            for place in places.values()
        ]
        if diverged_at is not None:
            marks[-1] = crosses([places[shown[-1]]], theme.accent, 6)
            told[shown[-1]] += f", {self.words('not finite from epoch {epoch}', epoch=diverged_at)}"
        room = Region(area.left + 16, area.top - 48, area.right, area.bottom - 16)
        notes: list[VMobject] = []
        for epoch in dict.fromkeys((shown[0], shown[-1])):
            avoid = [*self.drawn, *marks, *notes]
            note = note_beside(places[epoch], told[epoch], room, theme.accent, avoid)
            notes += [note, *leader(note, places[epoch], theme.accent)]
        self.marked = [*marks, *notes]
        self.play(
            LaggedStart(*[FadeIn(mark, scale=0.5) for mark in marks], lag_ratio=0.2), run_time=1.0
        )
        self.play(Appear(*notes), run_time=0.6)
        self.hold(0.7)

    def mark_parting(self) -> None:
        """A line where the validation loss is lowest."""
        at, plane, theme = self.parts_at, self.plane, self.theme
        validation = self.scores.validation
        assert at is not None and validation is not None
        epoch, loss = self.view.curve[0][at], validation[at]
        lowest = Dot(plane.at(epoch, loss), radius=11 * UNIT, color=theme.ink)
        text = f"{self.words('Epoch')} {int(epoch)}: {rounded(loss)}"
        area = plane.region
        room = Region(area.left + 16, area.top - 48, area.right, area.bottom - 16)
        avoid = [*self.drawn, *self.marked]
        note = note_beside(lowest.get_center(), text, room, theme.ink, avoid)
        self.play(Appear(*self._parting_line()), FadeIn(lowest, scale=0.5), run_time=0.8)
        self.play(Appear(note, *leader(note, lowest.get_center(), theme.ink)), run_time=0.6)
        self.hold(1.5)

    def _parting_line(self) -> list[Line]:
        """Where training and validation part, from the foot of the plane to its top."""
        if self.parts_at is None:
            return []
        plane, epoch = self.plane, self.view.curve[0][self.parts_at]
        ends = [plane.at(epoch, value) for value in (plane.y.low, plane.y.high)]
        return [Line(ends[0], ends[1], color=self.theme.line, stroke_width=3)]

    def _ends(self) -> list[Label]:
        """Where curves end that no mark tells of, and no number above."""
        scores, theme = self.scores, self.theme
        loss = [] if scores.validation is None else [(float(scores.validation[-1]), theme.ink)]
        if scores.metric:
            last = [float(values[-1]) for values in scores.metric_curves.values()]
            lower = zip(last, (theme.truth, theme.ink))
            return [
                *values_at_ends(self.plane, loss),
                *values_at_ends(self.planes[-1], [*lower]),
            ]
        # Right of the plane is the network.
        area = self.plane.region
        room = Region(area.left + 16, area.top - 16, area.right, area.bottom - 16)
        last = self.view.curve[0][-1]
        return [
            note_beside(self.plane.at(last, value), rounded(value), room, color, self.drawn)
            for value, color in loss
            if np.isfinite(value)
        ]

    def _validation_curve(self, plane: Plane, name: str) -> list[GrowingCurves]:
        """The dashed curve of what was measured on validation samples, if it was."""
        if name not in self.view.history:
            return []
        pieces = dashed(plane.pieces(self.view.curve[0], self.view.history[name]))
        return [GrowingCurves([pieces], plane.region, self.theme.ink, 4)]

    def _legend(self, across: Region) -> VGroup:
        """What the two lines stand for, above the frame and within a region's sides."""
        words, theme, area = self.words, self.theme, self.plane.region
        # The curves of a metric have another colour, and the same lines.
        training = theme.ink if self.scores.metric else theme.loss
        entries = [
            Entry(words("training"), training, line=5),
            Entry(words("validation"), theme.ink, line=4, dashed=True),
        ]
        place = Region(across.left, area.top - 63, across.right, area.top - 19)
        return legend(entries, place, theme, align=1)

    def _loss(self, epoch: int) -> float:
        epochs, losses = self.view.curve
        return float(losses[np.searchsorted(epochs, epoch)])
