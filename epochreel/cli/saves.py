"""Saves of files, as they happen."""

import queue
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from watchfiles import watch

MILLISECONDS = 20  # without a further change, after which a save is whole


class Saves:
    """Hears of every save of some files, also while something else is done.

    Folders are watched rather than files, since editors save by putting a new file in the old
    one's place. The block ends it.
    """

    def __init__(self) -> None:
        self._saved: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._files: set[Path] = set()
        self._stop = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def pending(self) -> bool:
        """Whether something was saved that nobody has asked for yet."""
        return not self._saved.empty()

    def of(self, files: Iterable[Path]) -> None:
        """Hear of these files from now on, and of no others."""
        files = {file.resolve() for file in files}
        folders = {file.parent for file in files if file.parent.is_dir()}
        if folders != {file.parent for file in self._files}:
            self._end()
            self._stop = Event()
            self._thread = Thread(target=self._listen, args=(folders, self._stop), daemon=True)
            self._thread.start()
        self._files = files

    def wait(self) -> set[Path]:
        """The files that were saved since this was called last; waits for one."""
        found = {self._saved.get()}
        while self.pending:
            found.add(self._saved.get())
        return found

    def _listen(self, folders: set[Path], stop: Event) -> None:
        # Its own filter would hide the lectures that ship, which may lie in a .venv.
        changes = watch(
            *folders,
            watch_filter=None,
            step=MILLISECONDS,
            rust_timeout=500,
            stop_event=stop,
            recursive=False,
        )
        for found in changes:
            for _, name in found:
                if (path := Path(name)) in self._files and path.exists():
                    self._saved.put(path)

    def _end(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()
