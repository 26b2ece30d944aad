"""Who does the work, as `--scheduler` names them."""

import os
import re

from epochreel.errors import BadScheduler, shown
from epochreel.work.events import Listener
from epochreel.work.store import Store
from epochreel.work.workers import Inline, Processes, Workers

INLINE, LOCAL = "inline", "local"
ADDRESS = re.compile(r"tcp://(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):\d{1,5}")


def workers_of(
    scheduler: str | None, jobs: int | None, store: Store, listen: Listener, debug: bool = False
) -> Workers:
    """This process, processes of this machine, or the workers of a Dask scheduler.

    Args:
        scheduler: "inline", "local" for a scheduler started here, or one's address,
            tcp://host:port; None for plain processes.
        jobs: how many processes of this machine work; one per core if not given.
        listen: hears of workers that are not used.
        debug: whether Dask may say all that it says.

    Raises:
        BadScheduler: it is none of these.
    """
    count = jobs or os.cpu_count() or 1
    if scheduler is None:
        return Processes(count, store)
    check_scheduler(scheduler)
    if scheduler == INLINE:
        return Inline()
    from epochreel.work.cluster import Cluster

    return Cluster(None if scheduler == LOCAL else scheduler, count, store, listen, debug)


def check_scheduler(scheduler: str) -> None:
    """Refuse what names no executor.

    Raises:
        BadScheduler: says what would.
    """
    if scheduler not in (INLINE, LOCAL) and not ADDRESS.fullmatch(scheduler):
        raise BadScheduler(
            f"--scheduler {shown(scheduler)} is none of: {INLINE}; {LOCAL}; the address of a Dask "
            "scheduler, such as tcp://192.168.0.10:8786.",
            field="--scheduler",
            value=scheduler,
        )
