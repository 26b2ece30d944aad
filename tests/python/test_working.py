"""How the work for a call from Python ends."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from epochreel.python.working import working
from epochreel.work.store import Store
from epochreel.work.workers import Inline


class Ending(Inline):
    """A worker that is interrupted while it ends."""

    def __init__(self) -> None:
        self.ended = False

    def __exit__(self, *error: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        self.ended = True


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Ending:
    worker = Ending()
    monkeypatch.setattr("epochreel.python.working.workers_of", lambda *asked: worker)
    return worker


@pytest.mark.skipif(os.name == "nt", reason="this kill ends the process there")
def test_a_second_interrupt_does_not_keep_the_workers_from_ending(
    worker: Ending, tmp_path: Path
) -> None:
    before = signal.getsignal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt), working(Store(tmp_path)):
        os.kill(os.getpid(), signal.SIGINT)

    assert worker.ended
    assert signal.getsignal(signal.SIGINT) is before


def test_a_thread_has_workers_too(tmp_path: Path) -> None:
    def count() -> int:
        with working(Store(tmp_path), jobs=2) as (_, workers):
            return workers.count

    with ThreadPoolExecutor() as threads:
        assert threads.submit(count).result() == 2
