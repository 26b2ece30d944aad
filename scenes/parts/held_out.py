"""What a network says of the samples that it is not trained on, which no record holds."""

import numpy as np
import numpy.typing as npt

from epochreel.record.classes import labels_of, probabilities_of
from epochreel.record.network import can_follow, outputs
from epochreel.record.record import at_recorded
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.parts.confusion import Counts, confusions

ACCURACY = "val_accuracy"  # as Keras calls the share of them that is right


def held_out_predictions(view: View, state: int) -> Values:
    """The predictions for m validation samples in a recorded state, (m, k), read as float32."""
    assert view.validation
    found: Values = outputs(view, state, view.validation.inputs)[-1].astype(np.float32)
    return found.astype(float)


class HeldOutClasses:
    """Validation samples of classes.

    Attributes:
        count: how many there are.
        true: which class each is of, (m,).
        followed: whether the network can be asked for the class of each; else no more is known
            than how many are right.
    """

    def __init__(self, view: View) -> None:
        assert view.validation and view.classes
        self._view, self._classes = view, len(view.classes.names)
        self.true = labels_of(view.validation.targets)
        self.count = len(self.true)
        self.followed = can_follow(view)
        self._known: dict[int, npt.NDArray[np.int64]] = {}

    @classmethod
    def of(cls, view: View) -> "HeldOutClasses | None":
        """Those of a view, if it has any of which something is known."""
        if not view.validation or not (can_follow(view) or ACCURACY in view.history):
            return None
        return cls(view)

    def predicted(self, state: int) -> npt.NDArray[np.int64]:
        """The most probable class of each in a recorded state, (m,)."""
        if state not in self._known:
            found = held_out_predictions(self._view, state)
            asked = probabilities_of(found, self._view.hyperparameters)
            self._known[state] = asked.argmax(axis=-1)
        return self._known[state]

    def right(self, state: int) -> int:
        """How many of them are taken for what they are."""
        if self.followed:
            return int((self.predicted(state) == self.true).sum())
        shares = at_recorded(self._view.history[ACCURACY], self._view.epochs)
        return round(float(shares[state]) * self.count)

    def counts(self, state: int) -> Counts:
        """How many of each class were taken for which, (classes, classes)."""
        return confusions(self.true, self.predicted(state)[None], self._classes)[0]
