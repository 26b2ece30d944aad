"""A training run as arrays; `record_file` has it as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Layer:
    """One layer as Keras names it; `units` is the width of its output."""

    name: str
    type: str
    units: int
    activation: str


@dataclass(frozen=True, eq=False)
class Record:
    """A training run: what it was given, and all it knew after each epoch.

    With E recorded epochs, n samples, d inputs and k outputs:
    `inputs` (n, d), `targets` (n, k), `epochs` (E,), `losses` (E,), `predictions` (E, n, k);
    `parameters` holds one mapping per layer from the parameter's name (`kernel`, `bias`) to its
    values (E, *shape). `epochs[0]` is 0 where the state before training was recorded.

    `every_loss` has the loss after each epoch from the first to the last recorded one, also of
    those between that were left out; None where none was, or where nobody knows.
    """

    hyperparameters: Mapping[str, Any]
    versions: Mapping[str, str]
    inputs: Array
    targets: Array
    rule: str | None
    layers: tuple[Layer, ...]
    epochs: npt.NDArray[np.int64]
    losses: Array
    parameters: tuple[Mapping[str, Array], ...]
    predictions: Array
    diverged_at: int | None = None
    every_loss: Array | None = None

    @property
    def curve(self) -> tuple[Array, Array]:
        """All epochs whose loss is known, and their losses."""
        if self.every_loss is None:
            return self.epochs.astype(float), self.losses
        return np.arange(self.epochs[0], self.epochs[-1] + 1.0), self.every_loss

    @property
    def widths(self) -> tuple[int, ...]:
        """Units from the input to the output: (1, 4, 3, 1) for the lecture that ships."""
        return (self.inputs.shape[1], *(layer.units for layer in self.layers))
