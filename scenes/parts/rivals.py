"""Which of the runs that a lecture compares go over one landscape, and how they are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.numbers import in_code
from epochreel.record.landscape import comparable
from epochreel.record.view import Run, Training
from scenes.drawing.sampling import evenly
from scenes.drawing.theme import Theme
from scenes.parts.runs import MOST_NAMED

MOST = 4  # beside the run itself
# What makes a step beside the learning rate.
STEP = ("optimizer", "optimizer_kind", "optimizer_settings", "learning_rate_schedule")


@dataclass(frozen=True, eq=False)
class Rival:
    """A run beside others.

    Attributes:
        number: its place among those that are compared, which gives it its colour; None where it
            is not one of them.
    """

    training: Training
    label: str
    number: int | None

    def color(self, theme: Theme) -> str:
        """As in the scene that compares the runs."""
        return theme.accent if self.number is None else theme.runs[self.number]


@dataclass(frozen=True, eq=False)
class Rivals:
    """A run, and those that start where it does and step in another way.

    Attributes:
        rates: those with other learning rates and else the same settings, from the lowest on.
        optimizers: those with another optimizer, or other settings of it.
    """

    own: Rival
    rates: tuple[Rival, ...]
    optimizers: tuple[Rival, ...]

    @classmethod
    def of(cls, own: Training, others: Sequence[Training]) -> "Rivals":
        """Sort runs that are compared; those over another landscape are left out."""
        known = [
            Rival(each, each.run.label, number)
            for number, each in enumerate(others[:MOST_NAMED])
            if comparable(own, each)
            and _said(own.run, "batch_size") == _said(each.run, "batch_size")
        ]
        rates, optimizers = [], []
        itself = Rival(own, f"η = {in_code(_rate(own.run))}", None)
        for rival in known:
            if any(_said(own.run, name) != _said(rival.training.run, name) for name in STEP):
                optimizers.append(rival)
            elif _rate(rival.training.run) != _rate(own.run):
                rates.append(rival)
            elif np.array_equal(own.losses, rival.training.losses):
                itself = Rival(own, rival.label, rival.number)
        rates.sort(key=lambda rival: _rate(rival.training.run))
        return cls(itself, _some(rates), _some(optimizers))

    @property
    def all(self) -> tuple[Rival, ...]:
        """Every run whose way is drawn."""
        return (self.own, *self.rates, *self.optimizers)


def _said(run: Run, name: str) -> object:
    return run.hyperparameters.get(name) or None


def _rate(run: Run) -> float:
    return float(run.hyperparameters.get("learning_rate") or 0)


def _some(rivals: Sequence[Rival]) -> tuple[Rival, ...]:
    return tuple(rivals[at] for at in evenly(len(rivals), MOST))
