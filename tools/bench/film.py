"""The whole film that ships: its time, its size, and its likeness to what was drawn."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import av

from epochreel.lecture.file import load_lecture
from epochreel.record.file import load_record
from epochreel.record.view import Show

from .measure import Command, Measured, Setting, epochreel, run, typical
from .report import Row, faster

LECTURE = "loss_function"
# A beat whose numbers count, one of formulas, one whose dots move over a plot.
BEATS = (("epochs", "epoch-500"), ("loss_evaluation", "substitution"), ("fit", "training"))


def film_rows(setting: Setting) -> Iterator[Row]:
    """One film by each engine; ffmpeg encoding ours again."""

    def film(*options: str) -> tuple[Measured, Path]:
        path = setting.new_folder() / "film.mp4"
        given = ("--record", setting.record, "--quality", setting.quality, "--out", path)
        return run([*epochreel("render", *given), *options], path.parent), path

    made = [film() for _ in range(setting.runs)]
    own, path = typical(measured for measured, _ in made), made[0][1]
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
    yield from _encoder_rows(setting, path, own.seconds)
    yield _size_row(path, stock and stock[1])
    yield _likeness_row(setting)


def film_seconds(path: Path) -> float:
    """How long a film is."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.average_rate is not None
        return float(stream.frames / stream.average_rate)


def _encoder_rows(setting: Setting, path: Path, own: float) -> Iterator[Row]:
    """Drawing the film, against ffmpeg encoding it again on all cores."""
    from scenes.engine.encoder import LITTLE

    preset = LITTLE.preset
    source: Command = ["ffmpeg", "-v", "error", "-i", path]
    encoder = ["-map", "0:v", "-c:v", "libx264", "-preset", preset, "-crf", "23"]
    for where, sink in (("null sink", ["-f", "null", "-"]), ("file", ["-y", "again.mp4"])):
        row = Row(
            "the whole film",
            own,
            "s",
            f"ffmpeg -preset {preset} -crf 23, {where}",
            target="<= 0.6",
            runs=(setting.runs, setting.runs),
        )
        if not shutil.which("ffmpeg"):
            yield replace(row, note="ffmpeg is not installed")
            continue
        folder = setting.new_folder()
        again = [*source, *encoder, *sink]
        other = typical(run(again, folder) for _ in range(setting.runs)).seconds
        yield replace(row, other=other, ratio=own / other)


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
