"""Kill a rendering at random moments; the next run must give the same film and leave nothing.

    .venv/bin/python -m tools.kill 50

Needs /proc, to see what lives on.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

MARK = "EPOCHREEL_KILL_TEST"
RENDER = [
    *(sys.executable, "-m", "epochreel", "render", "--quality", "draft", "--only", "title,data"),
    *("--set", "training.epochs=20", "--out", "film.mp4"),
]


@dataclass(frozen=True)
class Run:
    """A rendering in a folder of its own, and a mark by which its processes are known."""

    folder: Path
    mark: str

    @classmethod
    def new(cls, parent: Path) -> "Run":
        """In a new folder."""
        return cls(Path(tempfile.mkdtemp(dir=parent)), uuid.uuid4().hex)

    def start(self) -> "subprocess.Popen[str]":
        """Begin, in a process group of its own."""
        return subprocess.Popen(
            RENDER,
            cwd=self.folder,
            env={**os.environ, MARK: self.mark, "PYTHONPATH": str(Path(__file__).parents[1])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_answer_signals,
        )

    def finish(self) -> None:
        """Run to the end.

        Raises:
            AssertionError: it failed, or said something of Python's.
        """
        process = self.start()
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert "Traceback" not in said

    def alive(self) -> list[int]:
        """Processes of this run that live; a zombie does not."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                marked = f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                if marked and state != "Z":
                    found.append(int(entry.name))
        return found

    def seconds_alive(self, limit: float = 30.0) -> float:
        """How long something of it still lives."""
        started = time.monotonic()
        while self.alive() and time.monotonic() - started < limit:
            time.sleep(0.01)
        return time.monotonic() - started

    def left(self) -> dict[str, str]:
        """Every file there, and a digest of it."""
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def reference(parent: Path) -> tuple[dict[str, str], float]:
    """What an undisturbed run leaves, and the seconds that it takes."""
    run, started = Run.new(parent), time.monotonic()
    run.finish()
    return run.left(), time.monotonic() - started


def killed_after(parent: Path, seconds: float, *, whole_group: bool) -> tuple[Run, float]:
    """A run killed after so long; and how long something of it lived on."""
    run = Run.new(parent)
    process = run.start()
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
    lived = run.seconds_alive()
    process.communicate()
    return run, lived


def _answer_signals() -> None:
    """As from a terminal, also where the caller was started by nohup."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@click.command()
@click.argument("times", type=int, default=50)
def main(times: int) -> None:
    """Kill TIMES runs, the whole group and the main process alone in turn."""
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        whole, seconds = reference(parent)
        click.echo(f"undisturbed: {seconds:.1f} s, {len(whole)} files")
        bad, longest = 0, 0.0
        for number in range(times):
            moment = random.uniform(0, seconds)
            run, lived = killed_after(parent, moment, whole_group=number % 2 == 0)
            longest = max(longest, lived)
            run.finish()
            same = run.left() == whole
            bad += not same
            click.echo(f"killed after {moment:.2f} s; lived on for {lived:.2f} s; same: {same}")
    click.echo(f"{bad} of {times} differ; the longest lived on for {longest:.2f} s")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
