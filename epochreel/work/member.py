"""What happens in a Dask worker: tasks pass through it to a process of ours, as bytes.

Imports little of the project: a Dask worker may be older than the code that its process loads.
"""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from epochreel.errors import WorkerDied
from epochreel.work.worker import kind_of
from epochreel.work.workers import Process

TOPIC = "epochreel"  # under which events travel


@dataclass(frozen=True)
class Kept:
    """The process that does the tasks of one session, and the folder it writes into."""

    session: str
    process: Process
    scratch: "tempfile.TemporaryDirectory[str]"

    def end(self) -> None:
        """End the process now."""
        self.process.kill()
        with suppress(OSError):
            self.scratch.cleanup()


_kept: Kept | None = None
_one_task = Lock()  # at a time, however many threads Dask has


def do(session: str, number: int, shared: bytes, message: bytes) -> bytes | None:
    """The answer to a message; None where the process died over it.

    Args:
        session: whose process it is; that of another session is ended for it.
        number: the task's, under which its events are sent.
    """
    from distributed import get_worker

    dask = get_worker()
    with _one_task:
        kept = _process_of(session, dask.local_directory)
        try:
            answer = kept.process.exchange(
                shared, message, lambda event: dask.log_event(TOPIC, (session, number, event))
            )
        except WorkerDied:
            answer = None
        if answer is None or kind_of(answer) == "failed":
            stop(session)
        return answer


def stop(session: str) -> None:
    """End a session's process, whatever it does."""
    global _kept
    if _kept and _kept.session == session:
        ended, _kept = _kept, None
        ended.end()


def _process_of(session: str, folder: str) -> Kept:
    global _kept
    if _kept and _kept.session != session:
        stop(_kept.session)
    if _kept is None:
        scratch = tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True)
        _kept = Kept(session, Process(Path(scratch.name)), scratch)
    return _kept
