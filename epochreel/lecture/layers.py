"""The layers that a lecture's file may name, each with its settings."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from epochreel.lecture.ranges import Number
from epochreel.lecture.table import Table, one_of
from epochreel.lecture.vocabulary import ACTIVATIONS

MAX_UNITS = 65_536
Share = Annotated[Number, Field(ge=0, lt=1)]
Activating = Annotated[str, one_of("activation", ACTIVATIONS)]


class Dense(Table):
    """One Dense layer; `kernel` and `bias` are its values at epoch 0, else the seed's."""

    type: Literal["Dense"] = "Dense"
    units: Annotated[int, Field(ge=1, le=MAX_UNITS)]
    activation: Activating = "linear"
    kernel: list[list[Number]] | None = None
    bias: list[Number] | None = None

    @model_validator(mode="after")
    def _check_shapes(self) -> Self:
        if self.kernel is not None:
            widths = {len(row) for row in self.kernel}
            if widths != {self.units}:
                raise ValueError(
                    f"kernel must have one row per input and {self.units} columns (units); "
                    f"its rows have {', '.join(map(str, sorted(widths))) or 'no'} values."
                )
        if self.bias is not None and len(self.bias) != self.units:
            raise ValueError(
                f"bias must have {self.units} values (units); it has {len(self.bias)}."
            )
        return self


class Dropout(Table):
    """While training, sets a share of the values to 0."""

    type: Literal["Dropout"]
    rate: Share


class BatchNormalization(Table):
    """Brings each value to mean 0 and variance 1 over the batch, then scales and shifts it."""

    type: Literal["BatchNormalization"]


class Rescaling(Table):
    """Multiplies all values by `scale` and adds `offset`."""

    type: Literal["Rescaling"]
    scale: Number
    offset: Number = 0


class Activation(Table):
    """An activation as a layer of its own."""

    type: Literal["Activation"]
    activation: Activating


class ReLU(Table):
    """Negative values become 0."""

    type: Literal["ReLU"]


class Softmax(Table):
    """Values become probabilities."""

    type: Literal["Softmax"]


class LeakyReLU(Table):
    """Negative values become smaller by `negative_slope`."""

    type: Literal["LeakyReLU"]
    negative_slope: Annotated[Number, Field(ge=0)] = 0.3


class Flatten(Table):
    """Puts all values of a sample in one row."""

    type: Literal["Flatten"]


Axis = Annotated[int, Field(ge=1, le=MAX_UNITS)]


class Reshape(Table):
    """Puts the values of a sample in an array of another shape."""

    type: Literal["Reshape"]
    target_shape: Annotated[list[Axis], Field(min_length=1, max_length=3)]


KINDS: dict[str, type[Table]] = {
    kind.__name__: kind
    for kind in (
        *(Dense, Dropout, BatchNormalization, Rescaling, Activation),
        *(ReLU, Softmax, LeakyReLU, Flatten, Reshape),
    )
}
SHAPING = (Flatten, Reshape)  # what comes behind them has other inputs


def _kind(layer: Any) -> Any:
    """The type that a layer's table names; it is Dense where it names none."""
    if isinstance(layer, dict):
        return layer.get("type", "Dense")
    return getattr(layer, "type", "Dense")


LayerSettings = Annotated[
    Annotated[Dense, Tag("Dense")]
    | Annotated[Dropout, Tag("Dropout")]
    | Annotated[BatchNormalization, Tag("BatchNormalization")]
    | Annotated[Rescaling, Tag("Rescaling")]
    | Annotated[Activation, Tag("Activation")]
    | Annotated[ReLU, Tag("ReLU")]
    | Annotated[Softmax, Tag("Softmax")]
    | Annotated[LeakyReLU, Tag("LeakyReLU")]
    | Annotated[Flatten, Tag("Flatten")]
    | Annotated[Reshape, Tag("Reshape")],
    Discriminator(_kind),
]


class Model(Table):
    """The network: layers from the input on."""

    layers: Annotated[list[LayerSettings], Field(min_length=1, max_length=24)]

    @model_validator(mode="after")
    def _check_kernels(self) -> Self:
        if not any(isinstance(layer, Dense) for layer in self.layers):
            raise ValueError("layers: one of them must be Dense.")
        units: int | None = None
        for number, layer in enumerate(self.layers, start=1):
            if isinstance(layer, SHAPING):
                units = None
            if not isinstance(layer, Dense):
                continue
            if units and layer.kernel is not None and len(layer.kernel) != units:
                raise ValueError(
                    f"layer {number}: kernel has shape ({len(layer.kernel)}, {layer.units}); "
                    f"after a layer of {units} units it must be ({units}, {layer.units})."
                )
            units = layer.units
        return self
