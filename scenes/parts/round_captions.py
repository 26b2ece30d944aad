"""What is said of a round trip, beat by beat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from epochreel.lecture.words import Sentence, say
from epochreel.numbers import spoken
from scenes.parts.round_text import RoundText


@dataclass(frozen=True)
class RoundCaptions:
    """The captions of the training loop, each chosen by what the record holds."""

    text: RoundText

    def forward(self) -> Sentence:
        view, trip = self.text.view, self.text.trip
        epoch = int(view.epochs[trip.at])
        told: dict[str, Any] = {"epoch": epoch, "number": trip.sample + 1}
        if view.classes:
            return say(
                "At epoch {epoch} sample {number} goes through the network: to its true class, "
                "{name}, it gives the probability {probability}.",
                name=self.text.class_name,
                probability=spoken(self.text.probability(trip.at)),
                **told,
            )
        told["prediction"] = spoken(view.predictions[trip.at, trip.sample, trip.output])
        if view.inputs.ndim > 2:
            return self._of_an_image(told)
        told |= {"input": self.text.input_name, "x": spoken(view.inputs[trip.sample, 0])}
        if self.text.output and view.target_names:
            return say(
                "At epoch {epoch} sample {number} goes through the network: "
                "for {input} = {x} it predicts {name} = {prediction}.",
                name=view.target_names[trip.output],
                **told,
            )
        if self.text.output:
            return say(
                "At epoch {epoch} sample {number} goes through the network: "
                "for {input} = {x} output {output} is {prediction}.",
                output=trip.output + 1,
                **told,
            )
        return say(
            "At epoch {epoch} sample {number} goes through the network: "
            "for {input} = {x} it predicts {prediction}.",
            **told,
        )

    def _of_an_image(self, told: Mapping[str, Any]) -> Sentence:
        if self.text.output:
            return say(
                "At epoch {epoch} sample {number} goes through the network: output {output} is "
                "{prediction}.",
                output=self.text.trip.output + 1,
                **told,
            )
        return say(
            "At epoch {epoch} sample {number} goes through the network: it predicts {prediction}.",
            **told,
        )

    def loss(self) -> Sentence:
        view, trip = self.text.view, self.text.trip
        loss = spoken(view.losses[trip.at])
        if not trip.own_losses:
            return say(
                "The loss function compares prediction and truth: the {name} is {loss}.",
                name=Sentence(trip.loss_name),
                loss=loss,
            )
        own = spoken(trip.own_losses[0])
        if view.targets.shape[1] > 1 and not view.classes:
            return say(
                "The loss function compares prediction and truth: the loss is {own} here, and "
                "{loss} is the mean over all samples and outputs.",
                own=own,
                loss=loss,
            )
        return say(
            "The loss compares prediction and truth: {own} for sample {number}, {loss} on average "
            "over {count} sample.",
            "The loss compares prediction and truth: {own} for sample {number}, {loss} on average "
            "over all {count}.",
            number=trip.sample + 1,
            count=len(view.targets),
            own=own,
            loss=loss,
        )

    def update(self, after: int) -> Sentence:
        start, epoch = (int(self.text.view.epochs[at]) for at in (self.text.trip.at, after))
        told = {
            "start": start,
            "epoch": epoch,
            "name": Sentence(self.text.trip.loss_name),
            "loss": spoken(self.text.view.losses[after]),
        }
        span = (
            say("In epoch {epoch}", epoch=epoch)
            if epoch == start + 1
            else say("From epoch {start} to epoch {epoch}", start=start, epoch=epoch)
        )
        if self.text.trip.weight is None:
            return say("{span} no weight changes, and the {name} is {loss}.", span=span, **told)
        return say(
            "{span} the optimizer changes the parameters by their gradients, and the {name} "
            "becomes {loss}.",
            span=span,
            **told,
        )
