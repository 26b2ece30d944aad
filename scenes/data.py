"""What there is to learn: inputs, and the true value or class of each."""

from collections.abc import Iterator

import numpy as np
from manim import Arrow, FadeIn, VGroup, VMobject

from epochreel.lecture.rule import parse_rule
from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import Notation, spoken
from epochreel.record.classes import labels_of
from scenes.drawing.fitting import input_notation, target_notation
from scenes.drawing.layout import CONTENT, HUGE, SMALL, UNIT, Region, Values, point
from scenes.drawing.motion import Appear, Disappear, Follow
from scenes.drawing.text import Label
from scenes.parts.class_marks import class_marks
from scenes.parts.columns import Column, Rows, first_component, selection_note
from scenes.parts.data_views import images_shown, plane_of, rows_shown, table_of
from scenes.parts.flight import Flight
from scenes.parts.formula import formula
from scenes.parts.marks import Discs
from scenes.parts.page import title_bar
from scenes.parts.pictures import is_image
from scenes.parts.sample_sheet import SampleSheet
from scenes.parts.truth import has_noise
from scenes.stage.scene import Beat, LectureScene

DIGITS_OF_FLOAT32 = 10  # that tell any two numbers apart, and one
TABLE_SHARE, PLANE_SHARE = 9, 11  # of the page, where points stand beside the table
DOT, MARK = 7, 9  # pixels: half a point, without its class and with it


