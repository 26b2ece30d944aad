"""A Dask scheduler, and what is asked of its workers: all that is said to Dask."""

import asyncio
import logging
import uuid
import warnings
from collections.abc import Callable
from concurrent.futures import wait
from contextlib import suppress
from threading import Thread
from typing import Any

from epochreel.errors import NoDask, NoScheduler, WorkerDied
from epochreel.work import member, worker
from epochreel.work.events import Event
from epochreel.work.workers import Shared

TICK = 0.25  # seconds between two looks at whether a worker is still there


class Lost(Exception):
    """A task that has no answer: it is not the task that failed."""


class Scheduler:
    """The scheduler at an address, for one session of work.

    Args:
        dask: what `load_dask` gave.
        hear: gets the number of a task, and an event of it.
        patience: seconds in which it has to answer.

    Raises:
        NoScheduler: nobody answers at the address.
    """

    def __init__(
        self, dask: Any, address: str, hear: Callable[[int, Event], None], patience: float
    ) -> None:
        self.address, self._hear, self._patience = address, hear, patience
        self._session = uuid.uuid4().hex
        self._shares: dict[str, tuple[Shared[Any], Any]] = {}  # what each worker has
        try:
            self._client = dask.Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError):
            raise NoScheduler(
                f"No Dask scheduler answers at {address}. One is started with: dask scheduler",
                field="--scheduler",
                value=address,
            ) from None
        self._client.subscribe_topic(member.TOPIC, self._take)

    def there(self) -> dict[str, int]:
        """The workers that are there, and their threads.

        Raises:
            WorkerDied: the scheduler is no more.
        """
        try:
            return dict(self._client.nthreads())
        except Exception:
            raise WorkerDied(f"The scheduler {self.address} does not answer any more.") from None

    def ask(
        self,
        name: str,
        number: int,
        shared: Shared[Any],
        message: bytes,
        unwanted: Callable[[], object],
    ) -> bytes:
        """A worker's answer to a message. The shared value is sent where it is another.

        Args:
            unwanted: whether nobody waits for it any more, or the worker is gone.

        Raises:
            Lost: the worker, or its process, is gone or cannot do anything of ours.
        """
        try:
            if name not in self._shares or self._shares[name][0] is not shared:
                there = self._client.scatter(shared.message, [name], hash=False)
                self._shares[name] = shared, there
            future = self._client.submit(
                _by_value(),
                self._session,
                number,
                self._shares[name][1],
                message,
                workers=[name],
                pure=False,
            )
            gathered = asyncio.run_coroutine_threadsafe(
                self._client.gather(future, asynchronous=True), self._client.loop.asyncio_loop
            )
            while not wait([gathered], TICK).done:
                if unwanted():
                    future.cancel()
                    self._stop(name)
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

    def close(self) -> None:
        """End the session's processes, and the connection."""
        stopping = Thread(target=self._stop, args=[*self._shares], daemon=True)
        stopping.start()
        stopping.join(self._patience)
        self._client.close()

    def _stop(self, *names: str) -> None:
        """End the session's processes beside these workers, whatever they do."""
        with suppress(Exception):  # those that are gone have ended theirs
            there = [name for name in self._client.nthreads() if name in names]
            self._client.run(member.stop, self._session, workers=there, on_error="ignore")

    def _take(self, event: tuple[float, Any]) -> None:
        session, number, message = event[1]
        if session == self._session:
            self._hear(number, worker.unpacked(message)[1])


def _by_value() -> Callable[..., bytes | None]:
    """`member.do` in a function that Dask sends whole: schedulers need not have epochreel."""

    def do(*arguments: Any) -> bytes | None:
        from epochreel.work import member

        return member.do(*arguments)

    return do


def load_dask(debug: bool) -> Any:
    """Dask, which says all that it says only where that is wanted.

    Raises:
        NoDask: it is not installed here.
    """
    try:
        import distributed
    except ImportError:
        raise NoDask(
            "Workers elsewhere need Dask. Install it with: pip install 'epochreel[dask]'",
            field="--scheduler",
        ) from None
    if not debug:
        warnings.filterwarnings("ignore", module=r"(distributed|dask|tornado)\b")
        for name in [*logging.root.manager.loggerDict]:
            if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed
