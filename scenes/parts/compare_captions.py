"""What is said of runs side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from epochreel.lecture.words import Sentence, say
from epochreel.numbers import spoken
from epochreel.record.view import Run
from scenes.parts.class_panels import ClassFits
from scenes.parts.panels import Fits
from scenes.parts.runs import lowest_runs


@dataclass(frozen=True)
class CompareCaptions:
    """The captions of a comparison, each chosen by what the runs hold.

    Attributes:
        named: which of the runs have a name.
    """

    runs: Sequence[Run]
    named: Sequence[int]

    def curves(self) -> Sentence:
        runs = self.runs
        if len(runs) == 1:
            (run,) = runs
            return say(
                "The loss of one run ({label}), up to epoch {epoch}.",
                label=run.label,
                epoch=int(run.curve[0][-1]),
            )
        if len(self.named) == len(runs):
            return say("The losses of {count} runs on the same axes.", count=len(runs))
        return say(
            "The losses of {count} runs: {named} have a name and a colour, the rest is grey.",
            count=len(runs),
            named=len(self.named),
        )

    def ends(self) -> Sentence:
        runs = self.runs
        best = lowest_runs(runs)
        if not best and len(runs) == 1:
            return say(
                "The run diverges: from epoch {epoch} its loss is not finite.",
                epoch=runs[0].diverged_at,
            )
        if not best:
            return say("All {count} runs diverged.", count=len(runs))
        loss = spoken(runs[best[0]].curve[1][-1])
        if len(runs) == 1:
            return say("At the end of training the loss is {loss}.", loss=loss)
        if len(best) > 1:
            return say(
                "The lowest loss at the end is {loss}, and {ties} runs reach it{rest}.",
                loss=loss,
                ties=len(best),
                rest=self._diverged(),
            )
        return say(
            "The lowest loss at the end is that of run {number} ({label}): {loss}{rest}.",
            number=self.named.index(best[0]) + 1,
            label=runs[best[0]].label,
            loss=loss,
            rest=self._diverged(),
        )

    def _diverged(self) -> Sentence:
        diverged = sum(run.diverged_at is not None for run in self.runs)
        if not diverged:
            return say("")
        return say(
            "; {count} of {all} runs diverged",
            "; {count} of {all} runs diverged",
            count=diverged,
            all=len(self.runs),
        )

    def classes(self, fits: ClassFits) -> Sentence:
        """How many samples are right: in the best of the runs that are shown, and in the worst."""
        count = len(fits.true)
        low, high = min(fits.right), max(fits.right)
        if low == high:
            return say(
                "What {runs} says of the classes at its end: {right} of {count} samples are right.",
                runs=self._which(),
                right=low,
                count=count,
            )
        return say(
            "What {runs} says of the classes at its end: from {low} to {high} of {count} samples "
            "are right.",
            runs=self._which(),
            low=low,
            high=high,
            count=count,
        )

    def _which(self) -> Sentence:
        if len(self.named) < len(self.runs):
            return say("each run that has a name")
        return say("each run")

    def fits(self, fits: Fits) -> Sentence:
        return say(
            "The last predictions of {runs}, and the truth{rest}.",
            runs=self._which(),
            rest=say("; those too far off leave the frame") if fits.leave_the_frame else say(""),
        )
