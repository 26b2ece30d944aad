"""Whole processes, measured: wall time, peak memory, and what they printed."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from epochreel.lecture.video import Video

from .memory import peak_memory

Command = list[str | Path]
HERE = Path(__file__).resolve().parent
CHILDREN = ("children_user", "children_system")


@dataclass(frozen=True)
class Setting:
    """What every measurement is made with.

    Attributes:
        folder: for all files that are made; empty at the start.
        record: of the lecture loss_function, trained for this run.
        quality: the film's, by its name for `epochreel render`.
        runs: of a measurement that takes seconds; its median counts.
        full: whether to wait for what takes minutes.
    """

    folder: Path
    record: Path
    quality: str
    video: Video
    runs: int
    full: bool

    def new_folder(self) -> Path:
        """One that nothing was made in yet: without clips, films or drawn formulas."""
        return Path(tempfile.mkdtemp(dir=self.folder))


@dataclass(frozen=True)
class Measured:
    """One command: seconds, peak MB of the largest of its processes, what it printed.

    The peak is known on Linux only; elsewhere it is 0. `busy` are seconds of processors, which
    other work on the machine hardly changes.
    """

    seconds: float
    peak: float
    printed: str
    busy: float

    @property
    def told(self) -> Any:
        """What it printed, where that is JSON."""
        return json.loads(self.printed)


def run(command: Command, folder: Path, env: Mapping[str, str] | None = None) -> Measured:
    """Run a command in `folder` and measure it from start to end.

    Raises:
        click.ClickException: it failed; with the end of what it said.
    """
    # Without it a checkout's modules are compiled in every process, those of packages are not.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as said:
        begin, before = time.perf_counter(), os.times()
        process = subprocess.Popen(
            command, cwd=folder, env={**inherited, **(env or {})}, stdout=printed, stderr=said
        )
        with peak_memory(process.pid) as peak:
            process.wait()
            seconds, after = time.perf_counter() - begin, os.times()
        for stream in (printed, said):
            stream.seek(0)
        if process.returncode:
            ending = said.read()[-2000:]
            raise click.ClickException(f"{' '.join(map(str, command))} failed:\n{ending}")
        busy = sum(getattr(after, of) - getattr(before, of) for of in CHILDREN)
        return Measured(seconds, max(peak), printed.read(), busy)


def typical(runs: Iterable[Measured]) -> Measured:
    """The run with the median time (of an even number, the slower of the two)."""
    every = sorted(runs, key=lambda measured: measured.seconds)
    return every[len(every) // 2]


def python(script: str, *arguments: str | Path) -> Command:
    """The command that runs a script of this folder."""
    return [sys.executable, HERE / script, *arguments]


def epochreel(command: str, *arguments: str | Path) -> Command:
    """The command that runs epochreel."""
    return [sys.executable, "-m", "epochreel", command, *arguments]


def manim(script: str, scene: str, video: Video) -> Command:
    """The command that renders a scene as `manim -qh --disable_caching` does, at any size."""
    size = ["-r", f"{video.width},{video.height}", "--fps", str(video.frame_rate)]
    # Silent: it asks no server for a newer release.
    return [
        *(sys.executable, "-m", "manim", "render", "--disable_caching", "--silent", *size),
        *(HERE / script, scene),
    ]
