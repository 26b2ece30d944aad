"""What came of a training, as sentences tell it: it diverged, the loss rose, fell, or stayed."""

from enum import Enum

from epochreel.numbers import spoken
from epochreel.record.record import Array

CONVERGED = 0.01  # of the first loss: what is left is small beside what there was
PARTED = 1.1  # times its lowest value: where a validation loss has risen


class Outcome(Enum):
    """How the last recorded loss compares with the first one."""

    CONVERGED = "converged"  # less than a hundredth is left
    FELL = "fell"
    STAYED = "stayed"  # both read the same, or there is only one
    ROSE = "rose"
    DIVERGED = "diverged"  # from some epoch on there is no finite loss

    @property
    def lower(self) -> bool:
        """Whether the loss is lower at the end."""
        return self in (Outcome.CONVERGED, Outcome.FELL)


def outcome_of(losses: Array, diverged_at: int | None) -> Outcome:
    """What came of a run.

    Args:
        losses: after each epoch that is told of, (E,).
        diverged_at: the epoch from which on the loss is not finite.
    """
    first, last = float(losses[0]), float(losses[-1])
    if diverged_at is not None:
        return Outcome.DIVERGED
    if spoken(first) == spoken(last):
        return Outcome.STAYED
    if last > first:
        return Outcome.ROSE
    return Outcome.CONVERGED if 0 <= last <= CONVERGED * first else Outcome.FELL


def stopped_early(asked: object, last_epoch: int, diverged_at: int | None) -> bool:
    """Whether a run ended before the epochs that were asked for, and not because it diverged."""
    return isinstance(asked, int) and last_epoch < asked and diverged_at is None


def parting(losses: Array, validation: Array) -> int | None:
    """Where training and validation part: the place of the lowest validation loss.

    None where they do not: the validation loss ends near its lowest value or below the training
    loss, or that does not go on falling. Both have one value for each epoch, (E,).
    """
    at = int(validation.argmin())
    rises = validation[-1] > max(PARTED * validation[at], losses[-1])
    return at if rises and losses[-1] < losses[at] else None
