"""How the predictions move while a network learns, and where the truth is."""

from collections.abc import Iterator

import numpy as np
from manim import Create, VGroup, VMobject

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from epochreel.record.outcome import Outcome
from scenes.drawing.layout import BODY, CONTENT, SMALL, Region, Values
from scenes.drawing.motion import Appear, Follow, progress_in_sweep
from scenes.drawing.sampling import evenly
from scenes.drawing.text import Label
from scenes.parts.axes import Plane
from scenes.parts.columns import Reading, first_component
from scenes.parts.legend import Entry, legend
from scenes.parts.marks import Discs
from scenes.parts.page import title_bar
from scenes.parts.points import DOT, Points
from scenes.parts.truth import Truth
from scenes.stage.scene import Beat, LectureScene

MOST_POINTS = 400
VALUE = 14  # pixels: a true value's radius
LINE = 6  # the width of the true function, in hundredths of a unit
APART = 48  # pixels from one number above the plane to the next
FAINT = 0.55  # how solid true values are, over which predictions are seen


class Fit(LectureScene):
    """The truth as a line or as true values, predictions as points that move; see `Truth`.

    Predictions that are far off leave the frame: triangles at its edge say where, a number how
    many.
    """

    title = N_("The fit")
    reads = (
        *("inputs", "targets", "rule", "epochs", "losses", "predictions"),
        *("lesson", "outcome", "diverged_at"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.truth = Truth(view.inputs, view.targets, view.rule)
        self.predictions = first_component(view.predictions)[:, self.truth.order]
        self.scale = self.truth.scale(self.predictions[[0, -1]])
        self.outside = self._count_outside(self.predictions)
        yield Beat("start", self._say_start(), self.show_start)
        if len(view.epochs) > 1:
            said = {"outcome": None, "diverged_at": None}  # in captions alone
            yield Beat("training", self._say_training(), self.run_training, said)

    def show_start(self) -> None:
        """The truth, and the predictions of the first recorded epoch."""
        theme = self.theme
        region = CONTENT.inset(40, 20)
        self.plane = Plane(self.truth.x, self.scale, region, self.truth.names(self.words), theme)
        area = self.plane.region
        self.kept = evenly(len(self.truth.across), MOST_POINTS)
        self.points = Points(self.plane, self.truth.across[self.kept], theme.prediction)
        self.readings = self._readings(Region(area.left + 120, area.top - 66, 0, area.top - 16))
        self.moving = VGroup(self.points, *self.readings)
        self.show_at(0)
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(self.plane, self._component_note(region)), run_time=0.7)
        truth = self._truth()
        drawn = Create(truth) if self.truth.is_line else Appear(truth)
        self.play(drawn, Appear(self._legend(area)), run_time=1.2)
        self.play(Appear(self.moving), run_time=0.8)
        self.hold(1.3)

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""
        last = len(self.view.epochs) - 1
        sweep = Follow(
            self.moving,
            lambda alpha: self.show_at(progress_in_sweep(0, last, alpha)),
            eased=False,
            run_time=6.0,
        )
        self.play(sweep)
        self.hold(2.0)

    def show_at(self, progress: float) -> None:
        """A place between recorded epochs: points are on their way, epoch and loss behind it."""
        at, view = int(progress), self.view
        ahead = min(at + 1, len(view.epochs) - 1)
        way = self.predictions[ahead] - self.predictions[at]
        values = self.predictions[at] + (progress - at) * way
        self.points.display(values[self.kept])
        shown = (view.epochs[at], view.losses[at], self._count_outside(values))
        for reading, number in zip(self.readings, shown):
            reading.display(float(number))

    def _count_outside(self, predictions: Values) -> Values:
        """How many predictions, (..., n), are not on the axis."""
        return np.count_nonzero(self.scale.outside(predictions), axis=-1)

    def _readings(self, place: Region) -> list[Reading]:
        """Epoch, loss, and how many predictions are outside the frame, if any ever are."""
        words, theme, view = self.words, self.theme, self.view
        told = [
            (words("Epoch"), view.epochs.astype(float), theme.accent),
            (words("loss"), view.losses, theme.loss),
        ]
        if self.outside.any():
            told.append((words("outside"), self.outside.astype(float), theme.prediction))
        readings: list[Reading] = []
        for name, states, color in told:
            readings.append(Reading(f"{name} =", states, place, BODY, color))
            place = Region(readings[-1].right + APART, place.top, place.right, place.bottom)
        return readings

    def _truth(self) -> VMobject:
        truth, color = self.truth, self.theme.truth
        if truth.is_line:
            return self.plane.curve(*truth.line(), color, LINE)
        return Discs(self.plane.places(truth.across, truth.targets), VALUE, color, FAINT)

    def _legend(self, area: Region) -> VGroup:
        """What is the truth and what is predicted, above the plane at its right."""
        words, theme = self.words, self.theme
        name, color = self.truth.name(words), theme.truth
        if self.truth.is_line:
            truth = Entry(name, color, line=LINE)
        else:
            truth = Entry(name, color, dots=VALUE, opacity=FAINT)
        entries = [truth, Entry(words("prediction"), theme.prediction, dots=DOT)]
        place = Region(area.left, area.top - 63, area.right, area.top - 19)
        return legend(entries, place, theme, align=1)

    def _component_note(self, region: Region) -> VGroup:
        """Which of several outputs is shown."""
        if self.view.targets.shape[1] == 1:
            return VGroup()
        note = Label(self.words("first component of the outputs"), SMALL, self.theme.faint)
        return VGroup(note.put(self.plane.region.left, region.bottom + 14))

    def _say_start(self) -> Sentence:
        epoch = int(self.view.epochs[0])
        if not self.truth.one_input:
            return self.say(
                "The predictions at epoch {epoch} over the true values, equal to them on the line.",
                epoch=epoch,
            )
        if self.truth.is_line:
            return self.say("The true function, and the predictions at epoch {epoch}.", epoch=epoch)
        return self.say("The true values, and the predictions at epoch {epoch}.", epoch=epoch)

    def _say_training(self) -> Sentence:
        view = self.view
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "before": spoken(view.losses[0]),
            "after": spoken(view.losses[-1]),
            "rest": self._say_outside(),
        }
        if view.outcome is Outcome.DIVERGED:
            return self.say(
                "Training diverges: the loss is {before} at epoch {first}, {after} at epoch "
                "{last}, and no finite number from epoch {diverged} on{rest}.",
                diverged=view.diverged_at,
                **told,
            )
        if view.outcome is Outcome.STAYED:
            return self.say(
                "At epoch {last} the loss is {before}, as at epoch {first}{rest}.", **told
            )
        if view.outcome.lower and self._come_closer():
            return self.say(
                "From epoch {first} to epoch {last} the predictions come closer to the true "
                "values, and the loss falls from {before} to {after}{rest}.",
                **told,
            )
        return self.say(
            "From epoch {first} to epoch {last} the predictions move as the loss goes from "
            "{before} to {after}{rest}.",
            **told,
        )

    def _come_closer(self) -> bool:
        first, last = np.abs(self.view.predictions[[0, -1]] - self.view.targets).mean(axis=(1, 2))
        return bool(last < first)

    def _say_outside(self) -> Sentence:
        outside, count = int(self.outside[-1]), self.view.predictions.shape[1]
        if not outside:
            return self.say("")
        return self.say(
            "; at the end {outside} of {count} predictions are outside the picture",
            outside=outside,
            count=count,
        )
