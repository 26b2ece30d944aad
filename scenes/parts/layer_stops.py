"""What there is to say of each layer of a network, and of its input, in one chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import prod

from epochreel.lecture.words import Words
from epochreel.record.activations import ACTIVATIONS, Activation
from epochreel.record.kind import Drawn, Shape
from epochreel.record.layers import KINDS, told
from epochreel.record.record import Layer
from scenes.drawing.layout import SMALL
from scenes.drawing.measure import text_width


class Look(Enum):
    """What a layer is drawn as, or the input."""

    NEURONS = "neurons"
    CARD = "card"
    GRID = "grid"


@dataclass(frozen=True)
class Stop:
    """What there is to say of a layer, or of the input.

    Attributes:
        title: its type.
        shape: of what it puts out for one sample.
        look: what it is drawn as.
        says: what it does, if it has a card.
        function: its activation's name, if it has one; and the activation, if that is known.
        terms: how many parameters it has, as a sum: 4×3 + 3; and the sum.
        is_fixed: whether no gradient changes these.
    """

    title: str
    shape: Shape
    look: Look
    says: str = ""
    function: str = ""
    activation: Activation | None = None
    terms: str = ""
    count: int = 0
    is_fixed: bool = False


def input_stop(shape: Shape, words: Words) -> Stop:
    """What goes into the network."""
    name = words("input")
    look = Look.NEURONS if len(shape) == 1 else Look.GRID
    return Stop(name[:1].upper() + name[1:], shape, look)


def layer_stop(layer: Layer, parameters: Mapping[str, Shape], words: Words) -> Stop:
    """A layer as its kind shows it; one of no known kind is a card with its type alone.

    Args:
        parameters: the shapes of those it has.
    """
    kind = KINDS.get(layer.type)
    text, values = told(layer)
    is_column = kind is not None and kind.drawn is Drawn.NEURONS and len(layer.shape) == 1
    activation = None
    if kind and layer.activation in ACTIVATIONS:
        activation = kind.activation(layer)
    bent = activation is not ACTIVATIONS["linear"]
    return Stop(
        layer.type,
        layer.shape,
        Look.NEURONS if is_column else Look.CARD,
        "" if is_column or not text else words(text, **values),
        layer.activation if is_column else "",
        activation if is_column or bent else None,
        *parameter_sum(parameters.values()),
        is_fixed=bool(parameters) and kind is not None and not kind.trained,
    )


def hidden_stop(stops: Sequence[Stop], words: Words) -> Stop:
    """Layers that have no room, as one card."""
    count = len(stops)
    return Stop(
        words("{count} layer", "{count} layers", count=count),
        stops[-1].shape,
        Look.CARD,
        says=words("not shown"),
        count=sum(stop.count for stop in stops),
    )


def parameter_sum(shapes: Iterable[Shape]) -> tuple[str, int]:
    """How many numbers a layer's parameters are, as a sum and as a number: 4×3 + 3, and 15.

    Parameters of one shape are one term: 4×8 for four of 8 numbers each.
    """
    alike: dict[Shape, int] = {}
    for shape in shapes:
        alike[shape] = alike.get(shape, 0) + 1
    terms = [
        "×".join(map(str, [count, *shape] if count > 1 or not shape else shape))
        for shape, count in alike.items()
    ]
    return " + ".join(terms), sum(count * prod(shape) for shape, count in alike.items())


def shape_in_words(shape: Shape, words: Words) -> str:
    """`4 values`, or 28 × 28."""
    if len(shape) == 1:
        return words("{count} value", "{count} values", count=shape[0])
    return " × ".join(map(str, shape)) or words("{count} value", "{count} values", count=1)


def count_lines(stop: Stop, width: float, words: Words) -> list[str]:
    """`4×3 + 3 = 15` in a line, or in two where it has no room; nothing without parameters."""
    if not stop.count:
        return []
    is_sum = stop.terms not in ("", f"{stop.count}")
    terms = stop.terms if is_sum else f"{stop.count}"
    if stop.is_fixed:
        terms = words("fixed: {terms}", terms=terms)
    whole = f"{terms} = {stop.count}" if is_sum else terms
    return [whole] if text_width(whole, SMALL) <= width else [terms, f"= {stop.count}"]
