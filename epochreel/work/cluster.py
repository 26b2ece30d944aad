"""Workers that are Dask's, on this machine or on others.

Nothing is done in Dask's own processes: each has a process like those of `Processes` beside it
(see `member`), so that the code it runs is known and a crash harms nobody. Each worker that is
free gets one task, pinned to it: the long ones go first, and what a worker that died had begun
goes to the next one.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from threading import Condition, Lock, Thread
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from epochreel.errors import NoUsableWorker, WorkerDied
from epochreel.work import worker
from epochreel.work.events import Event, Listener
from epochreel.work.ingredients import LONGEST
from epochreel.work.local import local_scheduler
from epochreel.work.machine import of_machine
from epochreel.work.scheduler import TICK, Lost, Scheduler, load_dask
from epochreel.work.store import Store
from epochreel.work.workers import Shared, Workers, result_of

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

PATIENCE = 10.0  # seconds for a scheduler to answer, and for a first worker to come
GRACE = 5.0  # seconds without a worker, in which a nanny starts one again
TRIES = 3  # what was lost as often may be what kills the workers
ASKED, USED = "asked", "used"


@dataclass(eq=False)
class Job:
    """A task under way: the message that has it done, and who waits for it."""

    number: int
    message: bytes
    shared: Shared[Any]
    listen: Listener
    future: "Future[Any]" = field(default_factory=Future)
    losses: int = 0


class Cluster(Workers):
    """The workers of a Dask scheduler; those that come later work as well.

    They are looked for when there is something to do. One that would make something else of the
    same settings is refused, by name.

    Args:
        address: the scheduler's; None to start one here, with `jobs` workers.
        listen: hears of workers that are not used, and of those that are gone.
        debug: whether Dask may say all that it says.
    """

    def __init__(
        self, address: str | None, jobs: int, store: Store, listen: Listener, debug: bool = False
    ) -> None:
        self._address, self._jobs, self._store = address, jobs, store
        self._listen, self._debug = listen, debug
        self._numbers = count()
        self._stack = ExitStack()
        self._looking = Lock()
        self._changed = Condition()  # guards what follows
        self._there: dict[str, str] = {}  # each worker: ASKED, USED, or why it is not
        self._waiting: list[Job] = []
        self._running: dict[int, Job] = {}
        self._threads: list[Thread] = []
        self._warnings: list[str] | None = []  # until it is known that there is a worker
        self._ended: Exception | None = None

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        """How many could be used when there was first something to do."""
        self._connect()
        with self._changed:
            return max(1, [*self._there.values()].count(USED))

    def submit(
        self,
        task: Callable[Concatenate[S, Listener, P], T],
        shared: Shared[S],
        listen: Listener,
        *arguments: P.args,
        **options: P.kwargs,
    ) -> "Future[T]":
        """Have a worker do a task."""
        assert self.count
        assert not options
        job = self._job(task, shared, listen, arguments)
        with self._changed:
            if self._ended:
                job.future.set_exception(self._ended)
            else:
                self._waiting.append(job)
                self._changed.notify_all()
        return job.future

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end(WorkerDied("The work was stopped."))
        deadline = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0, deadline - time.monotonic()))
        self._stack.close()

    def _connect(self) -> None:
        """Find the scheduler, and ask its workers.

        Raises:
            NoDask: it is not installed here.
            NoScheduler: nobody answers at the address.
            NoUsableWorker: there is none that would do the same as this machine.
        """
        dask = load_dask(self._debug)
        address = self._address or self._stack.enter_context(
            local_scheduler(self._jobs, self._store, self._debug)
        )
        self._scheduler = Scheduler(dask, address, self._hear, PATIENCE)
        self._stack.callback(self._scheduler.close)
        self._begin(self._watch)
        with self._changed:
            self._changed.wait_for(
                lambda: self._ended or (self._there and not self._has(ASKED)), PATIENCE
            )
            # One that is at somebody else's task answers after it.
            self._changed.wait_for(lambda: self._ended or self._has(USED) or not self._has(ASKED))
            if self._ended:
                raise self._ended
            if not self._has(USED):
                raise self._no_worker()
            said, self._warnings = self._warnings or [], None
        for text in said:
            self._warn(text)

    def _no_worker(self) -> NoUsableWorker:
        at = self._scheduler.address
        refused = "".join(f"\n  {name}: {why}" for name, why in self._there.items())
        return NoUsableWorker(
            f"No worker of {at} can be used.{refused}"
            if refused
            else f"{at} has no workers. One is started with: dask worker {at} --nthreads 1",
            field="--scheduler",
            value=at,
        )

    def _watch(self) -> None:
        """Notice who comes and who is gone, until the work ends."""
        last = time.monotonic()
        while not self._ended:
            self._look()
            with self._changed:
                if self._has(ASKED) or self._has(USED) or self._warnings is not None:
                    last = time.monotonic()
            if time.monotonic() - last > GRACE:
                self._end(WorkerDied(f"All workers of {self._scheduler.address} are gone."))
            with self._changed:
                self._changed.wait_for(lambda: self._ended, TICK)

    def _look(self) -> None:
        """Find out who is there."""
        with self._looking:
            try:
                there = self._scheduler.there()
            except WorkerDied as error:
                self._end(error)
                return
            with self._changed:
                gone = [name for name in self._there if name not in there]
                lost = [name for name in gone if self._there.pop(name) in (ASKED, USED)]
                new = [name for name in there if name not in self._there]
                self._there.update(dict.fromkeys(new, ASKED))
                self._changed.notify_all()
            for name in new:
                self._begin(self._serve, name, there[name])
        for name in lost:
            self._warn(f"the worker {name} is gone; another does what it had begun")

    def _serve(self, name: str, threads: int) -> None:
        """Ask a worker what it is, and hand it one task after the other."""
        differs = self._differs(name)
        with self._changed:
            if name not in self._there:
                return
            self._there[name] = differs or USED
            self._changed.notify_all()
        if differs:
            self._warn(f"the worker {name} is not used: {differs}")
            return
        if threads > 1:
            self._warn(
                f"the worker {name} has {threads} threads and does one task at a time; "
                "workers started with --nthreads 1 use every core"
            )
        while job := self._next(name):
            try:
                answer = self._ask(name, job)
            except Lost as lost:
                self._look()
                self._put_back(job, f"{name}: {lost}")
            else:
                self._settle(job, answer)

    def _differs(self, name: str) -> str:
        """What a worker has that this machine has not; "" where all is the same."""
        machine = of_machine()
        why = ""
        for _ in range(TRIES):
            try:
                job = self._job(_machine, Shared(None), lambda event: None, ())
                there: dict[str, str] = result_of(self._ask(name, job))
                break
            except Exception as error:
                # A task's own error may be a traceback, which ends with what it is.
                why = str(error).strip().splitlines()[0 if isinstance(error, Lost) else -1]
                self._look()
            if name not in self._there:
                return "it is gone"
        else:
            return f"it cannot run epochreel: {why}"
        return ", ".join(
            f"{key} {there.get(key, 'none')} there, {here} here"
            if max(len(here), len(there.get(key, ""))) <= LONGEST
            else f"other {key}"
            for key, here in machine.items()
            if there.get(key) != here
        )

    def _job(self, task: Any, shared: Any, listen: Listener, arguments: tuple[Any, ...]) -> Job:
        return Job(next(self._numbers), worker.packed("do", (task, arguments)), shared, listen)

    def _next(self, name: str) -> Job | None:
        with self._changed:
            while True:
                self._changed.wait_for(
                    lambda: self._ended or self._waiting or name not in self._there
                )
                if self._ended or name not in self._there:
                    return None
                job = self._waiting.pop(0)
                # From here on it cannot be cancelled, whoever gets it after a loss.
                if job.losses or job.future.set_running_or_notify_cancel():
                    self._running[job.number] = job
                    return job

    def _ask(self, name: str, job: Job) -> bytes:
        return self._scheduler.ask(
            name,
            job.number,
            job.shared,
            job.message,
            unwanted=lambda: self._ended or name not in self._there or job.future.done(),
        )

    def _settle(self, job: Job, answer: bytes) -> None:
        with self._changed:
            if self._running.pop(job.number, None) is None:
                return
        try:
            job.future.set_result(result_of(answer))
        except Exception as error:
            job.future.set_exception(error)

    def _put_back(self, job: Job, why: str) -> None:
        """Leave a task to the next worker that is free."""
        with self._changed:
            if self._running.pop(job.number, None) is None:
                return
            job.losses += 1
            if job.losses < TRIES:
                self._waiting.insert(0, job)
                self._changed.notify_all()
                return
        job.future.set_exception(
            WorkerDied(f"A task was lost {TRIES} times, the last time by the worker {why}.")
        )

    def _hear(self, number: int, event: Event) -> None:
        job = self._running.get(number)
        if job is None:
            return
        try:
            job.listen(event)
        except Exception as error:  # whoever listens wants no more of it
            with self._changed:
                if self._running.pop(number, None) is None:
                    return
            job.future.set_exception(error)

    def _warn(self, text: str) -> None:
        with self._changed:
            if self._warnings is not None:
                self._warnings.append(text)
                return
        self._listen(Event(text, warning=True))

    def _has(self, state: str) -> bool:
        return state in self._there.values()

    def _begin(self, work: Callable[..., None], *arguments: Any) -> None:
        def do() -> None:
            try:
                work(*arguments)
            except Exception as error:  # such as code that is no Python any more
                self._end(error)

        thread = Thread(target=do, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _end(self, error: Exception) -> None:
        """Hand out nothing more; whoever waits for something gets the error."""
        with self._changed:
            if self._ended:
                return
            self._ended = error
            jobs = [*self._waiting, *self._running.values()]
            self._waiting.clear()
            self._running.clear()
            self._changed.notify_all()
        for job in jobs:
            if not job.future.cancelled():
                job.future.set_exception(error)


def _machine(shared: None, listen: Listener) -> dict[str, str]:
    """In a worker: what it would make products with."""
    return of_machine()
