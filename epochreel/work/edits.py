"""What is edited while something is made from it: made again from what is there now."""

from collections.abc import Callable
from typing import TypeVar

from epochreel.errors import StaleCode
from epochreel.work.events import Event, Listener

T = TypeVar("T")
TRIES = 3


def until_unedited(make: Callable[[], T], listen: Listener) -> T:
    """What `make` gives, called again where it finds that code or data were edited meanwhile.

    Raises:
        StaleCode: they were edited each time.
    """
    for _ in range(TRIES):
        try:
            return make()
        except StaleCode as edit:
            found = edit
            listen(Event(f"{edit} Starting over.", warning=True))
    raise StaleCode(f"{found} It was so {TRIES} times; save what you edit, then run this again.")
