"""The whole film that ships: its time, its size, and its likeness to what was drawn."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import av

from epochreel.lecture.file import load_lecture
from epochreel.record.file import load_record
from epochreel.record.view import Show
from scenes.engine.encoder import LITTLE

from .measure import Command, Measured, Setting, epochreel, run, typical
from .report import Row, faster

LECTURE = "loss_function"
SINKS = {"null sink": ("-f", "null", "-"), "file": ("-y", "again.mp4")}
# A beat whose numbers count, one of formulas, one whose dots move over a plot.
BEATS = (("epochs", "epoch-500"), ("loss_evaluation", "substitution"), ("fit", "training"))


def film_rows(setting: Setting) -> Iterator[Row]:
    """One film by each engine; ffmpeg encoding ours again."""

    def film(*options: str) -> tuple[Measured, Path]:
        path = setting.new_folder() / "film.mp4"
        given = ("--record", setting.record, "--quality", setting.quality, "--out", path)
        return run([*epochreel("render", *given), *options], path.parent), path

    # By turns, as a machine that others share is not equally fast from one minute to the next.
    made: list[Measured] = []
    again: dict[str, list[Measured]] = {where: [] for where in SINKS}
    for _ in range(setting.runs):
        measured, path = film()
        made.append(measured)
        if shutil.which("ffmpeg"):
            for where, sink in SINKS.items():
                again[where].append(run(_encoding(path, sink), setting.new_folder()))
    own = typical(made)
    seconds = film_seconds(path)
    stock = film("--engine", "manim", "--jobs", "1") if setting.full else None
    yield faster(
        f"the whole film, {seconds:.0f} s",
        own.seconds,
        "--engine manim, one process",
        stock and stock[0].seconds,
        ">= 10",
        (setting.runs, 1),
    )
    yield Row(
        "film seconds per wall second",
        seconds / own.seconds,
        "",
        target=">= 1.0",
        runs=(setting.runs, 0),
    )
    for where, others in again.items():
        yield _encoder_row(setting, own.seconds, where, others)
    yield _size_row(path, stock and stock[1])
    yield _likeness_row(setting)


def film_seconds(path: Path) -> float:
    """How long a film is."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.average_rate is not None
        return float(stream.frames / stream.average_rate)


def _encoding(path: Path, sink: Sequence[str]) -> Command:
    """What encodes a film again on all cores, by the preset that ours has."""
    encoder = ("-map", "0:v", "-c:v", "libx264", "-preset", LITTLE.preset, "-crf", "23")
    return ["ffmpeg", "-v", "error", "-i", path, *encoder, *sink]


def _encoder_row(setting: Setting, own: float, where: str, others: Sequence[Measured]) -> Row:
    """Drawing the film, against ffmpeg encoding it again."""
    row = Row(
        "the whole film",
        own,
        "s",
        f"ffmpeg -preset {LITTLE.preset} -crf 23, {where}",
        target="<= 0.6",
        runs=(setting.runs, setting.runs),
    )
    if not others:
        return replace(row, note="ffmpeg is not installed")
    other = typical(others).seconds
    return replace(row, other=other, ratio=own / other)


def _size_row(path: Path, stock: Path | None) -> Row:
    own = path.stat().st_size / 1e6
    other = stock.stat().st_size / 1e6 if stock else None
    against = "stock encoder's"
    ratio = own / other if other else None
    return Row("the film's size", own, "MB", against, other, ratio, "<= 1.5", (1, 1))


def _likeness_row(setting: Setting) -> Row:
    """SSIM of frames of a few beats with the same frames as drawn; the least one counts."""
    from .likeness import likeness

    show = Show(load_record(setting.record), load_lecture(LECTURE))
    found = {
        beat: likeness(show, setting.video, scene, beat, setting.new_folder())
        for scene, beat in BEATS
    }
    note = ", ".join(
        f"{beat} {fmean(values):.4f} ({len(values)} frames)" for beat, values in found.items()
    )
    least = min(min(values) for values in found.values())
    return Row(
        "SSIM of frames with those drawn, the least",
        least,
        "",
        target=">= 0.99",
        note=f"mean of {note}",
    )
