"""The few ways in which a page of numbers moves; each frame is a function of progress."""

import math
from collections.abc import Callable
from typing import Any, cast

from manim import Animation, Group, Mobject, Scene, VMobject, linear, smooth

STEPS_PER_SECOND = 30


class InPlace(Animation):
    """An animation of what is on the page already; Manim's own copies it first.

    Args:
        stepped: change 30 times a second at most. A picture that stands for two frames is drawn
            and encoded once.
    """

    def __init__(self, mobject: Mobject, *, stepped: bool, **options: Any) -> None:
        self._stepped = stepped
        self._shown: float | None = None
        super().__init__(mobject, **options)

    def create_starting_mobject(self) -> Mobject:
        return cast(Mobject, self.mobject)

    def interpolate(self, alpha: float) -> None:
        if self._stepped and alpha < 1:
            steps = STEPS_PER_SECOND * self.run_time
            alpha = math.floor(alpha * steps + 1e-6) / steps
        if alpha != self._shown:
            self.show(alpha)
            self._shown = alpha

    def show(self, alpha: float) -> None:
        """Make the page look as it does at this share of the time."""
        raise NotImplementedError


class Follow(InPlace):
    """Show `page` at each moment of its progress: `show(alpha)` sets it for alpha in [0, 1].

    Args:
        stepped: for a page of numbers: nobody reads digits that change faster.
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
        super().__init__(page, stepped=stepped, rate_func=smooth if eased else linear, **options)

    def show(self, alpha: float) -> None:
        self._show(self.rate_func(alpha))


class Appear(InPlace):
    """Fade mobjects in where they are; stepped, since no eye tells the shades apart.

    Args:
        lag_ratio: how much of a fade passes until the next mobject begins its own.
    """

    def __init__(self, *mobjects: Mobject, **options: Any) -> None:
        self._mobjects = mobjects
        super().__init__(Group(*mobjects), stepped=True, introducer=True, **options)

    def _setup_scene(self, scene: Scene) -> None:
        scene.add(*self._mobjects)

    def begin(self) -> None:
        self._colors = [
            [
                (part, name, getattr(part, name))
                for part in mobject.family_members_with_points()
                if isinstance(part, VMobject)
                for name in ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
            ]
            for mobject in self._mobjects
        ]
        super().begin()

    def show(self, alpha: float) -> None:
        for index, colors in enumerate(self._colors):
            share = self.get_sub_alpha(alpha, index, len(self._colors))
            for part, name, rgbas in colors:
                setattr(part, name, rgbas * (1, 1, 1, share))


class Disappear(Appear):
    """Fade mobjects out where they are, and take them off the page."""

    def __init__(self, *mobjects: Mobject, **options: Any) -> None:
        super().__init__(*mobjects, reverse_rate_function=True, **options)

    def _setup_scene(self, scene: Scene) -> None:
        """They are on the page already, and stay in their order."""

    def clean_up_from_scene(self, scene: Scene) -> None:
        super().clean_up_from_scene(scene)
        scene.remove(*self._mobjects)


def position_in_sweep(start: int, stop: int, alpha: float) -> int:
    """Which of the positions start..stop to show: early ones longer, as they differ most."""
    span = stop - start
    return start + min(span, round((span + 1) ** alpha - 1))
