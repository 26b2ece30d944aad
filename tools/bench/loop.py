"""The daily loop: what a lecturer waits for after a change, and a sweep of eight."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from epochreel.lecture.file import shipped_lectures

from .film import LECTURE
from .measure import Setting, epochreel, run, typical
from .report import Row

RATES = "training.learning_rate=0.002,0.005,0.01,0.02,0.05,0.1,0.2,0.5"
LIMIT = 300.0  # seconds


def loop_rows(setting: Setting) -> Iterator[Row]:
    """Renders after a change, a watched lecture, and a sweep."""
    folder = setting.new_folder()
    render = epochreel("render", "--quality", setting.quality)
    first = run(render, folder)
    yield Row("the first film, training included", first.seconds, "s")
    changes = {
        "nothing changed": lambda number: [],
        "one word changed": lambda number: ["--set", f"words.zh.course=Course {number}"],
        "learning rate changed": lambda number: ["--set", f"training.learning_rate=0.0{number}"],
    }
    for what, options in changes.items():
        runs = range(1, setting.runs + 1)
        seconds = typical(run([*render, *options(number)], folder) for number in runs).seconds
        yield Row(what, seconds, "s", "the first film", first.seconds, first.seconds / seconds)
    yield from _watch_rows(setting)
    yield from _sweep_rows(setting)


def _watch_rows(setting: Setting) -> Iterator[Row]:
    """From a save to what changed, and to the whole draft film, being on disk."""
    folder = setting.new_folder()
    lecture = folder / "mine.toml"
    text = shipped_lectures()[LECTURE].read_text(encoding="utf-8")
    lecture.write_text(text, encoding="utf-8")
    changes = {
        "a word": ("深度学习基础课程", "课程{}", "< 2 s"),
        "the learning rate": ("learning_rate = 0.1", "learning_rate = 0.0{}", "< 5 s"),
    }
    with _watching(folder) as said:
        _until(said, "; film:", 0)
        for what, (before, after, target) in changes.items():
            changed, whole = [], []
            for number in range(1, setting.runs + 1):
                start, heard = time.perf_counter(), said.stat().st_size
                lecture.write_text(text.replace(before, after.format(number)), encoding="utf-8")
                _until(said, "media/films/", heard)
                changed.append(time.perf_counter() - start)
                _until(said, "; film:", heard)
                whole.append(time.perf_counter() - start)
            saved = f"watch: {what} saved"
            yield Row(f"{saved}, what changed is there", median(changed), "s", target=target)
            yield Row(f"{saved}, the whole draft is there", median(whole), "s")


@contextmanager
def _watching(folder: Path) -> Iterator[Path]:
    """A watched lecture; gives the file of what it says."""
    said = folder / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(
            epochreel("watch", "mine.toml"), cwd=folder, stdout=output, stderr=output
        )
    try:
        yield said
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait()


def _until(said: Path, ending: str, start: int) -> None:
    deadline = time.monotonic() + LIMIT
    while ending.encode() not in said.read_bytes()[start:]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{ending!r} was not said in {LIMIT} s")
        time.sleep(0.01)


def _sweep_rows(setting: Setting) -> Iterator[Row]:
    """Eight trainings and their film, by Dask's workers and by one process."""
    sweep = epochreel("sweep", RATES, "--quality", "draft")
    dask = run([*sweep, "--scheduler", "local"], setting.new_folder())
    alone = run([*sweep, "--jobs", "1"], setting.new_folder())
    yield Row(
        f"a sweep of 8, Dask on {os.cpu_count()} cores",
        dask.seconds,
        "s",
        "one process",
        alone.seconds,
        alone.seconds / dask.seconds,
    )
