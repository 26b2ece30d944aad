"""How a film leads the eye: light along edges and in neurons, and what goes where.

Beside `StandBack` and `ComeBack` these are the words in which a scene tells what causes what. Each
is a function of progress that changes its own mobjects where they are.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import CapStyleType, ManimColor, Mobject, ParsableManimColor, VGroup, VMobject

from scenes.drawing.layout import Point, Values
from scenes.drawing.motion import InPlace, in_shades
from scenes.drawing.outlines import straight

PULSE = 0.35  # of a way: how long the light is that runs along it
PULSE_WIDTH, THIN_PULSE = 11.0, 4.0  # in hundredths of a unit: of few ways, of many at the least
FEW_WAYS = 4  # of more the light is thinner, so that all of it together does not dazzle


class Pulse(InPlace):
    """Light that runs along straight ways, along all at once, and is gone.

    It is stepped: it is over before an eye could follow it.

    Args:
        starts, ends: of the ways, (n, 3) each.
        color: of the light.
        back: it runs from the ends to the starts.
    """

    def __init__(
        self, starts: Values, ends: Values, color: str, *, back: bool = False, **options: Any
    ) -> None:
        self.is_back = back
        self._starts, self._ends = (ends, starts) if back else (starts, ends)
        width = max(THIN_PULSE, PULSE_WIDTH * min(1.0, (FEW_WAYS / max(len(starts), 1)) ** 0.5))
        self._light = VMobject(
            stroke_color=color, stroke_width=width, cap_style=CapStyleType.ROUND
        ).set_z_index(0.5)  # above edges, below neurons
        options = {"run_time": 0.7} | options
        super().__init__(self._light, stepped=True, introducer=True, remover=True, **options)

    def show(self, alpha: float) -> None:
        head = self.rate_func(alpha) * (1 + PULSE)
        first, last = np.clip([head - PULSE, head], 0, 1)
        ways = self._ends - self._starts
        lit = self._starts + first * ways, self._starts + last * ways
        self._light.set_points(straight(*lit, np.ones(len(ways))) if last > first else [])


class LightUp(InPlace):
    """Let fills take other colours: `LightUp((neuron, color), ...)`; stepped, like a fade.

    Args:
        lag_ratio: how much of a change passes until the next mobject begins its own.
    """

    def __init__(self, *lights: tuple[VMobject, ParsableManimColor], **options: Any) -> None:
        self._ends = [ManimColor(color).to_rgba() for _, color in lights]
        self._lit = [mobject for mobject, _ in lights]
        options = {"run_time": 0.6} | options
        super().__init__(VGroup(*self._lit), stepped=True, **options)

    def begin(self) -> None:
        self._before = [mobject.get_fill_rgbas() for mobject in self._lit]
        super().begin()

    def show(self, alpha: float) -> None:
        for index, (mobject, before, end) in enumerate(zip(self._lit, self._before, self._ends)):
            share = in_shades(self.get_sub_alpha(alpha, index, len(self._lit)))
            mobject.fill_rgbas = before + share * (end - before)


class Morph(InPlace):
    """Let outlines become others of as many points: `Morph((square, points), ...)`.

    A bar becomes a square, and many squares one.

    Args:
        lag_ratio: how much of a change passes until the next mobject begins its own.
    """

    def __init__(self, *goals: tuple[VMobject, Values], **options: Any) -> None:
        self._goals = goals
        options = {"run_time": 1.0} | options
        super().__init__(VGroup(*[mobject for mobject, _ in goals]), stepped=False, **options)

    def begin(self) -> None:
        self._before = [mobject.points.copy() for mobject, _ in self._goals]
        super().begin()

    def show(self, alpha: float) -> None:
        for index, ((mobject, end), before) in enumerate(zip(self._goals, self._before)):
            share = self.get_sub_alpha(alpha, index, len(self._goals))
            mobject.set_points(before + share * (end - before))


class Fly(InPlace):
    """Let values go from where they are to where they are needed: `Fly((label, place), ...)`.

    Args:
        lag_ratio: how much of a flight passes until the next one begins.
    """

    def __init__(self, *flights: tuple[Mobject, Point], **options: Any) -> None:
        self._flights = flights
        options = {"run_time": 0.9, "introducer": True} | options
        super().__init__(VGroup(*_of(flights)), stepped=False, **options)

    def begin(self) -> None:
        self._starts = [mobject.get_center() for mobject in _of(self._flights)]
        super().begin()

    def show(self, alpha: float) -> None:
        for index, ((mobject, end), start) in enumerate(zip(self._flights, self._starts)):
            share = self.get_sub_alpha(alpha, index, len(self._flights))
            mobject.move_to(start + share * (end - start))


def _of(flights: Sequence[tuple[Mobject, Point]]) -> list[VMobject]:
    return [mobject for mobject, _ in flights]  # type: ignore[misc]
