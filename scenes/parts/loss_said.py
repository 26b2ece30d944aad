"""What is said of a loss that is shown as a formula, as a curve or as areas."""

from typing import Any

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from epochreel.record.outcome import Outcome
from epochreel.record.view import View


def say_direction(view: View) -> Sentence:
    """The smaller, the better; and what became of it."""
    told = _told(view)
    if len(view.epochs) == 1:
        return _say(N_("The smaller, the better: at epoch {first} it is {before}."), told)
    if view.outcome is Outcome.DIVERGED:
        return _say(
            N_(
                "The smaller, the better: here it goes from {before} to {after}, "
                "and is not finite from epoch {epoch}."
            ),
            told,
            epoch=view.diverged_at,
        )
    if view.outcome.lower and told["first"] == 0:
        return _say(
            N_("The smaller, the better: {before} before training, {after} after it."), told
        )
    if view.outcome is Outcome.ROSE:
        return _say(
            N_(
                "The smaller, the better, but here it rises: {before} at epoch {first}, "
                "{after} at epoch {last}."
            ),
            told,
        )
    return _say(
        N_("The smaller, the better: {before} at epoch {first}, {after} at epoch {last}."), told
    )


def say_training(view: View) -> Sentence:
    """What became of the mean from the first recorded epoch to the last."""
    told = _told(view)
    if view.outcome is Outcome.DIVERGED:
        return _say(
            N_(
                "Training diverges: the mean is {before} at epoch {first}, {after} at epoch "
                "{last}, and no finite number from epoch {diverged} on."
            ),
            told,
            diverged=view.diverged_at,
        )
    if view.outcome is Outcome.STAYED:
        return _say(N_("At epoch {last} the mean is {before}, as at epoch {first}."), told)
    if view.outcome is Outcome.ROSE:
        return _say(
            N_("From epoch {first} to epoch {last} the mean rises from {before} to {after}."), told
        )
    return _say(
        N_("From epoch {first} to epoch {last} the mean falls from {before} to {after}."), told
    )


def say_curve(view: View, *, of_errors: bool) -> Sentence:
    """What the curve shows, and where the mean is at first."""
    told = {"epoch": int(view.epochs[0]), "loss": spoken(view.losses[0])}
    if of_errors:
        return _say(
            N_(
                "The farther a prediction is from the truth, the larger is its term: at epoch "
                "{epoch} the mean is {loss}."
            ),
            told,
        )
    return _say(
        N_(
            "The less probability the truth is given, the larger is −ln p: at epoch {epoch} the "
            "mean is {loss}."
        ),
        told,
    )


def say_term(value: float, *, squares: bool) -> Sentence:
    """What one pair's term is; `value` as it stands on the page."""
    told = {"term": spoken(value, 8)}
    if squares:
        return _say(
            N_(
                "y is true, ŷ is predicted; their difference is the side of a square, its area is "
                "the term, {term}."
            ),
            told,
        )
    return _say(
        N_("y is true, ŷ is predicted; their difference without its sign is the term, {term}."),
        told,
    )


def say_mean(view: View, count: int, name: str, *, squares: bool) -> Sentence:
    """That the loss is the mean of all terms, and what it is at first."""
    told = {
        "count": count,
        "name": Sentence(name),
        "epoch": int(view.epochs[0]),
        "loss": spoken(view.losses[0]),
    }
    if count == 1:
        return _say(N_("Of one pair the {name} is its term: {loss} at epoch {epoch}."), told)
    if squares:
        return _say(
            N_("Averaged, the {count} squares make one: the {name}, {loss} at epoch {epoch}."),
            told,
        )
    return _say(
        N_("Averaged, the {count} bars make one: the {name}, {loss} at epoch {epoch}."),
        told,
    )


def _told(view: View) -> dict[str, Any]:
    return {
        "first": int(view.epochs[0]),
        "last": int(view.epochs[-1]),
        "before": spoken(view.losses[0]),
        "after": spoken(view.losses[-1]),
    }


def _say(text: str, told: dict[str, Any], **more: Any) -> Sentence:
    return Sentence(text, values={**told, **more})
