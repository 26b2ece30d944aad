"""What of a chain of layers there is to tell beside its columns of neurons."""

from collections.abc import Sequence

from epochreel.record.kind import Drawn
from epochreel.record.layers import KINDS
from epochreel.record.record import Layer


def is_plain(layers: Sequence[Layer], class_names: Sequence[str]) -> bool:
    """Whether there is nothing: every layer is a column of linear neurons, for no classes."""
    columns = [
        layer.type in KINDS
        and KINDS[layer.type].drawn is Drawn.NEURONS
        and layer.activation == "linear"
        for layer in layers
    ]
    return all(columns) and not class_names
