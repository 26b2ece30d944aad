"""The few ways in which a page of numbers moves; each frame is a function of progress."""

from collections.abc import Callable
from typing import Any, cast

from manim import Animation, Mobject, linear, smooth


class Follow(Animation):
    """Show `page` at each moment of its progress: `show(alpha)` sets it for alpha in [0, 1].

    Manim's own way copies the page first; nothing here needs the copy.
    """

    def __init__(
        self, page: Mobject, show: Callable[[float], object], *, eased: bool = True, **options: Any
    ) -> None:
        self._show = show
        super().__init__(page, rate_func=smooth if eased else linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return cast(Mobject, self.mobject)

    def interpolate(self, alpha: float) -> None:
        self._show(self.rate_func(alpha))


def position_in_sweep(start: int, stop: int, alpha: float) -> int:
    """Which of the positions start..stop to show: early ones longer, as they differ most."""
    span = stop - start
    return start + min(span, round((span + 1) ** alpha - 1))
