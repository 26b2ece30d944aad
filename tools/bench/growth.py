"""What grows with a longer film, a longer training and a wider network, and what must not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .film import LECTURE, film_seconds
from .measure import Measured, Setting, epochreel, python, run
from .report import Row

LONG_TRAINING = 10_000
# 109,386 parameters. All scenes draw it, since its loss is the mean squared error.
WIDE = """
[data]
file = "samples.npz"

[model]
layers = [
    {units = 128, activation = "relu"},
    {units = 64, activation = "relu"},
    {units = 10},
]

[training]
epochs = 40
learning_rate = 0.001

[words.en]
course = "784-128-64-10"
"""


def memory_rows(setting: Setting) -> Iterator[Row]:
    """One worker's peak memory and time, for a short film and for one many times as long.

    The record is there: the process that starts the worker stays smaller than it.
    """
    (short, short_seconds), (long, long_seconds) = (
        _one_worker(setting, epochs) for epochs in (5, 50)
    )
    against = f"{short_seconds:.0f} s of film"
    runs = (1, 1)
    yield Row(
        f"peak memory of a worker, {long_seconds:.0f} s of film",
        long.peak,
        "MB",
        against,
        short.peak,
        long.peak / short.peak,
        "flat, < 500 MB",
        runs,
    )
    pace = (long.seconds - short.seconds) / (long_seconds - short_seconds)
    yield Row(
        f"one worker, {long_seconds:.0f} s of film",
        long.seconds,
        "s",
        against,
        short.seconds,
        long.seconds / short.seconds,
        f"linear: <= {long_seconds / short_seconds:.1f}",
        runs,
        f"{pace:.2f} s for each further second of film",
    )


def _one_worker(setting: Setting, epochs: int) -> tuple[Measured, float]:
    """The epochs scene with this many epochs standing still; and its seconds of film."""
    folder = setting.new_folder()
    shown = f"film.shown_epochs={[*range(epochs)]}"
    options = ["--only", "epochs", "--jobs", "1", "--quality", setting.quality, "--set", shown]
    film = folder / "film.mp4"
    made = run(epochreel("render", *options, "--record", setting.record, "--out", film), folder)
    return made, film_seconds(film)


@dataclass(frozen=True)
class Trained:
    """A training and the reading of its record, each in a process of its own."""

    trained: Measured
    loaded: Measured
    record: Path

    @property
    def size(self) -> float:
        """Of the record, in MB."""
        return self.record.stat().st_size / 1e6


def growth_rows(setting: Setting) -> Iterator[Row]:
    """A training twenty times as long; a network of 109,386 parameters."""
    short = _train(setting, LECTURE)
    long = _train(setting, LECTURE, f"training.epochs={LONG_TRAINING}")
    yield from _record_rows(f"{LONG_TRAINING:,} epochs", long, "500 epochs", short)
    lecture = _wide_lecture(setting.new_folder())
    wide = _train(setting, lecture)
    yield from _record_rows("784-128-64-10", wide, "1-4-3-1, 500 epochs", short)
    built, small = _build(wide, lecture), _build(short, LECTURE)
    slowest = max(built, key=lambda name: built[name])
    yield Row(
        f"784-128-64-10: build {slowest}, the slowest scene",
        built[slowest],
        "s",
        "1-4-3-1",
        small[slowest],
        built[slowest] / small[slowest],
        "< 2 s",
        note=", ".join(f"{name} {seconds:.2f} s" for name, seconds in built.items()),
    )


def _train(setting: Setting, lecture: str, *settings: str) -> Trained:
    folder = setting.new_folder()
    record = folder / "record.json"
    trained = run(python("own_step.py", "train", record, lecture, *settings), folder)
    return Trained(trained, run(python("own_step.py", "load", record), folder), record)


def _build(network: Trained, lecture: str) -> dict[str, float]:
    """Seconds for each scene, by name."""
    command = python("own_step.py", "build", network.record, lecture)
    seconds: dict[str, float] = run(command, network.record.parent).told
    return seconds


def _record_rows(what: str, large: Trained, against: str, small: Trained) -> Iterator[Row]:
    for step, one, other in (
        ("train", large.trained, small.trained),
        ("load", large.loaded, small.loaded),
    ):
        seconds, others = one.told["seconds"], other.told["seconds"]
        note = f"peak memory {one.peak:.0f} MB; {against}: {other.peak:.0f} MB"
        ratio = seconds / others
        yield Row(
            f"{step} {what}", seconds, "s", against, others, ratio, "bounded memory", note=note
        )
    ratio = large.size / small.size
    yield Row(f"record of {what}", large.size, "MB", against, small.size, ratio)


def _wide_lecture(folder: Path) -> str:
    """A lecture file with random samples beside it; its path."""
    random = np.random.default_rng(1)
    inputs, targets = random.random((1000, 784)), random.random((1000, 10))
    np.savez(folder / "samples.npz", inputs=inputs, targets=targets)
    (folder / "wide.toml").write_text(WIDE, encoding="utf-8")
    return str(folder / "wide.toml")
