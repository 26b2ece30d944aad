"""How the predictions move while a network learns, and where the truth is."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from manim import Create, VGroup

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from epochreel.record.outcome import Outcome
from scenes.drawing.layout import CONTENT, Region
from scenes.drawing.motion import Appear, Follow, progress_in_sweep
from scenes.parts.fitted_classes import ClassMatrix, ClassPlane, has_plane
from scenes.parts.fitted_values import ValuePoints
from scenes.parts.held_out import HeldOutClasses
from scenes.parts.page import title_bar
from scenes.parts.readings import Readings, above
from scenes.parts.truth import Truth
from scenes.stage.scene import Beat, LectureScene

REGION = CONTENT.inset(40, 20)
ABOVE_MATRIX = 76  # pixels for the numbers above a matrix


class Picture(Protocol):
    """What shows the network between recorded states, given how many have passed."""

    moving: VGroup

    def show_at(self, progress: float) -> None: ...


class Fit(LectureScene):
    """The truth as a line or as true values, predictions as points that move.

    Predictions that are far off leave the frame: triangles at its edge say where, a number how
    many. Of few samples squares, or bars, show how far they are off. Classes are regions of the
    plane where there are two inputs, else the confusion matrix.
    """

    title = N_("The fit")
    reads = (
        *("inputs", "targets", "rule", "epochs", "losses", "predictions", "classes", "validation"),
        *("feature_names", "target_names", "layers", "parameters", "history", "hyperparameters"),
        *("lesson", "outcome", "diverged_at"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        said = {"outcome": None, "diverged_at": None}  # in captions alone
        if view.classes:
            self.held_out = HeldOutClasses.of(view)
            show = self.show_plane if has_plane(view) else self.show_matrix
            first, then = Beat("start", self._say_classes(), show), self._say_right
        else:
            self.truth = Truth(view.inputs, view.targets, view.rule)
            self.values = ValuePoints(view, self.truth, REGION, self.words, self.theme)
            self.outside = self.values.outside(self.values.predictions)
            first, then = Beat("start", self._say_start(), self.show_values), self._say_training
        yield first
        if len(view.epochs) > 1:
            yield Beat("training", then(), self.run_training, said)

    def show_values(self) -> None:
        """The truth, and the predictions of the first recorded epoch."""
        values = self.values
        self.picture: Picture = values
        self.plane, self.points = values.plane, values.points
        view, words = self.view, self.words
        place = above(self.plane)
        self.readings = Readings(view.epochs, view.losses, place, words, self.theme)
        if self.outside.any():
            # Between two states as many as are seen to be.
            self.readings.add_number(
                words("outside"),
                self.outside,
                self.theme.prediction,
                lambda state: float(values.outside(values.now)),
            )
        self.moving = VGroup(values.moving, *self.readings)
        self.show_at(0)
        self.add(title_bar(self.view.lesson, self.theme))
        legend = values.legend(self.readings.right)
        self.play(Appear(self.plane, values.note(legend)), run_time=0.7)
        truth = [values.truth_line] if values.truth_line else []
        self.play(*map(Create, truth), Appear(*values.samples, legend), run_time=0.9)
        self.play(Appear(self.moving), run_time=0.8)
        self.hold(0.6)

    def show_plane(self) -> None:
        """Samples on the plane, then the regions of their classes at the first recorded epoch."""
        plane = ClassPlane(self.view, self.held_out, REGION, self.words, self.theme)
        self.picture, self.plane = plane, plane.plane
        self.readings = self._classes_read(above(plane.plane))
        self.moving = VGroup(plane.moving, *self.readings)
        self.show_at(0)
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(plane.front, plane.legend), run_time=0.9)
        self.play(Appear(plane.regions, plane.wrong, *self.readings), run_time=1.0)
        # Regions came last, and lie below what was there.
        self.remove(plane.regions, plane.front, plane.wrong)
        self.add(self.moving)
        self.hold(0.6)

    def show_matrix(self) -> None:
        """The confusion matrix of the first recorded epoch."""
        region = Region(REGION.left, REGION.top + ABOVE_MATRIX, REGION.right, REGION.bottom)
        matrix = ClassMatrix(self.view, self.held_out, region, self.words, self.theme)
        self.picture = matrix
        place = Region(REGION.left, REGION.top - 16, REGION.right, REGION.top + 34)
        self.readings = self._classes_read(place)
        self.moving = VGroup(matrix.moving, *self.readings)
        self.show_at(0)
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(self.moving, matrix.note), run_time=1.2)
        self.hold(0.6)

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""
        last = len(self.view.epochs) - 1
        sweep = Follow(
            self.moving,
            lambda alpha: self.show_at(progress_in_sweep(0, last, alpha)),
            eased=False,
            run_time=3.6,
        )
        self.play(sweep)
        self.hold(0.7)

    def show_at(self, progress: float) -> None:
        """A place between recorded epochs: pictures are on their way, numbers behind it."""
        self.picture.show_at(progress)
        self.readings.show_at(progress)

    def _classes_read(self, place: Region) -> Readings:
        """Of classes: epoch, loss, and how many samples are right, also of those held out."""
        view, words, color = self.view, self.words, self.theme.truth
        assert view.classes
        right = view.classes.right.sum(axis=1)
        readings = Readings(view.epochs, view.losses, place, words, self.theme)
        count = len(view.classes.true)
        readings.add_share(words("accuracy"), count, lambda state: float(right[state]), color)
        if held_out := self.held_out:
            readings.add_share(
                words("validation"),
                held_out.count,
                lambda state: float(held_out.right(state)),
                color,
            )
        return readings

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
        """How many of the validation samples are right at the end, where they can be asked for."""
        if not self.held_out:
            return self.say("")
        return self.say(
            "; of the validation samples {right} of {count} are right at the end",
            right=self.held_out.right(len(self.view.epochs) - 1),
            count=self.held_out.count,
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
