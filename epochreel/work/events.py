"""What goes on while something is made: one stream, from the work to whoever shows it."""

import logging
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

    @property
    def level(self) -> int:
        """Warnings are for everyone, ended steps for --verbose, the rest for the curious."""
        if self.warning:
            return logging.WARNING
        return logging.DEBUG if self.seconds is None else logging.INFO

    @property
    def line(self) -> str:
        """The event as a line of a log."""
        place = "/".join(filter(None, (self.scene, self.beat)))
        took = "" if self.seconds is None else f" ({self.seconds:.1f} s)"
        why = f": {self.why}" if self.why else ""
        return f"epochreel: {f'{place}: ' if place else ''}{self.what}{took}{why}"


Listener = Callable[[Event], None]


def within(listen: Listener, start: float, stop: float) -> Listener:
    """A listener for a part of the work, which is from `start` to `stop` of the whole."""
    return lambda event: listen(replace(event, share=start + (stop - start) * event.share))


def diverged(epoch: int) -> Event:
    """A training that ended at an epoch whose loss is no number."""
    return Event(
        f"the training diverged at epoch {epoch}; the film ends before it. "
        "A smaller training.learning_rate may help.",
        warning=True,
    )
