"""Events shown in a terminal: a bar with the time left, and lines for what is worth one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from epochreel.cli.options import Talk
from epochreel.work.events import Event, Listener


@contextmanager
def progress(talk: Talk) -> Iterator[Listener]:
    """A listener that shows on stderr what it hears; the bar goes when the block ends."""
    console = Console(stderr=True, highlight=False)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("starting", total=1.0)

        def listen(event: Event) -> None:
            if level_of(event) >= talk.level:
                bar.console.print(escape(line(event)), soft_wrap=True)
            done = max(event.share, bar.tasks[task].completed)
            bar.update(task, description=escape(event.what), completed=done)

        yield listen


def level_of(event: Event) -> int:
    """Warnings are for everyone, ended steps for --verbose, the rest for the curious."""
    if event.warning:
        return logging.WARNING
    return logging.DEBUG if event.seconds is None else logging.INFO


def line(event: Event) -> str:
    """An event as a line of a log."""
    place = "/".join(filter(None, (event.scene, event.beat)))
    took = "" if event.seconds is None else f" ({event.seconds:.1f} s)"
    why = f": {event.why}" if event.why else ""
    return f"epochreel: {f'{place}: ' if place else ''}{event.what}{took}{why}"
