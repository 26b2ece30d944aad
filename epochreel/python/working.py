"""Who works for a call from Python, who hears of it, and how both end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

from epochreel.python.progress import progress
from epochreel.work.events import Listener
from epochreel.work.executors import workers_of
from epochreel.work.store import Store
from epochreel.work.workers import Workers


@contextmanager
def working(store: Store, jobs: int | None = None) -> Iterator[tuple[Listener, Workers]]:
    """A bar and processes, as long as the block lasts; however it ends, none is left.

    Args:
        jobs: how many processes work; one per core if not given.
    """
    with (
        _interrupts_kept(),
        progress() as listen,
        workers_of(None, jobs, store, listen) as workers,
    ):
        try:
            yield listen, workers
        finally:
            # A kernel lives on, and so would what a second, impatient interrupt kept from ending.
            if current_thread() is main_thread():
                signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Who answers an interrupt before the block answers it after."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if current_thread() is main_thread():
            signal.signal(signal.SIGINT, before)
