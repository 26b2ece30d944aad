"""What became of the loss, over all epochs."""

from collections.abc import Iterator

import numpy as np
from manim import Dot, FadeIn, LaggedStart, VMobject

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import rounded, spoken
from epochreel.record.outcome import Outcome, stopped_early
from scenes.drawing.layout import CONTENT, UNIT, Region
from scenes.drawing.motion import Appear, Grow
from scenes.drawing.scales import epoch_scale, loss_scale
from scenes.drawing.text import Label
from scenes.parts.axes import Plane
from scenes.parts.marks import crosses
from scenes.parts.notes import note_beside
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class LossCurve(LectureScene):
    """The loss of every epoch, on axes that suit it, the shown epochs marked."""

    title = N_("The loss curve")
    reads = ("curve", "shown_epochs", "lesson", "diverged_at", "outcome", "hyperparameters")

    def beats(self) -> Iterator[Beat]:
        self.scale = loss_scale(self.view.curve[1])
        said = {"outcome": None, "hyperparameters.epochs": None}  # in captions alone
        drawn = {**said, "diverged_at": None}
        yield Beat("curve", self._say_curve(), self.draw_curve, drawn)
        marks = self.say(
            "{count} epoch of the curve is marked.",
            "{count} epochs of the curve are marked.",
            count=len(self.view.shown_epochs),
        )
        yield Beat("marks", marks, self.mark_shown, said)

    def draw_curve(self) -> None:
        """Axes first, then the curve from left to right."""
        view, theme = self.view, self.theme
        names = (self.words("Epoch"), self.words("loss"))
        x = epoch_scale(view.curve[0])
        self.plane = Plane(x, self.scale, CONTENT.inset(40, 20), names, theme)
        self.curve = self.plane.growing([view.curve], theme.loss)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.plane), run_time=0.8)
        self.play(Grow(self.curve), run_time=4.0)
        self.hold(1.4)

    def mark_shown(self) -> None:
        """Dots at the epochs that were shown; the first and the last with their loss."""
        view, theme, area = self.view, self.theme, self.plane.region
        shown, diverged_at = view.shown_epochs, view.diverged_at
        places = {epoch: self.plane.at(epoch, self._loss(epoch)) for epoch in shown}
        told = {
            epoch: f"{self.words('Epoch')} {epoch}: {rounded(self._loss(epoch))}" for epoch in shown
        }
        marks: list[VMobject] = [
            Dot(place, radius=9 * UNIT, color=theme.accent) for place in places.values()
        ]
        if diverged_at is not None:
            marks[-1] = crosses([places[shown[-1]]], theme.accent, 6)
            told[shown[-1]] += f" × {self.words('diverges from epoch {epoch}', epoch=diverged_at)}"
        room = Region(area.left + 16, area.top - 48, area.right, area.bottom - 16)
        notes: list[Label] = []
        for epoch in dict.fromkeys((shown[0], shown[-1])):
            avoid = [self.plane, self.curve, *marks, *notes]
            notes.append(note_beside(places[epoch], told[epoch], room, theme.accent, avoid))
        self.play(
            LaggedStart(*[FadeIn(mark, scale=0.5) for mark in marks], lag_ratio=0.2), run_time=1.4
        )
        self.play(Appear(*notes), run_time=0.6)
        self.hold(2.0)

    def _loss(self, epoch: int) -> float:
        epochs, losses = self.view.curve
        return float(losses[np.searchsorted(epochs, epoch)])

    def _say_curve(self) -> Sentence:
        (epochs, losses), outcome = self.view.curve, self.view.outcome
        told = {
            "first": int(epochs[0]),
            "last": int(epochs[-1]),
            "before": spoken(losses[0]),
            "after": spoken(losses[-1]),
            "axis": self._say_axis(),
            "end": self._say_end(),
        }
        if len(epochs) == 1:
            return self.say("At epoch {first} the loss is {before}{end}.", **told)
        if outcome in (Outcome.STAYED, Outcome.DIVERGED):
            return self.say(
                "The loss is {before} at epoch {first} and {after} at epoch {last}{axis}{end}.",
                **told,
            )
        if outcome.lower:
            return self.say(
                "From epoch {first} to epoch {last} the loss falls from {before} to {after}"
                "{axis}{end}.",
                **told,
            )
        return self.say(
            "The loss rises from {before} at epoch {first} to {after} at epoch {last}{axis}"
            "{lowest}{end}.",
            lowest=self._say_lowest(),
            **told,
        )

    def _say_lowest(self) -> Sentence:
        """Of a loss that ends higher than it began: where it was lowest, if that is between."""
        epochs, losses = self.view.curve
        at = int(np.argmin(losses))
        if at == 0:
            return self.say("")
        return self.say(
            "; the lowest is {loss} at epoch {epoch}",
            loss=spoken(losses[at]),
            epoch=int(epochs[at]),
        )

    def _say_axis(self) -> Sentence:
        if self.scale.zero_below is not None:
            return self.say(", on a logarithmic axis with a place for zero at its foot")
        if self.scale.logarithmic:
            return self.say(", on a logarithmic axis")
        return self.say("")

    def _say_end(self) -> Sentence:
        diverged_at, last = self.view.diverged_at, int(self.view.curve[0][-1])
        if diverged_at is not None:
            return self.say("; from epoch {epoch} on it is no finite number", epoch=diverged_at)
        asked = self.view.hyperparameters.get("epochs")
        if stopped_early(asked, last, diverged_at):
            return self.say(
                "; training stopped there, and {asked} epochs were asked for", asked=asked
            )
        return self.say("")
