"""What is said of predictions while a network learns: of values, and of classes."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from epochreel.lecture.words import Sentence, say
from epochreel.numbers import spoken
from epochreel.record.outcome import Outcome, parting
from epochreel.record.view import View
from scenes.parts.fitted_classes import has_plane
from scenes.parts.held_out import HeldOutClasses
from scenes.parts.truth import Truth


class FitCaptions(Protocol):
    """The captions of a fit, each chosen by what the record holds."""

    def start(self) -> Sentence: ...

    def training(self) -> Sentence: ...


@dataclass(frozen=True)
class ClassCaptions:
    """Of what the network says of classes."""

    view: View
    held_out: HeldOutClasses | None

    def start(self) -> Sentence:
        classes, epoch = self.view.classes, int(self.view.epochs[0])
        assert classes
        told = {
            "epoch": epoch,
            "count": len(classes.true),
            "right": int(classes.right[0].sum()),
        }
        if has_plane(self.view):
            return say(
                "What the network says of every place of the plane at epoch {epoch}: {right} of "
                "{count} samples lie in the region of their class.",
                **told,
            )
        return say(
            "The true classes and the predicted ones at epoch {epoch}: {right} of {count} "
            "samples are right, on the diagonal.",
            **told,
        )

    def training(self) -> Sentence:
        view, classes = self.view, self.view.classes
        assert classes
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "count": len(classes.true),
            "before": int(classes.right[0].sum()),
            "after": int(classes.right[-1].sum()),
            "rest": self._end(),
        }
        if told["before"] == told["after"]:
            return say(
                "At epoch {last} {after} of {count} samples are right, as many as at epoch "
                "{first}{rest}.",
                **told,
            )
        return say(
            "From epoch {first} to epoch {last} the number of right samples goes from {before} to "
            "{after} of {count}{rest}.",
            **told,
        )

    def _end(self) -> Sentence:
        """How many of the validation samples are right at the end, where they can be asked for."""
        if not self.held_out:
            return say("")
        return say(
            "; of the validation samples {right} of {count} are right at the end",
            right=self.held_out.right(len(self.view.epochs) - 1),
            count=self.held_out.count,
        )


@dataclass(frozen=True)
class ValueCaptions:
    """Of predictions beside true values.

    Attributes:
        outside: how many predictions are outside the picture at the end.
    """

    view: View
    truth: Truth
    outside: int

    def start(self) -> Sentence:
        epoch = int(self.view.epochs[0])
        if not self.truth.one_input:
            return say(
                "The predictions at epoch {epoch} over the true values, equal to them on the line.",
                epoch=epoch,
            )
        if self.truth.is_line:
            return say("The true function, and the predictions at epoch {epoch}.", epoch=epoch)
        return say("The true values, and the predictions at epoch {epoch}.", epoch=epoch)

    def training(self) -> Sentence:
        view = self.view
        told = {
            "first": int(view.epochs[0]),
            "last": int(view.epochs[-1]),
            "before": spoken(view.losses[0]),
            "after": spoken(view.losses[-1]),
            "rest": self._end(),
        }
        if view.outcome is Outcome.DIVERGED:
            return say(
                "Training diverges: the loss is {before} at epoch {first}, {after} at epoch "
                "{last}, and no finite number from epoch {diverged} on{rest}.",
                diverged=view.diverged_at,
                **told,
            )
        if view.outcome is Outcome.STAYED:
            return say("At epoch {last} the loss is {before}, as at epoch {first}{rest}.", **told)
        if (best := self._best_validated()) is not None:
            return say(
                "By epoch {last} the training loss falls from {before} to {after}; the validation "
                "loss is lowest at epoch {best}{rest}.",
                best=best,
                **told,
            )
        if view.outcome.lower and self._come_closer():
            return say(
                "By epoch {last} predictions are closer to the truth: the loss falls from "
                "{before} to {after}{rest}.",
                **told,
            )
        return say(
            "From epoch {first} to epoch {last} the predictions move as the loss goes from "
            "{before} to {after}{rest}.",
            **told,
        )

    def _best_validated(self) -> int | None:
        """The epoch of the lowest validation loss, where that rises from there on."""
        history, validation = self.view.history, self.view.history.get("val_loss")
        at = None if validation is None else parting(history["loss"], validation)
        return None if at is None else int(self.view.curve[0][at])

    def _come_closer(self) -> bool:
        first, last = np.abs(self.view.predictions[[0, -1]] - self.view.targets).mean(axis=(1, 2))
        return bool(last < first)

    def _end(self) -> Sentence:
        if not self.outside:
            return say("")
        return say(
            "; at the end {outside} of {count} predictions are outside the picture",
            outside=self.outside,
            count=len(self.view.targets),
        )
