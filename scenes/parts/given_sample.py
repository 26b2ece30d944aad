"""A sample's values beside the neurons that they go into, each with its name."""

from manim import VGroup

from epochreel.record.view import View
from scenes.drawing.fitting import input_notation
from scenes.drawing.layout import GAP, SMALL, Region, Values
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.input_columns import input_names
from scenes.parts.network import Network
from scenes.parts.pictures import Pictures, grey, is_image

WIDEST = 240.0  # pixels of names and values
LINE = 1.2  # from one line of a name to the next, of its size
ASIDE = 14.0  # from a name of two lines to the sign, which is on neither
PICTURE = 200.0  # of an image's sides


class GivenSample(VGroup):
    """`x = −10` left of its neuron, one for each drawn input; or an image.

    Above the neurons stand the layers that change the values before the first neurons have them.

    Attributes:
        values: the numbers, which can go into the neurons; none of an image.
    """

    def __init__(self, view: View, sample: int, network: Network, theme: Theme) -> None:
        self.values: list[Label] = []
        super().__init__()
        left = network.places[0][0][0] - network.radius - GAP
        if is_image(view.inputs.shape[1:]):
            self.add(_image(view.inputs, sample, network, left, theme))
            return
        inputs = view.inputs.reshape(len(view.inputs), -1)
        names = input_names(view) if inputs.shape[1] > 1 or view.feature_names else ["x"]
        for unit, (_, y) in zip(network.units[0], network.places[0]):
            base = y + CAP_HEIGHT * SMALL / 2
            notation = input_notation(inputs[:, unit], view.decimals)
            value = Label(notation.text(inputs[sample, unit]), SMALL, theme.ink).put(left, base, 1)
            sign = Label(" = ", SMALL, theme.faint).put(left - value.width_px, base, 1)
            end = left - value.width_px - sign.width_px
            room = WIDEST - (left - end) - ASIDE
            lines, size = lines_or_cut(names[unit], room, SMALL, 2, names[unit])
            end -= ASIDE if len(lines) > 1 else 0
            first = base - (len(lines) - 1) * LINE * size / 2
            called = [
                Label(line, size, theme.faint).put(end, first + at * LINE * size, 1)
                for at, line in enumerate(lines)
            ]
            self.values.append(value)
            self.add(*called, sign, value)
        if changed := ", ".join(layer.type for layer in view.layers[: view.dense[0]]):
            (text,), size = lines_or_cut(changed, WIDEST + network.radius, SMALL, 1, changed)
            x, top = network.places[0][0]
            label = Label(text, size, theme.faint)
            self.add(label.put(x + network.radius, top - network.radius - GAP, 1))


def room_for(view: View, sample: int, before: float) -> float:
    """How much it needs left of the network, in pixels.

    Args:
        before: how much there is before the first neurons as it is.
    """
    if is_image(view.inputs.shape[1:]):
        return PICTURE + GAP
    changed = WIDEST if view.dense[0] else 0.0  # the name of a layer before them
    inputs = view.inputs.reshape(len(view.inputs), -1)
    names = input_names(view) if inputs.shape[1] > 1 or view.feature_names else ["x"]
    lines = [
        f"{names[unit]} = {input_notation(inputs[:, unit], view.decimals).text(value)}"
        for unit, value in enumerate(inputs[sample])
    ]
    widest = max(text_width(line, SMALL) for line in lines)
    return min(WIDEST, max(changed, widest + ASIDE - before, 0.0))


def _image(inputs: Values, sample: int, network: Network, right: float, theme: Theme) -> Pictures:
    images = grey(inputs)
    y = sum(y for _, y in network.places[0]) / len(network.places[0])
    half = PICTURE / 2
    place = Region(right - PICTURE, y - half, right, y + half)
    ends = float(images.min()), float(images.max())
    return Pictures(images[[sample]], [place], theme, ends)
