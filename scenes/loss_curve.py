"""What became of the loss, over all epochs."""

from collections.abc import Iterator

import numpy as np
from manim import Dot, FadeIn, LaggedStart, Line, VGroup, VMobject

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import rounded, spoken
from epochreel.record.outcome import Outcome, parting, stopped_early
from scenes.drawing.layout import CONTENT, UNIT, Region, Values
from scenes.drawing.motion import Appear, Grow
from scenes.drawing.scales import epoch_scale, linear_scale, loss_scale
from scenes.drawing.text import Label
from scenes.parts.axes import LowPlane, Plane
from scenes.parts.growing import GrowingCurves, dashed
from scenes.parts.legend import Entry, legend
from scenes.parts.marks import crosses
from scenes.parts.notes import note_beside
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

# What Keras notes beside metrics: the learning rate, where a callback changes it.
NO_METRICS = ("loss", "learning_rate", "lr")


class LossCurve(LectureScene):
    """The loss of every epoch, on axes that suit it, the shown epochs marked.

    Of a record with validation its loss too, and where the two part; with a metric a plane more.
    """

    title = N_("The loss curve")
    reads = (
        *("curve", "history", "shown_epochs", "lesson", "diverged_at", "outcome"),
        "hyperparameters",
    )

    def beats(self) -> Iterator[Beat]:
        history = self.view.history
        self.validation = history.get("val_loss")
        measured = (name for name in history if not name.startswith("val_"))
        self.metric = next((name for name in measured if name not in NO_METRICS), None)
        every = [values for name, values in history.items() if name in ("loss", "val_loss")]
        self.scale = loss_scale(np.concatenate(every))
        said = {"outcome": None, "hyperparameters.epochs": None}  # in captions alone
        drawn = {**said, "diverged_at": None}
        yield Beat("curve", self._say_curve(), self.draw_curve, drawn)
        marks = self.say(
            "{count} epoch of the curve is marked.",
            "{count} epochs of the curve are marked.",
            count=len(self.view.shown_epochs),
        )
        yield Beat("marks", marks, self.mark_shown, said)
        if self.parts_at is not None:
            yield Beat("parting", self._say_parting(self.parts_at), self.mark_parting, said)

    @property
    def parts_at(self) -> int | None:
        """Where the validation loss is lowest, if it rises from there on: its place."""
        if self.validation is None:
            return None
        return parting(self.view.history["loss"], self.validation)

    def draw_curve(self) -> None:
        """Axes first, then all curves together from left to right."""
        view, theme = self.view, self.theme
        names = (self.words("Epoch"), self.words("loss"))
        x, region = epoch_scale(view.curve[0]), CONTENT.inset(40, 20)
        if self.metric:
            region, below = region.rows((3, 2), gap=36)
        self.plane = Plane(x, self.scale, region, names, theme)
        self.curve = self.plane.growing([view.curve], theme.loss)
        self.planes = [self.plane]
        curves = [self.curve, *self._validation_curve(self.plane, "val_loss")]
        if self.metric:
            scale = linear_scale(np.concatenate([*self._metric_curves.values()]))
            lower = LowPlane(x, scale, below, (names[0], self._metric_name), theme)
            curves.append(lower.growing([(view.curve[0], view.history[self.metric])], theme.truth))
            curves += self._validation_curve(lower, f"val_{self.metric}")
            self.planes.append(lower)
        beside = [] if self.validation is None else [self._legend()]
        # Where a line will be, no words are put before.
        self.drawn = [*self.planes, *beside, *curves, *self._parting_line()]
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(*self.planes, *beside), run_time=0.8)
        self.play(Grow(*curves), run_time=4.0)
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
            avoid = [*self.drawn, *marks, *notes]
            notes.append(note_beside(places[epoch], told[epoch], room, theme.accent, avoid))
        self.marked = [*marks, *notes]
        self.play(
            LaggedStart(*[FadeIn(mark, scale=0.5) for mark in marks], lag_ratio=0.2), run_time=1.4
        )
        self.play(Appear(*notes), run_time=0.6)
        self.hold(2.0)

    def mark_parting(self) -> None:
        """A line where the validation loss is lowest."""
        at, plane, theme = self.parts_at, self.plane, self.theme
        assert at is not None and self.validation is not None
        epoch, loss = self.view.curve[0][at], self.validation[at]
        lowest = Dot(plane.at(epoch, loss), radius=11 * UNIT, color=theme.ink)
        text = f"{self.words('Epoch')} {int(epoch)}: {rounded(loss)}"
        area = plane.region
        room = Region(area.left + 16, area.top - 48, area.right, area.bottom - 16)
        avoid = [*self.drawn, *self.marked]
        note = note_beside(lowest.get_center(), text, room, theme.ink, avoid)
        self.play(Appear(*self._parting_line()), FadeIn(lowest, scale=0.5), run_time=0.8)
        self.play(Appear(note), run_time=0.6)
        self.hold(2.6)

    def _parting_line(self) -> list[Line]:
        """Where training and validation part, from the foot of the plane to its top."""
        if self.parts_at is None:
            return []
        plane, epoch = self.plane, self.view.curve[0][self.parts_at]
        ends = [plane.at(epoch, value) for value in (plane.y.low, plane.y.high)]
        return [Line(ends[0], ends[1], color=self.theme.line, stroke_width=3)]

    @property
    def _metric_name(self) -> str:
        """What the metric is called: as Keras does, but for the one that everybody knows."""
        return self.words("accuracy") if self.metric == "accuracy" else str(self.metric)

    @property
    def _metric_curves(self) -> dict[str, Values]:
        """The metric, and the same of the validation samples."""
        assert self.metric
        names = (self.metric, f"val_{self.metric}")
        return {name: self.view.history[name] for name in names if name in self.view.history}

    def _validation_curve(self, plane: Plane, name: str) -> list[GrowingCurves]:
        """The dashed curve of what was measured on validation samples, if it was."""
        if name not in self.view.history:
            return []
        pieces = dashed(plane.pieces(self.view.curve[0], self.view.history[name]))
        return [GrowingCurves([pieces], plane.region, self.theme.ink, 4)]

    def _legend(self) -> VGroup:
        words, theme, area = self.words, self.theme, self.plane.region
        entries = [
            Entry(words("training"), theme.loss, line=5),
            Entry(words("validation"), theme.ink, line=4, dashed=True),
        ]
        place = Region(area.left, area.top - 63, area.right, area.top - 19)
        return legend(entries, place, theme, align=1)

    def _say_parting(self, at: int) -> Sentence:
        assert self.validation is not None
        epochs, losses = self.view.curve
        return self.say(
            "From epoch {epoch} to {last} the loss falls from {before} to {after} on what the "
            "network is trained on, and rises from {lowest} to {end} on validation samples: it "
            "overfits.",
            epoch=int(epochs[at]),
            last=int(epochs[-1]),
            before=spoken(losses[at]),
            after=spoken(losses[-1]),
            lowest=spoken(self.validation[at]),
            end=spoken(self.validation[-1]),
        )

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
            "end": self._say_scores(),
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

    def _say_scores(self) -> Sentence:
        """What is drawn beside the loss, at the last epoch; and how training ended."""
        end = self.say("{scores}{end}", scores=self._say_metric(), end=self._say_end())
        return self.say("{scores}{end}", scores=self._say_validation(), end=end)

    def _say_validation(self) -> Sentence:
        if self.validation is None:
            return self.say("")
        return self.say(
            "; on validation samples it ends at {value}", value=spoken(self.validation[-1])
        )

    def _say_metric(self) -> Sentence:
        if not self.metric:
            return self.say("")
        name = self.say("accuracy") if self.metric == "accuracy" else self.metric
        value, *held_out = (spoken(values[-1]) for values in self._metric_curves.values())
        if not held_out:
            return self.say("; {name} ends at {value}", name=name, value=value)
        return self.say(
            "; {name} ends at {value}, on validation samples at {other}",
            name=name,
            value=value,
            other=held_out[0],
        )

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