class Data(LectureScene):
    """x, the rule, and f(x); or a table, points in the plane, or images, and what each is."""

    title = N_("Data")
    reads = (
        *("inputs", "targets", "rule", "class_names", "validation", "feature_names"),
        *("target_names", "decimals", "lesson"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        said = {"validation": None}  # of it captions tell how many there are
        if is_image(view.inputs.shape[1:]):
            yield Beat("images", self.say_images(), self.show_images, said)
            yield Beat("targets", self.say_targets(), self.show_labels, said)
        elif view.inputs[0].size > 1 or view.class_names:
            yield Beat("features", self.say_features(), self.show_features, said)
            yield Beat("targets", self.say_targets(), self.show_targets, said)
        else:
            noisy = {"rule": self._is_noisy()}
            yield Beat("x", self.say_inputs(), self.show_inputs, noisy)
            yield Beat("rule", self.say_rule(), self.show_rule)
            yield Beat("values", self.say_values(), self.apply_rule)

    def say_inputs(self) -> Sentence:
        """How many samples there are, and between which numbers."""
        count = len(self.view.inputs)
        low, high = _range(self.view.inputs[:, 0])
        if count == 1:
            return self.say("The input x has one sample, {low}.", low=low)
        return self.say(
            "The input x has {count} samples, from {low} to {high}.",
            count=count,
            low=low,
            high=high,
        )

    def say_rule(self) -> Sentence:
        """The rule, or that there is none."""
        if self.view.rule:
            plain = parse_rule(self.view.rule).plain
            return self.say("The rule to learn is f(x) = {rule}.", rule=plain)
        outputs = self.view.targets.shape[1]
        if outputs == 1:
            return self.say("Every sample has a true value to learn.")
        return self.say(
            "Every sample has {outputs} true values to learn; the first is shown.", outputs=outputs
        )

    def say_values(self) -> Sentence:
        """Between which numbers the true values are."""
        low, high = _range(first_component(self.view.targets))
        if low == high:
            return self.say("The true value is {value}.", value=low)
        if self._is_noisy():
            return self.say(
                "The rule's values with noise are the true values, from {low} to {high}.",
                low=low,
                high=high,
            )
        if self.view.rule:
            return self.say(
                "The rule gives each x its true value, from {low} to {high}.", low=low, high=high
            )
        if self.view.targets.shape[1] > 1:
            return self.say(
                "The first true value of each sample, from {low} to {high}.", low=low, high=high
            )
        return self.say("The true values go from {low} to {high}.", low=low, high=high)

    def show_inputs(self) -> None:
        """The column x."""
        view, theme = self.view, self.theme
        left, self.middle, right = CONTENT.columns((2, 6, 2))
        self.rows = Rows(len(view.inputs), left)
        x, y = first_component(view.inputs), first_component(view.targets)
        single = view.inputs.shape[1] == view.targets.shape[1] == 1

        def column(
            title: str, values: Values, notation: Notation, region: Region, color: str
        ) -> Column:
            made = Column(title, values[None], notation, self.rows, region, color, theme.line)
            return made.display(values)

        title = "x" if single else self.words("input")
        self.x = column(title, x, input_notation(x, view.decimals), left, theme.ink)
        title = "f(x)" if single else self.words("truth")
        if self._is_noisy():
            title = "y"
        self.y = column(title, y, target_notation(y, view.decimals), right, theme.truth)
        note = selection_note(self.rows, view.inputs, view.targets, self.words) or self.words(
            "{count} sample", "{count} samples", count=len(x)
        )
        self.note = Label(note, SMALL, theme.faint).put(self.middle.x, CONTENT.bottom - 10, 0.5)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.x, self.note), run_time=0.9)
        self.hold(1.6)

    def show_rule(self) -> None:
        """The rule in the middle, between two arrows."""
        theme, middle = self.theme, self.middle
        self.rule = formula(_law(self.view.rule, noisy=self._is_noisy()), HUGE - 10, theme.accent)
        self.rule.scale(min(1.0, (middle.width - 360) * UNIT / self.rule.width))
        self.rule.move_to(middle.center)
        half = self.rule.width / UNIT / 2 + 40
        ends = ((middle.left + 20, middle.x - half), (middle.x + half, middle.right - 20))
        arrows = VGroup(
            *[
                Arrow(
                    point(a, middle.y),
                    point(b, middle.y),
                    buff=0,
                    color=theme.line,
                    stroke_width=5,
                    max_tip_length_to_length_ratio=0.2,
                    tip_length=24 * UNIT,
                )
                for a, b in ends
            ]
        )
        self.play(FadeIn(self.rule, scale=0.9), run_time=0.8)
        self.play(Appear(arrows), run_time=0.5)
        self.hold(1.6)

    def apply_rule(self) -> None:
        """Each x flies into the rule, its f(x) flies out and takes its place."""
        half = self.rule.width / UNIT / 2
        into, out = (point(self.middle.x + side * half, self.middle.y) for side in (-1, 1))
        flight = Flight(self.x, self.y, into, out, (self.theme.ink, self.theme.truth))
        self.add(flight)
        self.play(Appear(self.y.heading), run_time=0.4)
        seconds = min(6.0, 2 + 0.2 * len(self.rows.samples))
        self.play(Follow(flight, flight.show_at, eased=False, run_time=seconds))
        self.remove(flight)
        self.add(self.y)
        self.hold(1.8)

    def _is_noisy(self) -> bool:
        """Whether there is a rule, and true values are others than its."""
        view = self.view
        return has_noise(view.rule, view.inputs[:, 0], view.targets[:, 0])

    def say_features(self) -> Sentence:
        """How many samples there are, with how many features."""
        count, inputs = len(self.view.inputs), self.view.inputs[0].size
        return self.say(
            "{count} sample with {features}{rest}.",
            "{count} samples with {features} each{rest}.",
            count=count,
            features=self.say("{count} feature", "{count} features", count=inputs),
            rest=self._say_validation(),
        )

    def say_images(self) -> Sentence:
        """How many images there are, and how large they are."""
        count, height, width = self.view.inputs.shape[:3]
        return self.say(
            "{count} image of {width} × {height} pixels{rest}.",
            "{count} images of {width} × {height} pixels{rest}.",
            count=count,
            width=width,
            height=height,
            rest=self._say_validation(),
        )

    def say_targets(self) -> Sentence:
        """Which classes there are, or between which numbers the true values are."""
        names, targets = self.view.class_names, self.view.targets
        if names:
            sizes = np.bincount(labels_of(targets), minlength=len(names))
            told = {
                "count": len(names),
                "least": int(sizes.min()),
                "most": int(sizes.max()),
            }
            if told["least"] == told["most"]:
                return self.say("Each is of one of {count} classes, {most} of every class.", **told)
            return self.say(
                "Each is of one of {count} classes, of which there are {least} to {most}.", **told
            )
        if targets.shape[1] > 1:
            return self.say(
                "Every sample has {outputs} true values to learn.", outputs=targets.shape[1]
            )
        low, high = _range(targets[:, 0])
        if low == high:
            return self.say("The true value is {value}.", value=low)
        return self.say("The true values go from {low} to {high}.", low=low, high=high)

    def show_features(self) -> None:
        """The table's columns of features; of two, the points that the rows are as well."""
        view, theme = self.view, self.theme
        region = CONTENT
        if view.inputs.shape[1:] == (2,):
            region, place = CONTENT.columns((TABLE_SHARE, PLANE_SHARE), gap=60)
            self.plane = plane_of(view, place, theme)
            self.points = Discs(self.plane.places(*view.inputs.T), DOT, theme.faint, 0.8)
        self.table = table_of(view, region, self.words, theme)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(*self.table.features, lag_ratio=0.3), run_time=1.4)
        notes: list[VMobject] = [self._note(rows_shown(self.table, view, self.words), region)]
        if view.inputs.shape[1:] == (2,):
            self.play(Appear(self.plane), run_time=0.6)
            notes.append(self.points)
        self.play(Appear(*notes), run_time=0.7)
        self.hold(1.8)

    def show_targets(self) -> None:
        """What is true of each row; points become those of their class."""
        view, theme = self.view, self.theme
        self.play(Appear(*self.table.targets), run_time=0.9)
        if view.inputs.shape[1:] == (2,) and view.class_names:
            names, true = view.class_names, labels_of(view.targets)
            places = self.plane.places(*view.inputs.T)
            marks = class_marks(places, true, len(names), MARK, theme)
            self.play(Disappear(self.points), Appear(*marks), run_time=0.9)
        self.hold(2.2)

    def show_images(self) -> None:
        """A sheet of images."""
        view, theme = self.view, self.theme
        region = Region(CONTENT.left, CONTENT.top, CONTENT.right, CONTENT.bottom - 90)
        classes = (view.class_names, labels_of(view.targets)) if view.class_names else None
        notation = target_notation(first_component(view.targets), view.decimals)
        values = [notation.text(value) for value in first_component(view.targets)]
        self.sheet = SampleSheet(view.inputs, region, theme, classes=classes, values=values)
        note = images_shown(self.sheet, view, self.words)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.sheet.pictures), run_time=1.0)
        self.play(Appear(self._note(note, CONTENT)), run_time=0.5)
        self.hold(1.8)

    def show_labels(self) -> None:
        """What the images are."""
        self.play(Appear(self.sheet.names), run_time=1.0)
        self.hold(2.2)

    def _note(self, text: str, region: Region) -> Label:
        return Label(text, SMALL, self.theme.faint).put(region.x, CONTENT.bottom - 10, 0.5)

    def _say_validation(self) -> Sentence:
        """How many more samples there are that it is not trained on."""
        if self.view.validation is None:
            return self.say("")
        count = len(self.view.validation.inputs)
        return self.say(
            ", and {count} more for validation", ", and {count} more for validation", count=count
        )


def _law(rule: str | None, *, noisy: bool) -> str:
    """What is to be learned, for Typst: the rule, with noise if there is any, or an unknown."""
    if rule is None:
        return 'f(x) = "?"'
    law = parse_rule(rule).typst
    return f"y = {law} + epsilon" if noisy else f"f(x) = {law}"


def _range(values: Values) -> tuple[str, str]:
    """The smallest and the largest, with digits enough to tell them apart."""
    low, high = float(values.min()), float(values.max())
    for digits in range(4, DIGITS_OF_FLOAT32):
        if low == high or spoken(low, digits) != spoken(high, digits):
            break
    return spoken(low, digits), spoken(high, digits)
