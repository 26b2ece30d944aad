"""How the predictions move while a network learns, and where the truth is."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from manim import VGroup

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from epochreel.record.outcome import Outcome
from scenes.drawing.layout import BODY, CONTENT, SMALL, Region, Values
from scenes.drawing.motion import Appear, Follow, progress_in_sweep
from scenes.drawing.text import Label
from scenes.parts.columns import Reading
from scenes.parts.fitted_classes import ClassMatrix, ClassPlane, has_plane
from scenes.parts.fitted_values import ValuePoints
from scenes.parts.legend import class_legend
from scenes.parts.page import title_bar
from scenes.parts.truth import Truth
from scenes.stage.scene import Beat, LectureScene

APART = 48  # pixels from one number above the plane to the next


class Picture(Protocol):
    """What shows the network between recorded states, given how many have passed."""

    moving: VGroup

    def show_at(self, progress: float) -> None: ...


class Fit(LectureScene):
    """The truth as a line or as true values, predictions as points that move.

    Predictions that are far off leave the frame: triangles at its edge say where, a number how
    many. Classes are regions of the plane where there are two inputs, else the confusion matrix.
    """

    title = N_("The fit")
    reads = (
        *("inputs", "targets", "rule", "epochs", "losses", "predictions", "classes", "validation"),
        *("feature_names", "layers", "parameters", "history", "hyperparameters"),
        *("lesson", "outcome", "diverged_at"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.values: ValuePoints | None = None
        if view.classes:
            yield Beat("start", self._say_classes(), self.show_classes)
            if len(view.epochs) > 1:
                said = {"outcome": None, "diverged_at": None}
                yield Beat("training", self._say_right(), self.run_training, said)
            return
        self.truth = Truth(view.inputs, view.targets, view.rule)
        region = CONTENT.inset(40, 20)
        self.values = values = ValuePoints(view, self.truth, region, self.words, self.theme)
        self.picture: Picture = values
        self.plane, self.points = values.plane, values.points
        self.outside = values.outside(values.predictions)
        yield Beat("start", self._say_start(), self.show_start)
        if len(view.epochs) > 1:
            said = {"outcome": None, "diverged_at": None}  # in captions alone
            yield Beat("training", self._say_training(), self.run_training, said)

    def show_start(self) -> None:
        """The truth, and the predictions of the first recorded epoch."""
        theme, view, values = self.theme, self.view, self.values
        assert values
        area = values.plane.region
        told = [
            (self.words("Epoch"), view.epochs.astype(float), theme.accent),
            (self.words("loss"), view.losses, theme.loss),
        ]
        if self.outside.any():
            told.append((self.words("outside"), self.outside.astype(float), theme.prediction))
        self._take_readings(told, Region(area.left + 120, area.top - 66, 0, area.top - 16))
        self.show_at(0)
        self.add(title_bar(view.lesson, theme))
        note = values.component_note(CONTENT.inset(40, 20))
        self.play(Appear(values.plane, note), run_time=0.7)
        self.play(values.truth_drawn(), Appear(values.legend(area)), run_time=1.2)
        self.play(Appear(self.moving), run_time=0.8)
        self.hold(1.3)

    def show_classes(self) -> None:
        """Regions or a matrix, as the network of the first recorded epoch says."""
        theme, view, words = self.theme, self.view, self.words
        assert view.classes
        region = CONTENT.inset(40, 20)
        count = len(view.classes.true)
        told = [
            (words("Epoch"), view.epochs.astype(float), theme.accent),
            (words("loss"), view.losses, theme.loss),
            (
                words("right of {count}", count=count),
                view.classes.right.sum(axis=1).astype(float),
                theme.truth,
            ),
        ]
        self.add(title_bar(view.lesson, theme))
        if has_plane(view):
            plane = ClassPlane(view, region, words, theme)
            self.picture = plane
            area = plane.plane.region
            self._take_readings(told, Region(area.left + 120, area.top - 66, 0, area.top - 16))
            self.show_at(0)
            place = Region(area.left, area.top - 63, area.right, area.top - 19)
            names = class_legend(view.classes.names, place, theme, align=1)
            self.play(Appear(plane.front, names), run_time=0.9)
            self.play(Appear(plane.regions, plane.wrong, *self.readings), run_time=1.0)
            # Regions came last, and lie below what was there.
            self.remove(plane.regions, plane.front, plane.wrong)
            self.add(self.moving)
        else:
            place = Region(region.left, region.top + 40, region.right, region.bottom - 10)
            matrix = ClassMatrix(view, place, words, theme)
            self.picture = matrix
            self._take_readings(told, Region(region.left, region.top - 16, 0, region.top + 34))
            self.show_at(0)
            self.play(Appear(self.moving), run_time=1.2)
            if matrix.left_out:
                note = words(
                    "{shown} of {count} classes",
                    shown=matrix.matrix.shown,
                    count=len(view.classes.names),
                )
                label = Label(note, SMALL, theme.faint).put(region.x, region.bottom + 14, 0.5)
                self.play(Appear(label), run_time=0.5)
        self.hold(1.6)

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
        """A place between recorded epochs: pictures are on their way, numbers behind it."""
        self.picture.show_at(progress)
        shown = [float(states[int(progress)]) for states in self._told]
        if self.values and len(shown) > 2:
            shown[2] = float(self.values.outside(self.values.now))
        for reading, number in zip(self.readings, shown):
            reading.display(number)

    def _take_readings(self, told: Sequence[tuple[str, Values, str]], place: Region) -> None:
        """Numbers that follow the epochs, side by side from the left of a place."""
        self.readings: list[Reading] = []
        for name, states, color in told:
            self.readings.append(Reading(f"{name} =", states, place, BODY, color))
            left = self.readings[-1].right + APART
            place = Region(left, place.top, place.right, place.bottom)
        self._told = [states for _, states, _ in told]
        self.moving = VGroup(self.picture.moving, *self.readings)

    def _say_classes(self) -> Sentence:
        classes, epoch = self.view.classes, int(self.view.epochs[0])
        assert classes
        told = {
            "epoch": epoch,
            "count": len(classes.true),
            "right": int(classes.right[0].sum()),
        }
        if has_plane(self.view):
            return self.say(
                "What the network says of every place of the plane at epoch {epoch}: {right} of "
                "{count} samples lie in the region of their class.",
                **told,
            )
        return self.say(
            "The true classes and the predicted ones at epoch {epoch}: {right} of {count} "
            "samples are right, on the diagonal.",
            **told,
        )

    def _say_right(self) -> Sentence:
        view, classes = self.view, self.view.classes
        assert classes
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "count": len(classes.true),
            "before": int(classes.right[0].sum()),
            "after": int(classes.right[-1].sum()),
            "rest": self._say_held_out(),
        }
        if told["before"] == told["after"]:
            return self.say(
                "At epoch {last} {after} of {count} samples are right, as many as at epoch "
                "{first}{rest}.",
                **told,
            )
        return self.say(
            "From epoch {first} to epoch {last} the number of right samples goes from {before} to "
            "{after} of {count}{rest}.",
            **told,
        )

    def _say_held_out(self) -> Sentence:
        """How many of the validation samples are right at the end, where that is known."""
        shares = self.view.history.get("val_accuracy")
        if shares is None or self.view.validation is None:
            return self.say("")
        count = len(self.view.validation.inputs)
        return self.say(
            "; of the validation samples {right} of {count} are right at the end",
            right=round(float(shares[-1]) * count),
            count=count,
        )

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
