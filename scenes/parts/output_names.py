"""What a network's outputs are called: a name beside each neuron, of classes with its mark."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from manim import VMobject

from epochreel.record.view import View
from scenes.drawing.layout import SMALL, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.network import LARGEST, Network
from scenes.parts.table import named

NAME_PITCH = 34.0  # pixels from one name to the next; LEAST_PITCH where there is no more room
LEAST_PITCH = 29.0
WIDEST = 170.0  # of a name
GAP, MARK, BEHIND_MARK = 12.0, 11.0, 8.0
ALONE = 100.0  # how far an only output is from others


@dataclass(frozen=True)
class OutputName:
    """Of one output.

    Attributes:
        class_at: which class it is the probability of, and how many there are; None for others.
    """

    text: str
    class_at: tuple[int, int] | None = None


def beside_names(region: Region, layers: int, names: Sequence[OutputName]) -> Region:
    """The region without the room that names take on its right, for a network of such layers."""
    if not names:
        return region
    # The last neurons stand in the middle of a column, half of which the names may have.
    wanted = LARGEST + GAP + _width(names)
    halves = 2 * layers
    rest = max(0.0, (wanted - region.width / halves) / (1 - 1 / halves))
    return replace(region, right=region.right - rest)


def output_names(
    network: Network, names: Sequence[OutputName], right: float, theme: Theme
) -> list[VMobject]:
    """A name beside each output that is drawn, or beside some where they would collide.

    Args:
        right: where they have to end, in pixels.
    """
    if not names:
        return []
    drawn: list[VMobject] = []
    units, places = network.units[-1], network.places[-1]
    apart = min([below[1] - above[1] for above, below in pairwise(places)], default=ALONE)
    step = max(1, math.ceil(LEAST_PITCH / apart))
    size = min(MARK, apart / 2 - 1)
    for at, (unit, (x, y)) in enumerate(zip(units, places)):
        name = names[unit]
        left = x + network.radius + GAP
        if name.class_at:
            of, count = name.class_at
            color = class_colors(theme, count)[of]
            drawn.append(class_mark(point(left + MARK, y)[None], of, size, color))
            left += 2 * MARK + BEHIND_MARK
        if at % step == 0:
            base = y + CAP_HEIGHT * SMALL / 2
            drawn.append(named(name.text, left, base, min(right, left + WIDEST), theme.ink))
    return drawn


def _width(names: Sequence[OutputName]) -> float:
    widest = min(max(text_width(name.text, SMALL) for name in names), WIDEST)
    marked = any(name.class_at for name in names)
    return widest + (2 * MARK + BEHIND_MARK if marked else 0.0)


def output_names_of(view: View) -> list[OutputName]:
    """What each of a network's outputs is; nothing of a value that is alone.

    One output of two classes is the probability of the second.
    """
    names, count = view.class_names, view.targets.shape[1]
    if not names:
        return [OutputName(name) for name in view.target_names] if count > 1 else []
    if count == 1:
        return [OutputName(f"P({names[1]})", (1, 2))]
    return [OutputName(name, (at, len(names))) for at, name in enumerate(names)]
