"""The command line: parse, call, print. What it does is in the modules it calls."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from epochreel import __version__
from epochreel.errors import EpochreelError, RenderError

if TYPE_CHECKING:
    from epochreel.lecture.settings import Lecture
    from epochreel.products.build import Progress

LECTURE = click.argument("lecture", default="loss_function")
SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change one setting, such as training.learning_rate=0.05. May be repeated.",
)


class Commands(click.Group):
    """Catches what a user can mend: one message, exit code 2; Ctrl-C: exit code 130."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn what a user can mend into a message and an exit code."""
        try:
            return super().invoke(context)
        except EpochreelError as error:
            click.echo(f"epochreel: {error}", err=True)
            context.exit(2)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"epochreel: {place}{error.strerror or error}", err=True)
            context.exit(2)
        except KeyboardInterrupt:
            click.echo(
                "\nepochreel: stopped. Finished clips are kept; nothing half-written is.", err=True
            )
            context.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="epochreel")
def main() -> None:
    r"""Change a hyperparameter, get the lecture film.

    A lecture file names data, network, optimizer and words. epochreel trains the network with
    Keras, records every weight and prediction of every epoch, and draws that record with Manim.

    \b
      epochreel render                                  the lecture that ships, 1080p60
      epochreel render --quality draft                  the same, small and quick
      epochreel render --set training.learning_rate=0.05
      epochreel new my_lecture.toml                     a lecture of your own to start from
    """


@main.command()
@LECTURE
@SET
@click.option(
    "--language", type=click.Choice(["zh", "en"]), help="Language of the words on screen."
)
@click.option("--theme", type=click.Choice(["paper", "night"]), help="White page or dark one.")
@click.option(
    "--quality",
    type=click.Choice(["draft", "low", "medium", "high", "4k"]),
    default="high",
    show_default=True,
    help="draft 480p15, low 480p30, medium 720p30, high 1080p60, 4k 2160p60.",
)
@click.option(
    "--only", metavar="SCENE,...", default="", help="Only these scenes; see: epochreel scenes"
)
@click.option(
    "--record", type=click.Path(path_type=Path), help="Draw this record; nothing is trained."
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the film goes.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that draw; one per core if not given."
)
@click.option(
    "--engine",
    type=click.Choice(["fast", "manim"]),
    default="fast",
    show_default=True,
    help="epochreel's renderer, or Manim's own for comparison.",
)
def render(
    lecture: str,
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    quality: str,
    only: str,
    record: Path | None,
    out: Path | None,
    jobs: int | None,
    engine: str,
) -> None:
    """Train if need be, draw, and join one film; print its path.

    LECTURE is a lecture file, or the name of one that ships. The film carries a chapter per scene
    and a subtitle track, and has an .srt and a .vtt file beside it. What was trained or drawn
    before with the same settings is used again.
    """
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.build import make_film, record_of
    from epochreel.record.file import load_record
    from epochreel.work.store import Store

    chosen = [f"film.{k}={v!r}" for k, v in (("language", language), ("theme", theme)) if v]
    loaded = _load(lecture, (*settings, *chosen))
    store = Store()
    path = out or store.film(loaded)
    _check_film_path(path)
    if engine == "manim":
        os.environ["EPOCHREEL_ENGINE"] = "manim"
    with _progress() as progress:
        known = load_record(record) if record else record_of(loaded, store, progress)
        names = tuple(name.strip() for name in only.split(",") if name.strip())
        make_film(loaded, known, QUALITIES[quality], path, store, progress, only=names, jobs=jobs)
    _say_divergence(known.diverged_at)
    click.echo(path)


@main.command()
@LECTURE
@SET
@click.option("--out", type=click.Path(path_type=Path), help="Where the record goes (JSON).")
def train(lecture: str, settings: tuple[str, ...], out: Path | None) -> None:
    """Train the network of a lecture and record every epoch; print the record's path."""
    from epochreel.products.build import train_to
    from epochreel.record.file import load_record
    from epochreel.work.store import Store

    loaded = _load(lecture, settings)
    with _progress() as progress:
        path = train_to(loaded, out or Store().record(loaded), progress)
    _say_divergence(load_record(path).diverged_at)
    click.echo(path)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
def new(path: Path) -> None:
    """Write a commented lecture file to start from; PATH must not exist yet."""
    from epochreel.errors import LectureError
    from epochreel.files import whole_file
    from epochreel.lecture.file import shipped_lectures

    if path.exists():
        raise LectureError(f"{path} exists already; give a name that does not.")
    with whole_file(path) as partial:
        partial.write_text(
            shipped_lectures()["loss_function"].read_text(encoding="utf-8"), encoding="utf-8"
        )
    click.echo(path)
    click.echo(f"Edit it, then run: epochreel render {path}", err=True)


@main.command()
def scenes() -> None:
    """List the scenes of a film, one line each."""
    from scenes.stage.catalogue import CATALOGUE

    for entry in CATALOGUE:
        needs = f"  (needs the loss {entry.loss})" if entry.loss else ""
        click.echo(f"{entry.name:16} {entry.titles['en']}, {entry.titles['zh']}{needs}")


@main.command()
def doctor() -> None:
    """Check fonts, formulas, the encoder, Keras and the disk; each failure with its remedy."""
    from epochreel.cli.checks import CHECKS

    failed = 0
    for check in CHECKS:
        result = check()
        failed += not result.good
        mark = click.style("ok  ", fg="green") if result.good else click.style("FAIL", fg="red")
        click.echo(f"{mark} {result.name}: {result.found}")
        if not result.good:
            click.echo(f"     {result.remedy}")
    if failed:
        sys.exit(1)


def _load(lecture: str, settings: tuple[str, ...]) -> "Lecture":
    """The lecture, checked whole: what it trains on, and whether its words can be drawn."""
    from epochreel.lecture.file import load_lecture
    from scenes.drawing.spelling import check_words

    loaded = load_lecture(lecture, settings)
    check_words(loaded)
    return loaded


def _check_film_path(path: Path) -> None:
    if path.is_dir():
        raise RenderError(f"--out {path} is a folder; give the film a name in it.")
    if path.suffix.lower() != ".mp4":
        raise RenderError(f"--out {path} must end in .mp4; films are MP4 files.")


def _say_divergence(epoch: int | None) -> None:
    if epoch is not None:
        click.echo(
            f"epochreel: the training diverged at epoch {epoch}; the film ends before it. "
            "A smaller training.learning_rate may help.",
            err=True,
        )


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar for the whole job with the time left, on stderr; it vanishes at the end."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description:24}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)
