"""A training run as arrays; `record.file` has it as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Layer:
    """One layer as Keras names it.

    Attributes:
        type: its class: `Dense`, `Dropout`.
        shape: of what it puts out for one sample: (4,), (28, 28).
        activation: by Keras' name; `linear` where it has none.
        settings: what its arithmetic needs beside its parameters, such as the `rate` of a Dropout.
    """

    name: str
    type: str
    shape: tuple[int, ...]
    activation: str = "linear"
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def units(self) -> int:
        """How many values it puts out for one sample."""
        return prod(self.shape)


@dataclass(frozen=True, eq=False)
class Validation:
    """m samples that a network was not trained on: `inputs` (m, *shape) and `targets` (m, k)."""

    inputs: Array
    targets: Array


@dataclass(frozen=True, eq=False)
class Record:
    """A training run: what it was given, and all it knew after each epoch.

    With E recorded epochs, n samples and k outputs: `inputs` (n, *shape) as they were before any
    layer, `targets` (n, k), `epochs` (E,), `predictions` (E, n, k); `parameters` holds one mapping
    per layer from the parameter's name (`kernel`, `bias`) to its values (E, *shape). `epochs[0]`
    is 0 where the state before training was recorded.

    Attributes:
        targets: of classes one-hot rows, or where k is 1 a column of 0 and 1.
        history: the loss and metrics by Keras' names: `loss`, `accuracy`, `val_loss`. All have one
            length: E, or where epochs were left out and their values are known, one value for
            each epoch from the first to the last recorded one.
        feature_names: of the values of an input; none where nobody named them.
        target_names: of the outputs, where they are no classes; likewise.
        class_names: of the classes, where targets are classes.
        validation: samples that it was not trained on, where there are any.
    """

    hyperparameters: Mapping[str, Any]
    versions: Mapping[str, str]
    inputs: Array
    targets: Array
    rule: str | None
    layers: tuple[Layer, ...]
    epochs: npt.NDArray[np.int64]
    history: Mapping[str, Array]
    parameters: tuple[Mapping[str, Array], ...]
    predictions: Array
    diverged_at: int | None = None
    feature_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    validation: Validation | None = None

    @property
    def tells_every_epoch(self) -> bool:
        """Whether `history` tells of epochs that were left out."""
        return len(self.history["loss"]) > len(self.epochs)

    @property
    def curve_epochs(self) -> Array:
        """The epochs that `history` tells of."""
        if self.tells_every_epoch:
            return np.arange(self.epochs[0], self.epochs[-1] + 1.0)
        return self.epochs.astype(float)

    @property
    def curve(self) -> tuple[Array, Array]:
        """All epochs whose loss is known, and their losses."""
        return self.curve_epochs, self.history["loss"]

    @property
    def losses(self) -> Array:
        """The loss after each recorded epoch, (E,)."""
        return at_recorded(self.history["loss"], self.epochs)

    @property
    def dense(self) -> tuple[int, ...]:
        """Which of the layers are columns of neurons, joined to the one before by weights."""
        return tuple(at for at, layer in enumerate(self.layers) if layer.type == "Dense")

    @property
    def widths(self) -> tuple[int, ...]:
        """Neurons from the input to the output: (1, 4, 3, 1) for `loss_function`."""
        return (prod(self.inputs.shape[1:]), *(self.layers[at].units for at in self.dense))


def at_recorded(values: Array, epochs: npt.NDArray[np.int64]) -> Array:
    """Of a history's values those after the recorded epochs, (E,)."""
    return values[epochs - epochs[0]] if len(values) > len(epochs) else values
