"""How one epoch of training goes round."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from manim import ApplyMethod, FadeIn, FadeOut

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import TINY, printed, rounded, spoken
from epochreel.record.record import Array
from scenes.drawing.layout import LOOP_PAGE, UNIT
from scenes.drawing.motion import Appear, Follow
from scenes.drawing.text import Label
from scenes.parts.calls import optimizer_in_short
from scenes.parts.loop import ROW, Loop, Pulse
from scenes.parts.network import Network
from scenes.parts.page import title_bar
from scenes.parts.round_text import RoundText
from scenes.parts.round_trip import round_trip
from scenes.stage.scene import Beat, LectureScene


class TrainingLoop(LectureScene):
    """One sample and one step: data, network, prediction, loss, optimizer, back to the weights."""

    title = N_("The training loop")
    reads = (
        *("inputs", "targets", "widths", "epochs", "losses", "parameters", "predictions"),
        *("classes", "feature_names", "target_names", "layers", "dense"),
        *("hyperparameters", "shown_epochs", "lesson"),
    )

    def beats(self) -> Iterator[Beat]:
        self.trip = round_trip(self.view)
        self.text = RoundText(self.view, self.trip, self.words)
        drawn = self._drawn()
        yield Beat("forward", self._say_forward(), self.go_forward, drawn)
        yield Beat("loss", self._say_loss(), self.compare, drawn)
        if self.trip.after is not None:
            yield Beat("update", self._say_update(self.trip.after), self.update, drawn)

    def go_forward(self) -> None:
        """One sample goes through the network and becomes a prediction."""
        self._build()
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(*self.loop, self.network), run_time=1.0)
        self._arrive("data", self.text.sample, self.text.given)
        self._pulse(("data", "network"))
        self._pulse(("network", "predictions"))
        self._arrive("predictions", *self.text.predicted)
        self.hold(1.2)

    def compare(self) -> None:
        """Prediction and truth meet in the loss function, and with all others in the mean."""
        trip = self.trip
        self._arrive("targets", *self.text.true)
        self._pulse(("predictions", "loss_function"), ("targets", "loss_function"))
        if trip.own_loss is not None:
            self._arrive("loss_function", f"{self.text.sample}: {rounded(trip.own_loss)}")
            self.hold(0.6)
        self._pulse(("loss_function", "loss"))
        self.first_loss = self._arrive("loss", self.text.loss(trip.at))
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
        kernels = self._kernels
        self.play(
            Follow(
                self.network,
                lambda alpha: self.network.display(
                    [(1 - alpha) * k[at] + alpha * k[after] for k in kernels]
                ),
                run_time=1.0,
            )
        )
        new = self.loop.stations["loss"].value(self.text.loss(after), self.theme.ink)
        self.play(ApplyMethod(self.first_loss.shift, (0, ROW * UNIT, 0)), Appear(new), run_time=0.7)
        self.hold(1.6)

    def _say_forward(self) -> Sentence:
        view, trip = self.view, self.trip
        epoch = int(view.epochs[trip.at])
        told: dict[str, Any] = {"epoch": epoch, "number": trip.sample + 1}
        if view.classes:
            return self.say(
                "At epoch {epoch} sample {number} goes through the network: to its true class, "
                "{name}, it gives the probability {probability}.",
                name=self.text.class_name,
                probability=spoken(self.text.probability),
                **told,
            )
        told["prediction"] = spoken(view.predictions[trip.at, trip.sample, trip.output])
        if view.inputs.ndim > 2:
            return self._say_of_an_image(told)
        told |= {"input": self.text.input_name, "x": spoken(view.inputs[trip.sample, 0])}
        if self.text.output and view.target_names:
            return self.say(
                "At epoch {epoch} sample {number} goes through the network: "
                "for {input} = {x} it predicts {name} = {prediction}.",
                name=view.target_names[trip.output],
                **told,
            )
        if self.text.output:
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

    def _say_of_an_image(self, told: Mapping[str, Any]) -> Sentence:
        if self.text.output:
            return self.say(
                "At epoch {epoch} sample {number} goes through the network: output {output} is "
                "{prediction}.",
                output=self.trip.output + 1,
                **told,
            )
        return self.say(
            "At epoch {epoch} sample {number} goes through the network: it predicts {prediction}.",
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
        if view.targets.shape[1] > 1 and not view.classes:
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
    def _kernels(self) -> list[Array]:
        """Of the layers whose neurons are drawn, (E, inputs, units) each."""
        return [self.view.parameters[at]["kernel"] for at in self.view.dense]

    def _drawn(self) -> Mapping[str, Any]:
        """One sample and one step of the record, and the weight that is drawn widest."""
        view, trip = self.view, self.trip
        step, place = trip.states, (trip.sample, trip.output)
        return {
            "round trip": vars(trip),
            "shown_epochs": None,
            "epochs": view.epochs[step],
            "inputs": (view.inputs.shape[1:], view.inputs[trip.sample].ravel()[0]),
            "targets": (view.targets.shape[1], view.targets[place]),
            "predictions": view.predictions[trip.at][place],
            "classes": (self.text.class_name, self.text.probability) if view.classes else None,
            "losses": view.losses[step],
            "parameters": [
                {name: states[step] for name, states in layer.items()} for layer in view.parameters
            ],
            "largest weight": self._largest(),
        }

    def _largest(self) -> float:
        states = self.trip.states
        return max(float(np.abs(kernel[states]).max()) for kernel in self._kernels)

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
        called = self.text.loss_function
        kept_free = int(self.trip.own_loss is not None)
        self.loop = Loop(names, {"loss_function": max(2, kept_free + len(called))}, theme)
        for key, lines, free in (
            ("optimizer", [optimizer_in_short(used)], 0),
            ("loss_function", called, kept_free),
        ):
            station = self.loop.stations[key]
            for row, text in enumerate(reversed(lines), start=free):
                station.add(station.value(text, theme.ink, row))
        self.network = Network(
            self.view.widths, self._largest(), LOOP_PAGE.network.inset(30, 24), theme
        ).display([kernel[self.trip.at] for kernel in self._kernels])

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
