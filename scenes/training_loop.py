"""How one epoch of training goes round."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from manim import ApplyMethod, Dot, FadeIn, FadeOut, VGroup, smooth

from epochreel.numbers import printed, spoken
from scenes.drawing.layout import LOOP_PAGE, UNIT
from scenes.drawing.motion import Appear, Follow
from scenes.parts.code import keras_class, optimizer_call
from scenes.parts.loop import Station, arrow_between
from scenes.parts.network import Network
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class TrainingLoop(LectureScene):
    """Data, network, prediction, loss, optimizer, and back to the weights."""

    reads = (
        "inputs",
        "targets",
        "widths",
        "epochs",
        "losses",
        "parameters",
        "predictions",
        "hyperparameters",
        "shown_epochs",
        "lesson",
    )

    def beats(self) -> Iterator[Beat]:
        words, view = self.words, self.view
        at, after = self._step()
        drawn = self._drawn()
        yield Beat(
            "forward",
            words.say_forward.format(
                x=spoken(view.inputs[0, 0]), prediction=spoken(view.predictions[at, 0, 0])
            ),
            self.go_forward,
            drawn,
        )
        compared = words.say_compare.format(loss=spoken(view.losses[at]))
        yield Beat("loss", compared, self.compare, drawn)
        updated = words.say_update.format(loss=spoken(view.losses[after]))
        yield Beat("update", updated, self.update, drawn)

    def go_forward(self) -> None:
        """From the data through the network to a prediction."""
        self._build()
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(*self.stations.values(), *self.arrows, self.network), run_time=1.0)
        at, _ = self._step()
        x, prediction = self.view.inputs[0, 0], self.view.predictions[at, 0, 0]
        self._arrive("data", f"x = {printed(x)}")
        self._pulse("data", "network")
        self._pulse("network", "predictions")
        self._arrive("predictions", printed(prediction))
        self.hold(1.2)

    def compare(self) -> None:
        """Prediction and truth meet in the loss function."""
        at, _ = self._step()
        self._arrive("targets", printed(self.view.targets[0, 0]))
        self._pulse("predictions", "loss_function", also=("targets", "loss_function"))
        self._pulse("loss_function", "loss")
        self._arrive("loss", printed(self.view.losses[at]))
        self.hold(1.2)

    def update(self) -> None:
        """The optimizer turns the loss into new weights."""
        at, after = self._step()
        self._pulse("loss", "optimizer")
        self._pulse("optimizer", "weights")
        kernel = self.view.parameters[0]["kernel"][:, 0, 0]
        self._arrive("weights", f"w1: {printed(kernel[at], 5)} → {printed(kernel[after], 5)}")
        self._pulse("weights", "network")
        kernels = [layer["kernel"] for layer in self.view.parameters]
        self.play(
            Follow(
                self.network,
                lambda alpha: self.network.display(
                    [(1 - alpha) * k[at] + alpha * k[after] for k in kernels]
                ),
                run_time=1.0,
            )
        )
        old = self.values["loss"]
        new = self.stations["loss"].value(f"→ {printed(self.view.losses[after])}", self.theme)
        self.play(ApplyMethod(old.shift, (0, 42 * UNIT, 0)), Appear(new), run_time=0.7)
        self.hold(1.6)

    def _step(self) -> tuple[int, int]:
        """The recorded epochs before and after the one that goes round."""
        at = self.view.at(self.view.shown_epochs[0])
        return at, min(at + 1, len(self.view.epochs) - 1)

    def _drawn(self) -> Mapping[str, Any]:
        """One sample and one epoch of the record, and the weight that is drawn widest."""
        view, step = self.view, [*self._step()]
        return {
            "shown_epochs": view.shown_epochs[0],
            "epochs": view.epochs[step],
            "inputs": view.inputs[0],
            "targets": view.targets[0],
            "predictions": view.predictions[step, 0],
            "losses": view.losses[step],
            "parameters": [
                {name: states[step] for name, states in layer.items()} for layer in view.parameters
            ],
            "largest weight": self._largest(),
        }

    def _largest(self) -> float:
        return max(float(np.abs(layer["kernel"]).max()) for layer in self.view.parameters)

    def _build(self) -> None:
        words, theme, used = self.words, self.theme, self.view.hyperparameters
        names = {
            "data": (words.data, theme.accent),
            "network": ("", theme.ink),
            "predictions": (words.prediction_legend, theme.prediction),
            "targets": (words.target_legend, theme.truth),
            "loss_function": (words.loss_function, theme.loss),
            "loss": (words.loss, theme.loss),
            "optimizer": (words.optimizer, theme.optimizer),
            "weights": (words.weights, theme.accent),
        }
        self.stations = {
            key: Station(name, getattr(LOOP_PAGE, key), color, theme)
            for key, (name, color) in names.items()
        }
        self.values = {
            "optimizer": self.stations["optimizer"].value(optimizer_call(used), theme),
            "loss_function": self.stations["loss_function"].value(keras_class(used["loss"]), theme),
        }
        for key, value in self.values.items():
            self.stations[key].add(value)
        kernels = [layer["kernel"] for layer in self.view.parameters]
        self.network = Network(
            self.view.widths, self._largest(), LOOP_PAGE.network.inset(30, 24), theme, tags=False
        ).display([kernel[self._step()[0]] for kernel in kernels])
        self.arrows = [
            arrow_between(getattr(LOOP_PAGE, start), getattr(LOOP_PAGE, end), theme.line)
            for start, end in (
                ("data", "network"),
                ("network", "predictions"),
                ("predictions", "loss_function"),
                ("targets", "loss_function"),
                ("loss_function", "loss"),
                ("loss", "optimizer"),
                ("optimizer", "weights"),
                ("weights", "network"),
            )
        ]

    def _arrive(self, station: str, text: str) -> None:
        value = self.stations[station].value(text, self.theme)
        self.values[station] = value
        self.play(FadeIn(value, scale=0.9), run_time=0.5)

    def _pulse(self, start: str, end: str, also: Sequence[str] = ()) -> None:
        """A dot runs along the arrow between two stations, or along two arrows at once."""
        routes = [(start, end), tuple(also)] if also else [(start, end)]
        paths = [
            arrow_between(getattr(LOOP_PAGE, a), getattr(LOOP_PAGE, b), self.theme.line)
            for a, b in routes
        ]
        ends = [(path.get_start(), path.get_end()) for path in paths]
        dots = VGroup(*[Dot(a, radius=13 * UNIT, color=self.theme.accent) for a, _ in ends])

        def show(alpha: float) -> None:
            for dot, (a, b) in zip(dots, ends):
                dot.move_to(a + (b - a) * smooth(alpha))
                dot.set_fill(opacity=min(1.0, 8 * alpha))

        self.play(Follow(dots, show, eased=False, run_time=0.6))
        self.play(FadeOut(dots), run_time=0.2)
