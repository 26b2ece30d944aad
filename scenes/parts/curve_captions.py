"""What is said of the loss over all epochs."""

from dataclasses import dataclass

import numpy as np

from epochreel.lecture.words import Sentence, say
from epochreel.numbers import ranges, spoken
from epochreel.record.outcome import Outcome, stopped_early
from epochreel.record.view import View
from scenes.drawing.scales import Scale
from scenes.parts.scores import Scores

MOST_TOLD = 8  # epochs, or ranges of them, that a caption tells


@dataclass(frozen=True)
class CurveCaptions:
    """The captions of the loss curve, each chosen by what the record holds.

    Attributes:
        scale: of the loss, as it is drawn.
    """

    view: View
    scores: Scores
    scale: Scale

    def curve(self) -> Sentence:
        (epochs, losses), outcome = self.view.curve, self.view.outcome
        told = {
            "first": int(epochs[0]),
            "last": int(epochs[-1]),
            "before": spoken(losses[0]),
            "after": spoken(losses[-1]),
            "axis": self._axis(),
            "end": self._scores(),
        }
        if len(epochs) == 1:
            return say("At epoch {first} the loss is {before}{end}.", **told)
        if outcome in (Outcome.STAYED, Outcome.DIVERGED):
            return say(
                "The loss is {before} at epoch {first} and {after} at epoch {last}{axis}{end}.",
                **told,
            )
        if outcome.lower:
            return say(
                "From epoch {first} to epoch {last} the loss falls from {before} to {after}"
                "{axis}{end}.",
                **told,
            )
        return say(
            "The loss rises from {before} at epoch {first} to {after} at epoch {last}{axis}"
            "{lowest}{end}.",
            lowest=self._lowest(),
            **told,
        )

    def _lowest(self) -> Sentence:
        """Of a loss that ends higher than it began: where it was lowest, if that is between."""
        epochs, losses = self.view.curve
        at = int(np.argmin(losses))
        if at == 0:
            return say("")
        return say(
            "; the lowest is {loss} at epoch {epoch}",
            loss=spoken(losses[at]),
            epoch=int(epochs[at]),
        )

    def _axis(self) -> Sentence:
        if self.scale.zero_below is not None:
            return say(", on a logarithmic axis with a place for zero at its foot")
        if self.scale.logarithmic:
            return say(" (logarithmic axis)")
        return say("")

    def _scores(self) -> Sentence:
        """What is drawn beside the loss, at the last epoch; and how training ended."""
        end = say("{scores}{end}", scores=self._metric(), end=self._end())
        return say("{scores}{end}", scores=self._validation(), end=end)

    def _validation(self) -> Sentence:
        if self.scores.validation is None:
            return say("")
        return say(
            "; on validation samples it ends at {value}", value=spoken(self.scores.validation[-1])
        )

    def _metric(self) -> Sentence:
        if not self.scores.metric:
            return say("")
        name = say("accuracy") if self.scores.metric == "accuracy" else self.scores.metric
        value, *held_out = (spoken(values[-1]) for values in self.scores.metric_curves.values())
        if not held_out:
            return say("; {name} ends at {value}", name=name, value=value)
        return say(
            "; {name} ends at {value}, on validation samples at {other}",
            name=name,
            value=value,
            other=held_out[0],
        )

    def _end(self) -> Sentence:
        diverged_at, last = self.view.diverged_at, int(self.view.curve[0][-1])
        if diverged_at is not None:
            return say("; from epoch {epoch} on it is no finite number", epoch=diverged_at)
        asked = self.view.hyperparameters.get("epochs")
        if stopped_early(asked, last, diverged_at):
            return say("; training stopped there, and {asked} epochs were asked for", asked=asked)
        return say("")

    def marks(self) -> Sentence:
        """Which epochs are marked; of many how many they are."""
        shown = self.view.shown_epochs
        first, *others = ranges(shown)
        if len(others) >= MOST_TOLD:
            return say(
                "{count} epoch of the curve is marked.",
                "{count} epochs of the curve are marked.",
                count=len(shown),
            )
        epochs: str | Sentence = first
        for each in others:
            epochs = say("{before}, {then}", before=epochs, then=each)
        return say(
            "Marked on the curve: epoch {epochs}.",
            "Marked on the curve: epochs {epochs}.",
            count=len(shown),
            epochs=epochs,
        )

    def parting(self, at: int) -> Sentence:
        assert self.scores.validation is not None
        epochs, losses = self.view.curve
        return say(
            "From epoch {epoch} to {last} the loss falls from {before} to {after} on what the "
            "network is trained on, and rises from {lowest} to {end} on validation samples: it "
            "overfits.",
            epoch=int(epochs[at]),
            last=int(epochs[-1]),
            before=spoken(losses[at]),
            after=spoken(losses[-1]),
            lowest=spoken(self.scores.validation[at]),
            end=spoken(self.scores.validation[-1]),
        )
