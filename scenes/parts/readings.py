"""Numbers that follow the recorded epochs, side by side."""

from collections.abc import Sequence

from manim import VGroup

from scenes.drawing.layout import BODY, Region, Values
from scenes.parts.columns import Reading

APART = 48  # pixels from one number to the next


class Readings(VGroup):
    """Names with a number each, from the left of a place.

    Args:
        told: per number its name, its value in each recorded epoch, (E,), and its colour.
    """

    def __init__(self, told: Sequence[tuple[str, Values, str]], place: Region) -> None:
        super().__init__()
        self._told = [states for _, states, _ in told]
        for name, states, color in told:
            reading = Reading(f"{name} =", states, place, BODY, color)
            place = Region(reading.right + APART, place.top, place.right, place.bottom)
            self.add(reading)
        self.show_at(0)

    def show_at(self, progress: float) -> None:
        """The numbers of the recorded epoch that was passed last."""
        for reading, states in zip(self, self._told):
            reading.display(float(states[int(progress)]))
