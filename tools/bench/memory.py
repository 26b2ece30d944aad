"""How much memory a process and its children take at most, by what Linux keeps of each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

# Linux keeps every process's peak itself: only what grows just before its end escapes.
SAMPLING_SECONDS = 0.05


@contextmanager
def peak_memory(pid: int) -> Iterator[list[float]]:
    """Watch a process; the list fills with the MB of its largest process so far.

    They stay [0.0] where there is no /proc to read.
    """
    peaks, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(SAMPLING_SECONDS):
            peaks.extend(map(_peak_of, _family(pid)))

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            for child in children.read_text().split():
                yield from _family(int(child))


def _peak_of(pid: int) -> float:
    """The most that a process had resident until now, in MB; 0 if it has ended."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) * 1024 / 1e6 if found else 0.0
    return 0.0
