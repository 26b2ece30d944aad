"""Numbers that follow the recorded epochs, side by side."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from epochreel.lecture.words import Words
from scenes.drawing.layout import BODY, SMALL, Region
from scenes.drawing.measure import text_width
from scenes.drawing.theme import Theme
from scenes.parts.axes import LEFT_ROOM, Plane
from scenes.parts.columns import Reading
from scenes.parts.moment import nearest_state
from scenes.parts.share import Share

Numbers = npt.NDArray[Any]
APART = 48  # pixels from one number to the next


class Readings(VGroup):
    """Names with a number each, from the left of a place: the epoch, the loss, and what is added.

    Args:
        epochs, losses: of the recorded states, (E,) each.

    Attributes:
        right: where there is room for more, in pixels.
    """

    def __init__(
        self, epochs: Numbers, losses: Numbers, place: Region, words: Words, theme: Theme
    ) -> None:
        super().__init__()
        self._place, self.right = place, place.left
        self._numbers: list[Callable[[int], float]] = []
        self.add_number(words("Epoch"), epochs, theme.accent)
        self.add_number(words("loss"), losses, theme.loss)

    def add_number(
        self,
        name: str,
        states: Numbers,
        color: str,
        number: Callable[[int], float] | None = None,
    ) -> None:
        """A number that follows the states.

        Args:
            states: its value in each, (E,).
            number: what it is where a state is the nearest, if not that state's.
        """
        values = states.astype(float)
        reading = Reading(f"{name} =", values, self._room, BODY, color)
        self._append(reading, number or (lambda state: float(values[state])))

    def add_share(self, name: str, count: int, number: Callable[[int], float], color: str) -> None:
        """How many of so many samples are something, by the state that is nearest."""
        ends = np.array([0.0, count])
        self._append(Share(f"{name} =", ends, f"/ {count}", self._room, BODY, color, 0), number)

    def show_at(self, progress: float) -> None:
        """The numbers of the recorded epoch that is nearest."""
        state = nearest_state(progress)
        for reading, number in zip(self, self._numbers):
            reading.display(number(state))

    def _append(self, reading: Reading | Share, number: Callable[[int], float]) -> None:
        self.add(reading)
        self.right = reading.right + APART
        self._numbers.append(number)

    @property
    def _room(self) -> Region:
        place = self._place
        return Region(self.right, place.top, place.right, place.bottom)


def above(plane: Plane) -> Region:
    """The place above a plane's frame, beside the name of its y axis."""
    area, name = plane.region, text_width(plane.names[1], SMALL)
    left = max(area.left + 120, area.left - LEFT_ROOM + 20 + name + APART)
    return Region(left, area.top - 66, area.right, area.top - 16)
