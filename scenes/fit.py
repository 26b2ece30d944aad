"""How the predictions move while a network learns, and where the truth is."""

from collections.abc import Iterator
from typing import Protocol

from manim import Create, VGroup

from epochreel.lecture.words import N_
from scenes.drawing.layout import CONTENT, Region
from scenes.drawing.motion import Appear, Follow, progress_in_sweep
from scenes.parts.fit_captions import ClassCaptions, FitCaptions, ValueCaptions
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
        *("lesson", "outcome", "diverged_at", "curve"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        # In captions alone.
        said = dict.fromkeys(("outcome", "diverged_at", "curve", "history"))
        if view.classes:
            self.held_out = HeldOutClasses.of(view)
            captions: FitCaptions = ClassCaptions(view, self.held_out)
            start = self.show_plane if has_plane(view) else self.show_matrix
        else:
            self.truth = Truth(view.inputs, view.targets, view.rule)
            self.values = ValuePoints(view, self.truth, REGION, self.words, self.theme)
            self.outside = self.values.outside(self.values.predictions)
            captions = ValueCaptions(view, self.truth, int(self.outside[-1]))
            start = self.show_values
        yield Beat("start", captions.start(), start)
        if len(view.epochs) > 1:
            yield Beat("training", captions.training(), self.run_training, said)

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
        # Regions come last, and lie below what is there.
        self.add_foreground_mobjects(plane.front)
        self.play(Appear(plane.regions, run_time=0.6))
        self.remove_foreground_mobjects(plane.front)
        self.play(Appear(plane.wrong, *self.readings, run_time=0.4))
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
        sweep = Follow(
            self.moving,
            lambda alpha: self.show_at(progress_in_sweep(self.view.epochs, alpha)),
            eased=False,
            run_time=3.2,
        )
        self.play(sweep)
        self.hold(0.7)

    def show_at(self, progress: float) -> None:
        """A place between recorded epochs: pictures are on their way, numbers of the nearest."""
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
