"""What goes on while something is made: one stream, from the work to whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Event:
    """A step that goes on or has ended.

    Attributes:
        what: the step in words, such as "epoch 250 of 500".
        scene: the scene that it belongs to, if it belongs to one.
        beat: the beat of that scene.
        share: how much of the whole is done, 0 to 1.
        seconds: how long the step took; None while it goes on.
        why: what made it necessary.
        warning: whether the user should read it in any case.
    """

    what: str
    scene: str = ""
    beat: str = ""
    share: float = 0.0
    seconds: float | None = None
    why: str = ""
    warning: bool = False


Listener = Callable[[Event], None]


def within(listen: Listener, start: float, stop: float) -> Listener:
    """A listener for a part of the work, which is from `start` to `stop` of the whole."""
    return lambda event: listen(replace(event, share=start + (stop - start) * event.share))
