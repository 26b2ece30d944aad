"""Events shown in a terminal: a bar with the time left, and lines for what is worth one."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from epochreel.work.events import Event, Listener


@contextmanager
def bar(level: int) -> Iterator[Listener]:
    """A listener that shows on stderr what it hears; the bar goes when the block ends.

    Args:
        level: the least that an event must be worth to get a line, as `logging` counts.
    """
    console = Console(stderr=True, highlight=False)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task("starting", total=1.0)

        def listen(event: Event) -> None:
            if event.level >= level:
                progress.console.print(escape(event.line), soft_wrap=True)
            done = max(event.share, progress.tasks[task].completed)
            progress.update(task, description=escape(event.what), completed=done)

        yield listen
