"""Events shown to whoever calls from Python: in the notebook, or as the command line shows them."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib import import_module
from threading import Lock
from typing import Any

from rich.progress import Progress

from epochreel.work.bar import bar
from epochreel.work.events import Event, Listener

EVERY = 0.2  # seconds from one picture of the bar to the next


@contextmanager
def progress() -> Iterator[Listener]:
    """A listener that shows what it hears; without notebook or terminal, warnings alone."""
    if not in_notebook():
        with bar(logging.WARNING) as listen:
            yield listen
        return
    shown, started = NotebookBar(), time.perf_counter()
    how = "stopped; finished clips are kept"
    try:
        yield shown.listen
        how = "done"
    finally:
        shown.end(f"{how} ({time.perf_counter() - started:.1f} s)")


def in_notebook() -> bool:
    """Whether a kernel runs here: what it displays is shown as more than text."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


class NotebookBar:
    """A bar with the time left and the warnings below it, in one place of a notebook."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clock = Progress(disable=True)  # shown here; the time left is reckoned there
        self._task = self._clock.add_task("starting", total=1.0)
        self._warnings: list[str] = []
        self._next = 0.0
        # IPython is there, since it runs this, but need not be elsewhere.
        display = import_module("IPython.display").display
        self._handle = display(self._bundle(), raw=True, display_id=True)

    def listen(self, event: Event) -> None:
        """Show an event, in any thread."""
        with self._lock:
            if event.warning:
                self._warnings.append(event.line)
            done = max(event.share, self._clock.tasks[self._task].completed)
            self._clock.update(self._task, description=event.what, completed=done)
            if event.warning or time.monotonic() >= self._next:
                self._next = time.monotonic() + EVERY
                self._handle.update(self._bundle(), raw=True)

    def end(self, said: str) -> None:
        """Put a last word, and the warnings, in place of the bar."""
        with self._lock:
            self._handle.update(_bundle([f"epochreel: {said}", *self._warnings]), raw=True)

    def _bundle(self) -> dict[str, Any]:
        task = self._clock.tasks[self._task]
        left = f", {task.time_remaining:.0f} s left" if task.time_remaining else ""
        said = f"{task.percentage:.0f} %{left}: {task.description}"
        return _bundle([said, *self._warnings], task.completed)


def _bundle(lines: list[str], share: float | None = None) -> dict[str, Any]:
    """Lines as HTML and as text, the first one behind a bar if there is a share done."""
    meter = (
        ""
        if share is None
        else f'<progress value="{share:.3f}" aria-label="epochreel"></progress> '
    )
    return {
        "text/html": f"<div>{meter}{'<br>'.join(map(escape, lines))}</div>",
        "text/plain": "\n".join(lines),
    }
