"""What parameters are called: w1 and b1 in layer 1, w1[2, 1] a weight of it; and code's classes."""

import re
from collections.abc import Callable

LETTERS = {"kernel": "w", "bias": "b"}


def parameter_name(layer: int, kind: str) -> str:
    """A layer's `kernel` or `bias`: w1, b1.

    Args:
        layer: its place among the Dense layers, from 0; names count from 1.
    """
    return f"{LETTERS[kind]}{layer + 1}"


def value_name(layer: int, kind: str, *place: int) -> str:
    """One value of a layer's parameters: w1[2, 1] of its kernel, b1[2] of its bias.

    Args:
        place: its indices there, from 0; names count from 1.
    """
    return f"{parameter_name(layer, kind)}[{', '.join(str(index + 1) for index in place)}]"


def weight_name(layer: int, row: int, column: int) -> str:
    """A weight of a Dense layer, `kernel[row, column]`: w1[2, 1] for (0, 1, 0).

    It leads from neuron `row` of the layer before to neuron `column` of the layer; names count
    from 1.
    """
    return value_name(layer, "kernel", row, column)


def class_lines(name: str, fits: Callable[[str], bool]) -> list[str]:
    """The name of a class in code in one line, or in two where it does not fit.

    The first then ends before a capital: `SparseCategorical`, `Crossentropy`.
    """
    if fits(name):
        return [name]
    ends = [found.start() for found in re.finditer(r"(?<=[a-z0-9])(?=[A-Z])", name)]
    first = max((end for end in ends if fits(name[:end])), default=0)
    return [name[:first], name[first:]] if first else [name]
