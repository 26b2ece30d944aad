"""Predictions drawn to the true function, through all recorded epochs."""

from collections.abc import Iterator

import numpy as np
from manim import Circle, Create, Dot, Line, VGroup

from epochreel.lecture.rule import parse_rule
from epochreel.numbers import spoken
from scenes.drawing.layout import BODY, CONTENT, SMALL, UNIT, Region, point
from scenes.drawing.motion import Appear, Follow, position_in_sweep
from scenes.drawing.scales import linear_scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.parts.axes import Plane
from scenes.parts.columns import Reading, first_component
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

MOST_POINTS = 400


class Fit(LectureScene):
    """The true function as a line, predictions as points.

    With one input x runs across; with several, the true value does, and the line is y = x.
    """

    reads = ("inputs", "targets", "rule", "epochs", "losses", "predictions", "lesson")

    def beats(self) -> Iterator[Beat]:
        words, view = self.words, self.view
        yield Beat("start", words.say_line, self.show_start)
        caption = words.say_fit.format(epoch=int(view.epochs[-1]), loss=spoken(view.losses[-1]))
        yield Beat("training", caption, self.run_training)

    def show_start(self) -> None:
        """The line, and the predictions of the first recorded epoch."""
        view, theme, words = self.view, self.theme, self.words
        step = -(-len(view.inputs) // MOST_POINTS)
        targets = first_component(view.targets)
        one_input = view.inputs.shape[1] == 1
        across = first_component(view.inputs) if one_input else targets
        self.across = across[::step]
        self.predictions = first_component(view.predictions)[:, ::step]
        # The first and the last predictions in view; wild ones between may leave the frame.
        seen = np.concatenate([targets, *self.predictions[[0, -1]]])
        self.plane = Plane(
            linear_scale(across),
            linear_scale(seen),
            CONTENT.inset(40, 20),
            ("x" if one_input else words.targets, "f(x)" if one_input else words.predictions),
            theme,
        )
        if one_input and view.rule:
            x = np.linspace(across.min(), across.max(), 200)
            y = parse_rule(view.rule)(x)
            x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        else:
            order = np.argsort(across)
            x, y = across[order], targets[order]
        line = self.plane.curve(x, y, theme.truth, width=6)
        self.dots = VGroup(*[Dot(radius=8 * UNIT, color=theme.prediction) for _ in self.across])
        area = self.plane.region
        place = Region(area.left + 120, area.top - 66, area.right, area.top - 16)
        self.epoch = Reading(
            f"{words.epoch} =", view.epochs.astype(float), place, BODY, theme.accent
        )
        self.loss = Reading(
            f"{words.loss} =",
            view.losses,
            Region(place.left + 300, place.top, place.right, place.bottom),
            BODY,
            theme.loss,
        )
        self.show_at(0)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.plane), run_time=0.7)
        self.play(Create(line), Appear(self._legend()), run_time=1.2)
        self.play(Appear(self.dots, self.epoch, self.loss), run_time=0.8)
        self.hold(1.3)

    def run_training(self) -> None:
        """Through every recorded epoch, the early ones slowly."""
        last = len(self.view.epochs) - 1
        moving = VGroup(self.dots, self.epoch, self.loss)
        self.play(
            Follow(
                moving,
                lambda alpha: self.show_at(position_in_sweep(0, last, alpha)),
                eased=False,
                run_time=6.0,
            )
        )
        self.hold(2.0)

    def show_at(self, position: int) -> None:
        """The predictions, epoch and loss at a position along the recorded epochs."""
        area = self.plane.region
        values = self.predictions[position]
        for dot, place, share in zip(
            self.dots, self.plane.places(self.across, values), self.plane.y.share(values)
        ):
            dot.move_to(place)
            dot.set_fill(opacity=1.0 if -0.02 <= share <= 1.0 + 50 / area.height else 0.0)
        self.epoch.display(float(self.view.epochs[position]))
        self.loss.display(float(self.view.losses[position]))

    def _legend(self) -> VGroup:
        words, theme, area = self.words, self.theme, self.plane.region
        y = area.bottom - 40
        base = y + CAP_HEIGHT * SMALL / 2
        predicted = Label(words.predictions, SMALL, theme.prediction).put(area.right - 20, base, 1)
        x = area.right - 20 - predicted.width_px - 24
        truth = Label(words.truth_line, SMALL, theme.truth).put(x - 60, base, 1)
        x_line = x - 60 - truth.width_px - 20
        return VGroup(
            predicted,
            Circle(
                radius=8 * UNIT, stroke_width=0, fill_color=theme.prediction, fill_opacity=1
            ).move_to(point(x, y)),
            truth,
            Line(point(x_line - 50, y), point(x_line, y), color=theme.truth, stroke_width=6),
        )
