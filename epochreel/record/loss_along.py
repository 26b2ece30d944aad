"""The loss over all samples as one weight alone changes it."""

from dataclasses import dataclass

import numpy as np

from epochreel.record.losses import Loss, loss_of
from epochreel.record.network import Learner, passed
from epochreel.record.record import Array

MOST_TURNS = 40  # halvings or doublings on the way to where a loss is lowest
FLAT = 1.1  # times as far: what the loss falls by, from one doubling to the next, until it is flat
POINTS = 33  # among which the lowest is looked for


@dataclass(frozen=True)
class Place:
    """One value of a layer's parameter: `layers[layer]`, its name there, its indices."""

    layer: int
    name: str
    indices: tuple[int, ...]


class LossAlong:
    """The loss as a function of one weight, all others as they are in one recorded state.

    Args:
        record: whose loss is known; see `loss_of`.
        at: the state's place along the recorded epochs.
        targets: (n, k).

    Attributes:
        weight: what it is in that state.
    """

    def __init__(self, record: Learner, at: int, targets: Array, place: Place) -> None:
        loss = loss_of(record.hyperparameters, record.layers)
        assert loss
        self._loss: Loss = loss
        self._targets, self._place = targets, place
        state = [
            {name: states[at] for name, states in layer.items()} for layer in record.parameters
        ]
        cut = place.layer
        # What comes out of the layers before is the same for each value of the weight.
        self._values = passed(record.layers[:cut], state[:cut], record.inputs)
        self._layers, self._state = record.layers[cut:], state[cut:]
        self.weight = float(self._state[0][place.name][place.indices])

    def __call__(self, weights: Array) -> Array:
        """The loss for each value of the weight, (m,) to (m,); infinite where it is no number."""
        return np.array([self._of(float(weight)) for weight in weights])

    def reach(self, step: float, slope: float) -> float:
        """How far downhill the loss is lowest, or as good as flat from there on.

        Args:
            step: how far the weight is to move, as a first measure.
            slope: of the loss there, not 0.
        """
        down = -float(np.sign(slope))
        here, far = self._of(self.weight), max(abs(self.weight), abs(step)) or 1.0
        start = far

        def fallen(distance: float) -> float:
            return here - self._of(self.weight + down * distance)

        if fallen(far) > 0:
            for _ in range(MOST_TURNS):
                if not fallen(2 * far) > FLAT * fallen(far):
                    break
                far *= 2
        else:
            while fallen(far) <= 0:
                far /= 2
                if far < start / 2.0**MOST_TURNS:
                    return start  # too flat for the digits of float32
        distances = np.linspace(0, 2 * far, POINTS)
        return float(distances[self(self.weight + down * distances).argmin()])

    def _of(self, weight: float) -> float:
        first, *others = self._state
        changed = first[self._place.name].copy()
        changed[self._place.indices] = weight
        state = [{**first, self._place.name: changed}, *others]
        with np.errstate(all="ignore"):
            lost = self._loss.mean(self._targets, passed(self._layers, state, self._values))
        return lost if np.isfinite(lost) else np.inf
