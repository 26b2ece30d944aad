"""The few ways in which a page of numbers moves; each frame is a function of progress."""

import math
from collections.abc import Callable
from typing import Any, cast

from manim import Animation, Mobject, linear, smooth

STEPS_PER_SECOND = 30


class Follow(Animation):
    """Show `page` at each moment of its progress: `show(alpha)` sets it for alpha in [0, 1].

    Manim's own way copies the page first; nothing here needs the copy.

    Args:
        stepped: move 30 times a second at most, for a page of numbers: nobody reads digits that
            change faster, and a picture that stands for two frames is drawn and encoded once.
    """

    def __init__(
        self,
        page: Mobject,
        show: Callable[[float], object],
        *,
        eased: bool = True,
        stepped: bool = False,
        **options: Any,
    ) -> None:
        self._show = show
        self._stepped = stepped
        self._shown: float | None = None
        super().__init__(page, rate_func=smooth if eased else linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return cast(Mobject, self.mobject)

    def interpolate(self, alpha: float) -> None:
        if self._stepped and alpha < 1:
            steps = STEPS_PER_SECOND * self.run_time
            alpha = math.floor(alpha * steps + 1e-6) / steps
        if alpha != self._shown:
            self._show(self.rate_func(alpha))
            self._shown = alpha


def position_in_sweep(start: int, stop: int, alpha: float) -> int:
    """Which of the positions start..stop to show: early ones longer, as they differ most."""
    span = stop - start
    return start + min(span, round((span + 1) ** alpha - 1))
