"""The training loop as cards and arrows, the network the largest of them."""

from collections.abc import Mapping

import numpy as np
from manim import Arrow, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, UNIT, Region, Values, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.page import card

FOOT, ROW = 36, 46  # pixels from a card's lower edge to its last line, and between lines
HEAD = 58  # from its upper edge to the base line of its name
BESIDE = 24  # pixels that a line leaves free, on both sides together
ARROWS = (
    ("data", "network"),
    ("network", "predictions"),
    ("predictions", "loss_function"),
    ("targets", "loss_function"),
    ("loss_function", "loss"),
    ("loss", "optimizer"),
    ("optimizer", "weights"),
    ("weights", "network"),
)


def _regions() -> dict[str, Region]:
    """A sample goes through the network on top, and the way back to its weights is below."""
    above, below = CONTENT.rows((2.2, 1), gap=136)
    data, network, results = above.columns((240, 860, 556), gap=76)
    predictions, targets = results.columns((298, 234))
    weights, optimizer, loss, loss_function = below.columns((47, 33, 33, 43), gap=84)
    beside = (above.height - below.height) / 2  # cards are all of one height
    return {
        "data": data.inset(0, beside),
        "network": network,
        "predictions": predictions.inset(0, beside),
        "targets": targets.inset(0, beside),
        "loss_function": loss_function,
        "loss": loss,
        "optimizer": optimizer,
        "weights": weights,
    }


REGIONS: Mapping[str, Region] = _regions()


class Station(VGroup):
    """A card with a name, and room below it for the numbers that are there now.

    Attributes:
        card: it itself, without a name.
    """

    def __init__(self, name: str, region: Region, color: str, theme: Theme) -> None:
        self.region = region
        self.card = card(region, theme, color)
        super().__init__(self.card)
        if name:
            label = one_line(name, BODY, color, region.width - 30, name, weight=BOLD)
            self.add(label.put(region.x, region.top + HEAD, 0.5))

    def value(self, text: str, color: str, row: int = 0) -> Label:
        """A line of the card's lower half: the last one, or that of `row` 1 above it."""
        (line,), size = lines_or_cut(text, self.region.width - BESIDE, BODY, 1, text)
        label = Label(line, size, color)
        return label.put(self.region.x, self.region.bottom - FOOT - ROW * row, 0.5)


class Loop(VGroup):
    """All cards and the arrows between them.

    Args:
        names: what stands on each card of REGIONS, and its colour.

    Attributes:
        arrows: each by the cards that it leads from and to.
    """

    def __init__(self, names: Mapping[str, tuple[str, str]], theme: Theme) -> None:
        self.stations = {
            key: Station(name, REGIONS[key], color, theme) for key, (name, color) in names.items()
        }
        self.arrows = {
            (start, end): arrow_between(REGIONS[start], REGIONS[end], theme.line)
            for start, end in ARROWS
        }
        super().__init__(*self.stations.values(), *self.arrows.values())
        # Below the network, which is there before its card.
        for station in self.stations.values():
            station.set_z_index(-0.5)

    def ways(self, *arrows: tuple[str, str]) -> tuple[Values, Values]:
        """Where arrows start and end, (n, 3) each, for `Pulse`."""
        drawn = [self.arrows[arrow] for arrow in arrows]
        starts, ends = zip(*[(arrow.get_start(), arrow.get_end()) for arrow in drawn])
        return np.array(starts), np.array(ends)


def arrow_between(start: Region, end: Region, color: str) -> Arrow:
    """An arrow from the side of one region to the facing side of another."""
    gap = 10
    # Where one is above the other, it stands in the middle of what they share across.
    x = (max(start.left, end.left) + min(start.right, end.right)) / 2
    if start.right < end.left:
        ends = (start.right + gap, start.y), (end.left - gap, end.y)
    elif end.right < start.left:
        ends = (start.left - gap, start.y), (end.right + gap, end.y)
    elif start.bottom < end.top:
        ends = (x, start.bottom + gap), (x, end.top - gap)
    else:
        ends = (x, start.top - gap), (x, end.bottom + gap)
    return Arrow(
        point(*ends[0]),
        point(*ends[1]),
        buff=0,
        color=color,
        stroke_width=6,
        tip_length=26 * UNIT,
        max_tip_length_to_length_ratio=0.45,
        max_stroke_width_to_length_ratio=np.inf,
    )
