"""The few ways in which a page of numbers moves; each frame is a function of progress."""

import math
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, cast

import numpy as np
import numpy.typing as npt
from manim import (
    Animation,
    Group,
    ManimColor,
    Mobject,
    Scene,
    VGroup,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)

from scenes.drawing.layout import Values

Epochs = npt.NDArray[np.int64]

STEPS_PER_SECOND = 30
SHADES = 16  # of a fade: in its middle it passes that many in half a second
REST = 0.65  # of the way from one recorded state to the next: how long a sweep stands at the first
ASIDE = 1 / 3  # how solid things are that stand back


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


class Fade(InPlace):
    """Make mobjects more or less solid where they are; stepped, since no eye tells shades apart.

    Args:
        lag_ratio: how much of a fade passes until the next mobject begins its own.

    Attributes:
        before, after: how solid they are, of what they are now.
    """

    before: ClassVar[float]
    after: ClassVar[float]

    def __init__(self, *mobjects: Mobject, **options: Any) -> None:
        self._mobjects = mobjects
        super().__init__(Group(*mobjects), stepped=True, **options)

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
            passed = in_shades(self.get_sub_alpha(alpha, index, len(self._colors)))
            share = self.before + passed * (self.after - self.before)
            for part, name, rgbas in colors:
                setattr(part, name, self.shade(rgbas, share))

    def shade(self, rgbas: Values, share: float) -> Values:
        """Colours of which this share is seen."""
        return rgbas * (1, 1, 1, share)


def in_shades(share: float) -> float:
    """The nearest of a fade's shades: where it begins and ends, pictures would hardly differ."""
    return round(share * SHADES) / SHADES


class Appear(Fade):
    """Fade mobjects in, in place."""

    before, after = 0.0, 1.0

    def __init__(self, *mobjects: Mobject, **options: Any) -> None:
        super().__init__(*mobjects, introducer=True, **options)

    def _setup_scene(self, scene: Scene) -> None:
        scene.add(*self._mobjects)

    def stand(self, scene: Scene) -> None:
        """Be there at once."""
        self._setup_scene(scene)


class Disappear(Fade):
    """Fade mobjects out, in place, and take them off the page."""

    before, after = 1.0, 0.0

    def clean_up_from_scene(self, scene: Scene) -> None:
        super().clean_up_from_scene(scene)
        scene.remove(*self._mobjects)


class _Aside(Fade):
    """A fade into the ground's colour: what lies behind does not shine through.

    Args:
        ground: the colour of what the mobjects stand on.
    """

    def __init__(self, *mobjects: Mobject, ground: str, **options: Any) -> None:
        self._ground = ManimColor(ground).to_rgba()
        super().__init__(*mobjects, **options)

    def shade(self, rgbas: Values, share: float) -> Values:
        # How solid a colour is stays as it was.
        shaded: Values = self._ground + (rgbas - self._ground) * (share, share, share, 1)
        return shaded


class StandBack(_Aside):
    """Let mobjects fall back to a third, so that the rest of the page is looked at."""

    before, after = 1.0, ASIDE


class ComeBack(_Aside):
    """Let mobjects that stand back be as they were."""

    before, after = 1.0, 1 / ASIDE

    def shade(self, rgbas: Values, share: float) -> Values:
        shaded = super().shade(rgbas, share)
        if share < self.after:
            return shaded
        # To the bit what it was: a colour that is a hair less is another one in eight bits.
        bits = np.round(shaded * 255)
        return np.where(np.abs(shaded * 255 - bits) < 1e-6, bits / 255, shaded)


class Growing(Protocol):
    """What is drawn from left to right: see `scenes.parts.growing`."""

    def grow_to(self, share: float) -> object:
        """Show this share of it, from the left."""

    def join(self) -> None:
        """Make it one thing that can fade."""


class Grow(InPlace):
    """Draw curves from left to right, all at once: `Grow(curve, run_time=4)`."""

    def __init__(self, *curves: Growing, **options: Any) -> None:
        self._curves = curves
        super().__init__(
            VGroup(*cast(tuple[VMobject, ...], curves)), stepped=False, introducer=True, **options
        )

    def _setup_scene(self, scene: Scene) -> None:
        scene.add(*self.mobject)

    def show(self, alpha: float) -> None:
        for curve in self._curves:
            curve.grow_to(self.rate_func(alpha))

    def finish(self) -> None:
        super().finish()
        for curve in self._curves:
            curve.join()


def eased(shares: Values) -> Values:
    """Shares of a way, slower where it begins and where it ends; (n,) of ways of their own."""
    return shares * shares * (3 - 2 * shares)


def exchanged(before: VMobject, after: VMobject) -> tuple[Disappear, Appear]:
    """One goes, and then the other comes in its place: `play(*exchanged(old, new))`."""
    return (
        Disappear(before, rate_func=squish_rate_func(smooth, 0, 0.5)),
        Appear(after, rate_func=squish_rate_func(smooth, 0.5, 1)),
    )


def progress_in_sweep(epochs: Epochs, alpha: float) -> float:
    """Where between recorded states to be: early ones longer, as most happens there.

    At each of them a picture rests before it goes on to the next, so that the early ones are seen
    as they were recorded, beside their own numbers.

    Args:
        epochs: of the states, rising, (E,).
        alpha: how much of the time is behind, in [0, 1].
    """
    passed = _passed(epochs, alpha)
    whole = math.floor(passed)
    part = max(0.0, (passed - whole - REST) / (1 - REST))
    return whole + float(eased(np.array(part)))


def position_in_sweep(epochs: Epochs, alpha: float) -> int:
    """The state nearest to there."""
    return round(_passed(epochs, alpha))


def _passed(epochs: Epochs, alpha: float) -> float:
    """How many states are behind, without a rest: twice as many epochs take as long everywhere."""
    since = epochs - epochs[0]
    return float(np.interp((since[-1] + 1.0) ** alpha - 1, since, np.arange(len(since))))
