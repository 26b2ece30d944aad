"""What there is to know of a kind of layer: its arithmetic, its parameters, its words."""

from abc import ABC
from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar

from epochreel.record.activations import ACTIVATIONS, Activation
from epochreel.record.record import Array, Layer

Shape = tuple[int, ...]
State = Mapping[str, Array]  # a layer's parameters in one epoch, by name


class Drawn(Enum):
    """How a layer is shown in a network."""

    NEURONS = "neurons"  # a column of them, with edges to those before
    CARD = "card"  # a word or two between two columns


class Kind(ABC):  # noqa: B024 (each kind says how it differs from a layer that does nothing)
    """A kind of layer; as it stands here, one that passes values on as they are.

    Attributes:
        settings: those that a record may hold, each with what it is where none is recorded.
        required: the parameters that it cannot be without.
        trained: those that training follows a gradient for.
        drawn: as what.
        says: what it does, for its card: English, with places for what `values` gives.
    """

    settings: ClassVar[Mapping[str, Any]] = {}
    required: ClassVar[frozenset[str]] = frozenset()
    trained: ClassVar[frozenset[str]] = frozenset()
    drawn: ClassVar[Drawn] = Drawn.CARD
    says: ClassVar[str] = ""

    def parameters(self, layer: Layer, input_shape: Shape) -> Mapping[str, Shape]:
        """The shape of each parameter that it may have."""
        return {}

    def output_shape(self, layer: Layer, input_shape: Shape) -> Shape:
        """What `layer.shape` has to be after an input of that shape, both of one sample."""
        return input_shape

    def linear(self, layer: Layer, parameters: State, values: Array) -> Array:
        """What it makes of values, (n, *input_shape), before its activation: (n, *shape).

        As Keras computes it with `training=False`.
        """
        return values

    def activation(self, layer: Layer) -> Activation:
        """What it puts that through."""
        return ACTIVATIONS[layer.activation]

    def slopes(
        self, layer: Layer, parameters: State, values: Array, gradient: Array
    ) -> dict[str, Array]:
        """The gradient by each parameter that is trained.

        Args:
            values: what came in.
            gradient: by what `linear` made of it, (n, *shape).
        """
        return {}

    def backward(self, layer: Layer, parameters: State, values: Array, gradient: Array) -> Array:
        """The gradient by what came in, with the same arguments."""
        return gradient

    def values(self, layer: Layer) -> Mapping[str, str]:
        """What stands in the places of `says`."""
        return {}

    def setting(self, layer: Layer, name: str) -> Any:
        """A setting of the layer, or what it is by default."""
        return layer.settings.get(name, self.settings[name])
