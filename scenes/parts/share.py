"""A name and how much of a whole it is: "accuracy = 144 / 150"."""

import numpy as np
from manim import VGroup

from epochreel.numbers import Notation
from scenes.drawing.fitting import NumberShape
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import Region, Values
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers

GAP, TAIL_GAP = 0.3, 0.5  # of the font size: from the name to the number, and behind it


class Share(VGroup):
    """A number that changes, with what it is of behind it, which stays in its place.

    Args:
        states: every number it will show.
        tail: such as "/ 150".
        decimals: of the number, at most.

    Attributes:
        right: where the tail ends, in pixels.
    """

    def __init__(
        self,
        name: str,
        states: Values,
        tail: str,
        region: Region,
        size: float,
        color: str,
        decimals: int,
    ) -> None:
        notation = Notation(decimals)
        shape = NumberShape(states, notation)
        base = region.y + CAP_HEIGHT * size / 2
        label = Label(name, size, color, weight=BOLD).put(region.left, base)
        start = region.left + label.width_px + GAP * size
        dot = start + shape.left_width(size)
        zero = np.zeros((1, 1))
        self.number = Numbers(zero, [dot], [base], color, notation, size, weight=BOLD)
        end = Label(tail, size, color, weight=BOLD).put(
            start + shape.width(size) + TAIL_GAP * size, base
        )
        self.right = start + shape.width(size) + TAIL_GAP * size + end.width_px
        super().__init__(label, self.number, end)

    def display(self, number: float) -> "Share":
        self.number.display(np.array([[number]]))
        return self
