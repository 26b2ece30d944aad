"""What is said of the loss as a landscape, and of the ways over it."""

from collections.abc import Sequence
from dataclasses import dataclass

from epochreel.lecture.words import Sentence, Words, say
from epochreel.numbers import percent, spoken
from epochreel.record.landscape import Landscape
from scenes.parts.descent_page import axis_names
from scenes.parts.rivals import Rival, Rivals


def what_the_map_is(land: Landscape, words: Words) -> str:
    """What stands beside the map: what its two axes are."""
    if land.places:
        first, second = axis_names(land, words)
        return words(
            "{first} and {second} are all that is trained: each place of the map is another "
            "pair of them.",
            first=first,
            second=second,
        )
    if land.straight:
        return words(
            "Across: the direction in which all {count} parameters moved. Up: another "
            "direction, at right angles to it.",
            count=len(land.origin),
        )
    return words(
        "The two directions in which the {count} parameters moved most; {share} of the "
        "movement lies in this plane.",
        count=len(land.origin),
        share=percent(land.share),
    )


@dataclass(frozen=True)
class DescentCaptions:
    """The captions of a descent, each chosen by what the map is and how runs end."""

    land: Landscape
    rivals: Rivals
    words: Words

    def map(self) -> Sentence:
        own, land = self.rivals.own.training, self.land
        epochs, losses = own.epochs, own.losses
        told = {
            "first": int(epochs[0]),
            "last": int(epochs[-1]),
            "before": spoken(losses[0]),
            "after": spoken(losses[-1]),
            "end": self._end(),
        }
        if land.places:
            one, other = axis_names(land, self.words)
            return say(
                "The loss over {one} and {other}, all that is trained: from epoch {first} to "
                "epoch {last} the run goes from a loss of {before} to {after}{end}.",
                one=one,
                other=other,
                **told,
            )
        if land.straight:
            return say(
                "The loss along the direction in which the {count} parameters moved, and along "
                "one at right angles to it: from epoch {first} to epoch {last} the run goes from "
                "a loss of {before} to {after}{end}.",
                count=len(land.origin),
                **told,
            )
        return say(
            "The loss over the two directions in which the {count} parameters moved most, with "
            "{share} of their movement: from epoch {first} to epoch {last} the run goes from a "
            "loss of {before} to {after}{end}.",
            count=len(land.origin),
            share=percent(land.share),
            **told,
        )

    def rates(self) -> Sentence:
        head = say("From the same start with other learning rates")
        return self._others(head, self.rivals.rates)

    def optimizers(self) -> Sentence:
        head = say("From the same start with another optimizer, or with other settings")
        return self._others(head, self.rivals.optimizers)

    def _end(self) -> Sentence:
        own, held = self.rivals.own.training, self.land.held
        if own.run.diverged_at is not None:
            return say("; from epoch {epoch} on it is no finite number", epoch=own.run.diverged_at)
        if held < len(own.epochs):
            return say(
                "; the map is as large as its path up to epoch {epoch}",
                epoch=int(own.epochs[held - 1]),
            )
        return say("")

    def _others(self, head: Sentence, rivals: Sequence[Rival]) -> Sentence:
        """Where each of them ends."""
        *others, last = map(_ends, rivals)
        told = last
        for one in reversed(others):
            told = say("{one}; {rest}", one=one, rest=told)
        return say("{head}: {ends}.", head=head, ends=told)


def _ends(rival: Rival) -> Sentence:
    run = rival.training.run
    if run.diverged_at is not None:
        return say(
            "{label} diverges, and is not finite from epoch {epoch}",
            label=rival.label,
            epoch=run.diverged_at,
        )
    loss = spoken(rival.training.losses[-1])
    return say("{label} ends at a loss of {loss}", label=rival.label, loss=loss)
