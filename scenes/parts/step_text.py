"""What is said of a step of training on one weight, and of that on all of them."""

from dataclasses import dataclass
from typing import Any

from epochreel.lecture.words import Sentence
from epochreel.numbers import rounded, spoken
from epochreel.record.update import Update, steps_between
from epochreel.record.view import View
from scenes.drawing.names import value_name
from scenes.parts.calls import optimizer_name
from scenes.parts.step_rows import DIGITS

FEWEST = (4, 6, 8)  # digits of a weight: as few of these as tell its two values apart


@dataclass(frozen=True)
class StepText:
    """The captions of a weight's first update."""

    view: View
    update: Update

    @property
    def name(self) -> str:
        """What the weight is called."""
        return name_of(self.update, self.view)

    def slope(self) -> Sentence:
        """Of where it stands, and what its slope means."""
        view, update = self.view, self.update
        told = {
            "epoch": int(view.epochs[0]),
            "name": self.name,
            "slope": spoken(update.slope),
        }
        if update.slope > 0:
            return say(
                "At epoch {epoch} the slope along {name} is {slope}: the loss falls as {name} "
                "decreases.",
                **told,
            )
        return say(
            "At epoch {epoch} the slope along {name} is {slope}: the loss falls as {name} "
            "increases.",
            **told,
        )

    def step(self) -> Sentence:
        """Of what the optimizer makes of that."""
        view, update = self.view, self.update
        start, epoch = (int(each) for each in view.epochs[:2])
        before, after = _apart(update.before, update.after)
        told = {"name": self.name, "before": before, "after": after}
        if before == after:
            return say(
                "From epoch {start} to epoch {epoch}, {name} stays {before}.",
                start=start,
                epoch=epoch,
                name=self.name,
                before=before,
            )
        if update.is_one_step:
            told |= {
                "optimizer": optimizer_name(view.hyperparameters),
                "rate": rounded(view.hyperparameters["learning_rate"], DIGITS),
            }
            if update.goes_down:
                return say(
                    "{optimizer} with learning rate {rate} makes one step against the slope: "
                    "{name} goes from {before} to {after}.",
                    **told,
                )
            return say(
                "{optimizer} with learning rate {rate} makes one step: {name} goes from {before} "
                "to {after}.",
                **told,
            )
        steps = steps_between(view, view.epochs)
        if steps and steps > 1:
            return say(
                "In epoch {epoch} the optimizer makes {steps} steps, each by the slope over "
                "{batch} samples at most: {name} goes from {before} to {after}.",
                epoch=epoch,
                steps=steps,
                batch=int(view.hyperparameters["batch_size"]),
                **told,
            )
        return say(
            "From epoch {start} to epoch {epoch}, {name} goes from {before} to {after}.",
            start=start,
            epoch=epoch,
            **told,
        )

    def all(self) -> Sentence:
        """Of all parameters, and of what becomes of the loss."""
        view = self.view
        changed = sum(
            int((values[0] != values[1]).sum())
            for layer in view.parameters
            for values in layer.values()
        )
        told = {"start": int(view.epochs[0]), "epoch": int(view.epochs[1]), "count": changed}
        what = say(
            "From epoch {start} to epoch {epoch}, {count} parameter changes",
            "From epoch {start} to epoch {epoch}, {count} parameters change",
            **told,
        )
        if not changed:
            what = say("From epoch {start} to epoch {epoch}, no parameter changes", **told)
        elif self.update.is_one_step:
            what = say(
                "In the same step {count} parameter changes",
                "In the same step {count} parameters change",
                count=changed,
            )
        before, after = spoken(view.losses[0]), spoken(view.losses[1])
        if before == after:
            return say("{what}, and the loss stays {loss}.", what=what, loss=after)
        if view.losses[1] < view.losses[0]:
            return say(
                "{what}, and the loss falls from {before} to {after}.",
                what=what,
                before=before,
                after=after,
            )
        return say(
            "{what}, and the loss rises from {before} to {after}.",
            what=what,
            before=before,
            after=after,
        )


def say(one: str, many: str | None = None, /, **values: Any) -> Sentence:
    """A sentence in English, as `LectureScene.say` makes it."""
    return Sentence(one, many, values)


def name_of(update: Update, view: View) -> str:
    """What a weight or a bias is called: w3[1, 1], b3[1]."""
    place = update.place
    return value_name(view.dense.index(place.layer), place.name, *place.indices)


def _apart(before: float, after: float) -> tuple[str, str]:
    """Two values in as few digits as tell them apart."""
    for digits in FEWEST:
        texts = spoken(before, digits), spoken(after, digits)
        if texts[0] != texts[1]:
            break
    return texts
