"""A lecture's layers as its record will hold them, known without building them."""

from collections import Counter
from typing import Any

from epochreel.errors import BadSetting, shown
from epochreel.lecture.layers import Dense, Reshape
from epochreel.lecture.settings import Lecture
from epochreel.record.kind import Shape
from epochreel.record.layers import KINDS
from epochreel.record.record import Layer

# By the kind that Keras gives it, what a layer is called, before its number.
NAMES = {
    "BatchNormalization": "batch_normalization",
    "LeakyReLU": "leaky_relu",
    "ReLU": "relu",
}


def layer_name(kind: str, number: int) -> str:
    """What the layer is called that is that number among those of its kind.

    Keras' own names count all layers made so far, and so differ between runs.
    """
    return f"{NAMES.get(kind, kind.lower())}_{number}"


def planned_layers(lecture: Lecture, shape: Shape) -> tuple[Layer, ...]:
    """The layers from the input on, that of `normalize` among them.

    Args:
        shape: of an input.

    Raises:
        BadSetting: a Reshape has another number of values than come in.
    """
    layers: list[Layer] = []
    if lecture.data.normalize:
        layers.append(Layer("normalization", "Normalization", shape))
    counted: Counter[str] = Counter()
    for number, settings in enumerate(lecture.model.layers, start=1):
        counted[settings.type] += 1
        own: Shape = shape
        if isinstance(settings, Dense):
            own = (settings.units,)
        elif isinstance(settings, Reshape):
            own = tuple(settings.target_shape)
        said: dict[str, Any] = settings.model_dump(
            exclude={"type", "units", "activation", "kernel", "bias", "target_shape"}
        )
        activation = getattr(settings, "activation", "linear")
        name = layer_name(settings.type, counted[settings.type])
        layer = Layer(name, settings.type, own, activation, said)
        found = KINDS[settings.type].output_shape(layer, shape)
        if isinstance(settings, Reshape) and found != own:
            raise BadSetting(
                f"{lecture.name}: [model] layers.{number}: target_shape "
                f"{shown(settings.target_shape)} has no room for {found[0]} values.",
                field=f"model.layers[{number - 1}].target_shape",
                value=settings.target_shape,
            )
        shape = found
        layers.append(Layer(name, settings.type, shape, activation, said))
    return tuple(layers)
