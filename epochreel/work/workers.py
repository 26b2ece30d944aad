"""Processes that do the work: started when there is something to do, ended with their owner."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from epochreel.errors import WorkerDied
from epochreel.work import worker
from epochreel.work.events import Listener

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """At most `count` processes, each with its own copy of what all tasks share.

        with Workers(2, shared=show, listen=listen) as workers:
            future = workers.submit(task, 3)      # task(show, listen, 3), over there

    The block ends them: at once where it is left by an error. A process in which a task failed
    is not used again. They are plain processes of this interpreter, the same on every system.

    Args:
        shared: the first argument of every task; sent once to each process.
        listen: gets the events of all tasks, in any thread.
    """

    def __init__(self, count: int, shared: Any, listen: Listener) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count)
        self._shared = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
        self._listen = listen
        self._lock = Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._ended = False

    def __enter__(self) -> Self:
        return self

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

    def submit(
        self,
        task: Callable[Concatenate[Any, Listener, P], T],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> "Future[T]":
        """Have a process call `task(shared, listen, *arguments)`; a module's own function."""
        assert not options
        return self._threads.submit(self._do, task, arguments)

    def _do(self, task: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        process = self._take()
        try:
            result: T = process.call(task, arguments, self._listen)
        except BaseException:
            process.kill()
            with self._lock:
                self._busy.discard(process)
            raise
        with self._lock:
            self._busy.discard(process)
            self._idle.append(process)
        return result

    def _take(self) -> "_Process":
        with self._lock:
            if self._ended:
                raise WorkerDied("The work was stopped.")
            process = self._idle.pop() if self._idle else _Process(self._shared)
            self._busy.add(process)
            return process


class _Process:
    """One worker, and the pipes to it."""

    def __init__(self, shared: bytes) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(worker.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # In a group of its own: Ctrl-C is answered by the owner, who ends it.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._messages = [pickle.dumps(sys.path), shared]

    def call(self, task: Callable[..., Any], arguments: tuple[Any, ...], listen: Listener) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._messages.append(pickle.dumps((task, arguments), protocol=pickle.HIGHEST_PROTOCOL))
        try:
            while self._messages:
                worker.send(self._process.stdin, self._messages.pop(0))  # type: ignore[arg-type]
            while True:
                kind, content = pickle.loads(worker.receive(self._process.stdout))  # type: ignore[arg-type]
                if kind != "event":
                    break
                listen(content)
        except (EOFError, BrokenPipeError):
            raise WorkerDied(
                "A rendering process died; the machine may be out of memory. Try --jobs 1."
            ) from None
        if kind == "failed":
            raise content
        return content

    def kill(self) -> None:
        """End it now; it holds nothing that is not written yet and wanted."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(OSError):  # what was not sent is lost
                pipe.close()
