"""Workers that are Dask's, on this machine or on others.

Nothing is done in Dask's own processes: each has a process like those of `Processes` beside it
(see `member`), so that the code it runs is known and a crash harms nobody. Each worker that is
free gets one task, pinned to it: the long ones go first, and what a worker that died had begun
goes to the next one.
"""

import asyncio
import logging
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from threading import Condition, Lock, Thread
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from epochreel.errors import NoDask, NoScheduler, NoUsableWorker, WorkerDied
from epochreel.work import member, worker
from epochreel.work.events import Event, Listener
from epochreel.work.ingredients import LONGEST
from epochreel.work.local import local_scheduler
from epochreel.work.machine import of_machine
from epochreel.work.store import Store
from epochreel.work.workers import Shared, Workers, result_of

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

PATIENCE = 10.0  # seconds for a scheduler to answer, and for a first worker to come
GRACE = 5.0  # seconds without a worker, in which a nanny starts one again
TICK = 0.25  # seconds between two looks at who is there
TRIES = 3  # what was lost as often may be what kills the workers
ASKED, USED = "asked", "used"


class Lost(Exception):
    """A task that has no answer: it is not the task that failed."""


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
    same settings than this machine is refused, by name.

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
        self._session = uuid.uuid4().hex
        self._numbers = count()
        self._stack = ExitStack()
        self._shares: dict[str, tuple[Shared[Any], Any]] = {}  # what each worker has
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
        for thread in self._threads:
            thread.join(PATIENCE)
        self._stack.close()

    def _connect(self) -> None:
        """Find the scheduler, and ask its workers.

        Raises:
            NoDask: it is not installed here.
            NoScheduler: nobody answers at the address.
            NoUsableWorker: there is none that would do the same as this machine.
        """
        dask = _dask(self._debug)
        self._here = of_machine()
        self._name = self._address or self._stack.enter_context(self._local())
        try:
            client = dask.Client(self._name, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError):
            raise NoScheduler(
                f"No Dask scheduler answers at {self._name}. One is started with: dask scheduler",
                field="--scheduler",
                value=self._name,
            ) from None
        self._client = self._stack.enter_context(client)
        client.subscribe_topic(member.TOPIC, self._hear)
        self._stack.callback(self._stop_sessions)
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

    @contextmanager
    def _local(self) -> Iterator[str]:
        with (
            self._store.scratch() as scratch,
            local_scheduler(self._jobs, scratch, self._debug) as address,
        ):
            yield address

    def _no_worker(self) -> NoUsableWorker:
        refused = [f"\n  {name}: {why}" for name, why in self._there.items()]
        said = f"No worker of {self._name} can be used.{''.join(refused)}"
        none = f"{self._name} has no workers. One is started with: dask worker {self._name}"
        return NoUsableWorker(
            said if refused else f"{none} --nthreads 1", field="--scheduler", value=self._name
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
                self._end(WorkerDied(f"All workers of {self._name} are gone."))
            with self._changed:
                self._changed.wait_for(lambda: self._ended, TICK)

    def _look(self) -> None:
        """Find out who is there."""
        with self._looking:
            try:
                there = self._client.nthreads()
            except Exception:
                self._end(WorkerDied(f"The scheduler {self._name} does not answer any more."))
                return
            with self._changed:
                gone = [name for name in self._there if name not in there]
                lost = [name for name in gone if self._there.pop(name) == USED]
                new = [name for name in there if name not in self._there]
                self._there.update(dict.fromkeys(new, ASKED))
                self._changed.notify_all()
            for name in new:
                self._begin(self._serve, name, there[name])
        for name in lost:
            self._warn(f"the worker {name} is gone; the others do its work")

    def _serve(self, name: str, threads: int) -> None:
        """Ask a worker what it is, and hand it one task after the other."""
        differs = self._differs(name)
        with self._changed:
            if name in self._there:
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
        job = self._job(_machine, Shared(None), lambda event: None, ())
        try:
            there: dict[str, str] = result_of(self._ask(name, job))
        except Exception as error:
            lines = str(error).strip().splitlines()
            return f"it cannot run epochreel: {lines[-1 if isinstance(error, RuntimeError) else 0]}"
        return ", ".join(
            f"{key} {there.get(key, 'none')} there, {here} here"
            if max(len(here), len(there.get(key, ""))) <= LONGEST
            else f"other {key}"
            for key, here in self._here.items()
            if there.get(key) != here
        )

    def _job(self, task: Any, shared: Any, listen: Listener, arguments: tuple[Any, ...]) -> Job:
        return Job(next(self._numbers), worker.packed("do", (task, arguments)), shared, listen)

    def _next(self, name: str) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._waiting or name not in self._there)
            if self._ended or name not in self._there:
                return None
            job = self._waiting.pop(0)
            self._running[job.number] = job
            return job

    def _ask(self, name: str, job: Job) -> bytes:
        """A worker's answer.

        Raises:
            Lost: it, or its process, is gone or cannot do anything of ours.
        """
        try:
            if name not in self._shares or self._shares[name][0] is not job.shared:
                there = self._client.scatter(job.shared.message, [name], hash=False)
                self._shares[name] = job.shared, there
            future = self._client.submit(
                _by_value(),
                self._session,
                job.number,
                self._shares[name][1],
                job.message,
                workers=[name],
                pure=False,
            )
            gathered = asyncio.run_coroutine_threadsafe(
                self._client.gather(future, asynchronous=True), self._client.loop.asyncio_loop
            )
            while not wait([gathered], TICK).done:
                if self._ended or name not in self._there:
                    future.cancel()
                    raise Lost("it is gone")
            answer = gathered.result()
        except Lost:
            raise
        except Exception as error:
            self._shares.pop(name, None)
            raise Lost(str(error) or type(error).__name__) from error
        if answer is None:
            raise Lost("its process died; the machine may be out of memory")
        return bytes(answer)

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

    def _hear(self, event: tuple[float, Any]) -> None:
        session, number, message = event[1]
        job = self._running.get(number) if session == self._session else None
        if job:
            job.listen(worker.unpacked(message)[1])

    def _warn(self, text: str) -> None:
        with self._changed:
            if self._warnings is not None:
                self._warnings.append(text)
                return
        self._listen(Event(text, warning=True))

    def _has(self, state: str) -> bool:
        return state in self._there.values()

    def _begin(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = Thread(target=work, args=arguments, daemon=True)
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
            job.future.set_exception(error)

    def _stop_sessions(self) -> None:
        names = [name for name in self._there if name in self._shares]

        def stop() -> None:
            with suppress(Exception):
                self._client.run(member.stop, self._session, workers=names, on_error="ignore")

        stopping = Thread(target=stop, daemon=True)
        stopping.start()
        stopping.join(PATIENCE)


def _by_value() -> Callable[..., bytes | None]:
    """`member.do` in a function that Dask sends whole: schedulers need not have epochreel."""

    def do(*arguments: Any) -> bytes | None:
        from epochreel.work import member

        return member.do(*arguments)

    return do


def _machine(shared: None, listen: Listener) -> dict[str, str]:
    """In a worker: what it would make products with."""
    return of_machine()


def _dask(debug: bool) -> Any:
    """Dask, which speaks only where that is wanted."""
    try:
        import distributed
    except ImportError:
        raise NoDask(
            "Workers elsewhere need Dask. Install it with: pip install 'epochreel[dask]'",
            field="--scheduler",
        ) from None
    if not debug:
        warnings.filterwarnings("ignore", module=r"(distributed|dask|tornado)\b")
        for name in logging.root.manager.loggerDict:
            if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed
