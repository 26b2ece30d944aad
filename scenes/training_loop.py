"""How one epoch of training goes round."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from manim import ApplyMethod, FadeIn, FadeOut

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import TINY, printed, rounded, spoken
from scenes.drawing.layout import LOOP_PAGE, UNIT
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.text import Label
from scenes.parts.calls import loss_name, optimizer_in_short
from scenes.parts.loop import ROW, Loop, Pulse
from scenes.parts.network import Network
from scenes.parts.page import title_bar
from scenes.parts.round_trip import round_trip
from scenes.stage.scene import Beat, LectureScene


class TrainingLoop(LectureScene):
    """One sample and one step: data, network, prediction, loss, optimizer, back to the weights."""

    title = N_("The training loop")
    reads = (
        *("inputs", "targets", "widths", "epochs", "losses", "parameters", "predictions"),
        *("hyperparameters", "shown_epochs", "lesson"),
    )

    def beats(self) -> Iterator[Beat]:
        self.trip = round_trip(self.view)
        drawn = self._drawn()
        yield Beat("forward", self._say_forward(), self.go_forward, drawn)
        yield Beat("loss", self._say_loss(), self.compare, drawn)
        if self.trip.after is not None:
            yield Beat("update", self._say_update(self.trip.after), self.update, drawn)

    def go_forward(self) -> None:
        """One sample goes through the network and becomes a prediction."""
        trip = self.trip
        self._build()
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(*self.loop, self.network), run_time=1.0)
        x = self.view.inputs[trip.sample, 0]
        self._arrive("data", self._sample, f"{self._input} = {printed(x, tiny=TINY)}")
        self._pulse(("data", "network"))
        self._pulse(("network", "predictions"))
        prediction = self.view.predictions[trip.at, trip.sample, trip.output]
        self._arrive("predictions", *self._output, printed(prediction, tiny=TINY))
        self.hold(1.2)

    def compare(self) -> None:
        """Prediction and truth meet in the loss function, and with all others in the mean."""
        trip = self.trip
        truth = self.view.targets[trip.sample, trip.output]
        self._arrive("targets", *self._output, printed(truth, tiny=TINY))
        self._pulse(("predictions", "loss_function"), ("targets", "loss_function"))
        if trip.own_loss is not None:
            self._arrive("loss_function", f"{self._sample}: {rounded(trip.own_loss)}")
            self.hold(0.6)
        self._pulse(("loss_function", "loss"))
        self.first_loss = self._arrive("loss", self._loss_line(trip.at))
        self.hold(1.2)

    def update(self) -> None:
        """The optimizer turns the loss into new weights."""
        trip = self.trip
        at, after = trip.states
        self._pulse(("loss", "optimizer"))
        self._pulse(("optimizer", "weights"))
        if trip.weight is None:
            self._arrive("weights", self.words("unchanged"))
        else:
            before, then = (printed(w, tiny=TINY) for w in (trip.weight.before, trip.weight.after))
            self._arrive("weights", trip.weight.name, f"{before} → {then}")
        self._pulse(("weights", "network"))
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
        new = self.loop.stations["loss"].value(self._loss_line(after), self.theme.ink)
        self.play(ApplyMethod(self.first_loss.shift, (0, ROW * UNIT, 0)), Appear(new), run_time=0.7)
        self.hold(1.6)

    def _say_forward(self) -> Sentence:
        view, trip = self.view, self.trip
        told = {
            "epoch": int(view.epochs[trip.at]),
            "number": trip.sample + 1,
            "input": self._input,
            "x": spoken(view.inputs[trip.sample, 0]),
            "prediction": spoken(view.predictions[trip.at, trip.sample, trip.output]),
        }
        if self._output:
            return self.say(
                "At epoch {epoch} sample {number} goes through the network: "
                "for {input} = {x} output {output} is {prediction}.",
                output=trip.output + 1,
                **told,
            )
        return self.say(
            "At epoch {epoch} sample {number} goes through the network: "
            "for {input} = {x} it predicts {prediction}.",
            **told,
        )

    def _say_loss(self) -> Sentence:
        view, trip = self.view, self.trip
        loss = spoken(view.losses[trip.at])
        if trip.own_loss is None:
            return self.say(
                "The loss function compares prediction and truth: the {name} is {loss}.",
                name=Sentence(trip.loss_name),
                loss=loss,
            )
        own = spoken(trip.own_loss)
        if self._output:
            return self.say(
                "The loss function compares prediction and truth: the loss is {own} here, and "
                "{loss} is the mean over all samples and outputs.",
                own=own,
                loss=loss,
            )
        return self.say(
            "The loss function compares prediction and truth: the loss of sample {number} is "
            "{own}, and the mean over {count} sample is {loss}.",
            "The loss function compares prediction and truth: the loss of sample {number} is "
            "{own}, and the mean over all {count} samples is {loss}.",
            number=trip.sample + 1,
            count=len(view.targets),
            own=own,
            loss=loss,
        )

    def _say_update(self, after: int) -> Sentence:
        start, epoch = (int(self.view.epochs[at]) for at in (self.trip.at, after))
        told = {
            "start": start,
            "epoch": epoch,
            "name": Sentence(self.trip.loss_name),
            "loss": spoken(self.view.losses[after]),
        }
        span = (
            self.say("In epoch {epoch}", epoch=epoch)
            if epoch == start + 1
            else self.say("From epoch {start} to epoch {epoch}", start=start, epoch=epoch)
        )
        if self.trip.weight is None:
            return self.say(
                "{span} no weight changes, and the {name} is {loss}.", span=span, **told
            )
        return self.say(
            "{span} the optimizer changes the network's parameters, and the {name} becomes {loss}.",
            span=span,
            **told,
        )

    @property
    def _sample(self) -> str:
        return self.words("sample {number}", number=self.trip.sample + 1)

    @property
    def _input(self) -> str:
        """What the first input is called."""
        return "x1" if self.view.inputs.shape[1] > 1 else "x"

    @property
    def _output(self) -> list[str]:
        """A line that says which output is shown; none where there is only one."""
        if self.view.targets.shape[1] == 1:
            return []
        return [self.words("output {number}", number=self.trip.output + 1)]

    def _loss_line(self, at: int) -> str:
        return f"{self.words('Epoch')} {self.view.epochs[at]}: {rounded(self.view.losses[at])}"

    def _drawn(self) -> Mapping[str, Any]:
        """One sample and one step of the record, and the weight that is drawn widest."""
        view, trip = self.view, self.trip
        step, place = trip.states, (trip.sample, trip.output)
        return {
            "round trip": vars(trip),
            "shown_epochs": None,
            "epochs": view.epochs[step],
            "inputs": (view.inputs.shape[1], view.inputs[trip.sample, 0]),
            "targets": (view.targets.shape[1], view.targets[place]),
            "predictions": view.predictions[trip.at][place],
            "losses": view.losses[step],
            "parameters": [
                {name: states[step] for name, states in layer.items()} for layer in view.parameters
            ],
            "largest weight": self._largest(),
        }

    def _largest(self) -> float:
        states = self.trip.states
        return max(float(np.abs(layer["kernel"][states]).max()) for layer in self.view.parameters)

    def _build(self) -> None:
        words, theme, used = self.words, self.theme, self.view.hyperparameters
        biased = any("bias" in layer for layer in self.view.parameters)
        names = {
            "data": (words("data"), theme.accent),
            "network": ("", theme.ink),
            "predictions": (words("prediction"), theme.prediction),
            "targets": (words("true target"), theme.truth),
            "loss_function": (words("loss function"), theme.loss),
            "loss": (words(self.trip.loss_name), theme.loss),
            "optimizer": (words("optimizer"), theme.optimizer),
            "weights": (words("weights, biases") if biased else words("weights"), theme.accent),
        }
        self.loop = Loop(names, theme)
        for key, text, row in (
            ("optimizer", optimizer_in_short(used), 0),
            ("loss_function", loss_name(used), int(self.trip.own_loss is not None)),
        ):
            self.loop.stations[key].add(self.loop.stations[key].value(text, theme.ink, row))
        kernels = [layer["kernel"] for layer in self.view.parameters]
        self.network = Network(
            self.view.widths, self._largest(), LOOP_PAGE.network.inset(30, 24), theme
        ).display([kernel[self.trip.at] for kernel in kernels])

    def _arrive(self, station: str, *lines: str) -> Label:
        """Lines appear on a card, the last one at its foot; that one comes back."""
        labels = [
            self.loop.stations[station].value(text, self.theme.ink, row)
            for row, text in enumerate(reversed(lines))
        ]
        self.play(*[FadeIn(label, scale=0.9) for label in labels], run_time=0.5)
        return labels[0]

    def _pulse(self, *ways: tuple[str, str]) -> None:
        """A dot runs along the arrow between two cards, or along several arrows at once."""
        pulse = Pulse([self.loop.arrows[way] for way in ways], self.theme.accent)
        self.play(Follow(pulse, pulse.show_at, eased=False, run_time=0.6))
        self.play(FadeOut(pulse), run_time=0.2)
