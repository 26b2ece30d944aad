"""A Dask scheduler and workers on this machine, for as long as whoever started them lives.

Run as a file in a process of its own, so that Ctrl-C in a terminal is no business of Dask's. It
writes the scheduler's address to its output, and ends all when its input does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from epochreel.work.store import Store

SECONDS = 10.0  # for all to end in good order


@contextmanager
def local_scheduler(workers: int, store: "Store", debug: bool) -> Iterator[str]:
    """The address of a scheduler with workers.

    Args:
        store: what they write for themselves lies in its scratch.
        debug: whether what they log goes to stderr.

    Raises:
        NoScheduler: none could be started.
    """
    from epochreel.errors import NoScheduler

    with ExitStack() as stack:
        scratch = stack.enter_context(store.scratch()).absolute()
        options = {"path": sys.path, "workers": workers, "scratch": str(scratch)}
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-P", __file__, json.dumps(options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if debug else subprocess.DEVNULL,
                process_group=0,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                text=True,
            )
        )
        assert process.stdin
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise NoScheduler(
                    "No Dask scheduler could be started here. With --debug, Dask says why.",
                    field="--scheduler",
                )
            yield address
        finally:
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()  # its workers notice


def main() -> None:
    """Run them until the input ends."""
    options = json.loads(sys.argv[1])
    sys.path[:] = options["path"]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Dask prints goes where its log goes
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=options["workers"],
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        memory_limit=0,
        local_directory=options["scratch"],
    ) as cluster:
        out.write(f"{cluster.scheduler_address}\n")
        out.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
