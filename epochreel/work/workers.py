"""Those who do the work: this process, processes of this machine, or other machines."""

import os
import pickle
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar

from epochreel.errors import WorkerDied
from epochreel.work import worker
from epochreel.work.events import Listener
from epochreel.work.store import Store

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


class Shared(Generic[S]):
    """A value that many tasks get as their first argument; it travels once to each worker."""

    def __init__(self, value: S) -> None:
        self.value = value
        self.message = worker.packed("share", value)


@contextmanager
def ended(futures: Collection[Future[T]]) -> Iterator[Iterator[Future[T]]]:
    """Tasks as they end. Where an error leaves this, nobody wants those that have not begun."""
    try:
        yield as_completed(futures)
    finally:
        for future in futures:
            future.cancel()


class Workers(ABC):
    """Whoever does tasks, up to `count` at a time.

        with Processes(2, store) as workers:
            future = workers.submit(task, Shared(show), listen, 3)   # task(show, listen, 3)

    A task is a module's own function. What it returns comes back as a copy, so files come back
    as bytes: there may be no disk in common. The block ends the work: at once where it is left
    by an error.
    """

    count: int

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    @abstractmethod
    def submit(
        self,
        task: Callable[Concatenate[S, Listener, P], T],
        shared: Shared[S],
        listen: Listener,
        *arguments: P.args,
        **options: P.kwargs,
    ) -> "Future[T]":
        """Have a worker do a task; `listen` hears of it, in any thread."""


class Inline(Workers):
    """This process, one task at a time: for a debugger or a profiler."""

    count = 1

    def __exit__(self, *error: object) -> None:
        pass

    def submit(
        self,
        task: Callable[Concatenate[S, Listener, P], T],
        shared: Shared[S],
        listen: Listener,
        *arguments: P.args,
        **options: P.kwargs,
    ) -> "Future[T]":
        """Do the task now. An error leaves from here, where a debugger sees it."""
        future: Future[T] = Future()
        future.set_result(task(shared.value, listen, *arguments, **options))
        return future


class Processes(Workers):
    """Processes of this machine, started when there is something to do.

    They are plain processes of this interpreter, the same on every system. One in which a task
    failed is not used again. What they write for themselves lies in the store's scratch.
    """

    def __init__(self, count: int, store: Store) -> None:
        self.count = count
        self._store = store
        self._threads = ThreadPoolExecutor(count)
        self._lock = Lock()
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._scratch: Path | None = None
        self._stack = ExitStack()
        self._ended = False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._ended = True
            processes = [*self._idle, *self._busy]
        for process in processes:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._stack.close()

    def submit(
        self,
        task: Callable[Concatenate[S, Listener, P], T],
        shared: Shared[S],
        listen: Listener,
        *arguments: P.args,
        **options: P.kwargs,
    ) -> "Future[T]":
        """Have a process do a task."""
        assert not options
        return self._threads.submit(self._do, task, shared, listen, arguments)

    def _do(
        self,
        task: Callable[..., T],
        shared: Shared[Any],
        listen: Listener,
        arguments: tuple[Any, ...],
    ) -> T:
        process = self._take()
        try:
            result: T = process.call(task, shared.message, listen, arguments)
        except BaseException:
            process.kill()
            with self._lock:
                self._busy.discard(process)
            raise
        with self._lock:
            self._busy.discard(process)
            self._idle.append(process)
        return result

    def _take(self) -> "Process":
        with self._lock:
            if self._ended:
                raise WorkerDied("The work was stopped.")
            if self._scratch is None:
                self._scratch = self._stack.enter_context(self._store.scratch())
            process = self._idle.pop() if self._idle else Process(self._scratch)
            self._busy.add(process)
            return process


class Process:
    """One process that does one task at a time, and the pipes to it.

    Args:
        scratch: a folder for the temporary files of all its libraries.
    """

    def __init__(self, scratch: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(worker.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch.resolve()))},
            # In a group of its own: Ctrl-C is answered by the owner, who ends it.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._unsent = [pickle.dumps(sys.path)]
        self._has: bytes | None = None

    def call(
        self,
        task: Callable[..., Any],
        shared: bytes,
        listen: Listener,
        arguments: tuple[Any, ...],
    ) -> Any:
        """The task's result.

        Raises:
            WorkerDied: the process is no more. Any other error is the task's own.
        """
        message = worker.packed("do", (task, arguments))
        answer = self.exchange(shared, message, lambda event: listen(worker.unpacked(event)[1]))
        return result_of(answer)

    def exchange(self, shared: bytes, message: bytes, hear: Callable[[bytes], None]) -> bytes:
        """The answer to a message, which is not unpacked here; `hear` gets events before it.

        Raises:
            WorkerDied: the process is no more.
        """
        assert self._process.stdin
        assert self._process.stdout
        if self._has is not shared:
            self._unsent.append(shared)
            self._has = shared
        self._unsent.append(message)
        try:
            while self._unsent:
                worker.send(self._process.stdin, self._unsent.pop(0))  # type: ignore[arg-type]
            while True:
                answer = worker.receive(self._process.stdout)  # type: ignore[arg-type]
                if worker.kind_of(answer) != "event":
                    return answer
                hear(answer)
        except (EOFError, BrokenPipeError):
            raise WorkerDied(
                "A working process died; the machine may be out of memory. Try --jobs 1."
            ) from None

    def kill(self) -> None:
        """End it now; it holds nothing that is not written yet and wanted."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(OSError):  # what was not sent is lost
                pipe.close()


def result_of(answer: bytes) -> Any:
    """What a worker's answer holds.

    Raises:
        Exception: the task's own, where it failed.
    """
    kind, content = worker.unpacked(answer)
    if kind == "failed":
        raise content
    return content
