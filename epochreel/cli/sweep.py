"""`epochreel sweep`: some settings tried, and their trainings side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    OUT,
    QUALITY,
    SCHEDULER,
    SET,
    THEME,
    Talk,
    look,
    talking,
)
from epochreel.lecture import DEFAULT

if TYPE_CHECKING:
    from epochreel.products.sweep import Result

TRAINED = 0.3  # of the time, when drawing begins


@click.command(short_help="Train some values, and show them side by side.")
@click.argument("what", nargs=-1, required=True, metavar="[LECTURE] SETTING=VALUE,...")
@SET
@LANGUAGE
@THEME
@QUALITY
@click.option("--films", is_flag=True, help="Make the film of each training as well.")
@OUT
@JOBS
@SCHEDULER
@talking
@click.pass_obj
def sweep(
    talk: Talk,
    what: tuple[str, ...],
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    quality: str,
    films: bool,
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Train every combination of some values; print the paths of a table and of a film.

    The table (CSV) has the final loss of each training, how many epochs it took to half of the
    first loss, and where it diverged. The film draws the trainings side by side. What was trained
    before is used again.

    \b
      epochreel sweep training.learning_rate=0.001,0.01,0.1,1
      epochreel sweep mine.toml training.optimizer=sgd,adam training.seed=1,2
      epochreel sweep model.layers[0].units=2,4,8 --quality draft --films
    """  # noqa: D301 (click reads the backspace)
    from epochreel.lecture.grid import Axis, grid, slug
    from epochreel.lecture.video import QUALITIES
    from epochreel.products import sweep as sweeps
    from epochreel.products.film import make_film
    from epochreel.products.place import check_film
    from epochreel.products.plan import Film, film_path
    from epochreel.record.view import Show
    from epochreel.work.bar import bar
    from epochreel.work.clips import Drawing
    from epochreel.work.events import within
    from epochreel.work.executors import workers_of
    from epochreel.work.store import Store
    from scenes.drawing.spelling import check_words

    lecture, *axes_given = what if "=" not in what[0] else (DEFAULT, *what)
    if not axes_given:
        raise click.UsageError("Give settings to try, such as training.learning_rate=0.01,0.1")
    axes = [Axis.of(text) for text in axes_given]
    points = grid(lecture, (*settings, *look(language, theme)), axes)
    first = points[0].lecture
    check_words(first)
    store, drawing = Store(), Drawing(QUALITIES[quality])
    tried = slug("-".join(axis.name for axis in axes))
    path = out or film_path(store, first, quality, shows=f"sweep-{tried}")
    check_film(path, "--out" if out else "the film")
    with (
        bar(talk.level) as listen,
        workers_of(scheduler, jobs, store, listen, talk.all) as workers,
    ):
        results = sweeps.sweep(points, store, workers, within(listen, 0, TRAINED))
        table = sweeps.write_table(results, axes, store)
        runs = tuple(result.run for result in results)
        alone = first.model_copy(update={"compare": []})
        wanted = [Film(Show(results[0].record, alone, runs), drawing, path)]
        for result in results if films else ():
            made = result.point.lecture
            of_run = film_path(store, made, quality, shows=slug(result.point.label))
            wanted.append(Film(Show(result.record, made), drawing, of_run, (), result.plan))
        for at, film in enumerate(wanted):
            share = (1 - TRAINED) / len(wanted)
            part = within(listen, TRAINED + at * share, TRAINED + (at + 1) * share)
            make_film(film, store, workers, part)
    say_results(results)
    for file in (table, *(film.path for film in wanted)):
        click.echo(file)


def say_results(results: "list[Result]") -> None:
    """Show the results as a table on stderr."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from epochreel.numbers import rounded
    from epochreel.products.sweep import facts

    table = Table("", "final loss", "epochs to half the loss", "diverged at", box=box.SIMPLE)
    for result in results:
        final, half, diverged = facts(result.record).values()
        table.add_row(
            result.point.label,
            rounded(final),
            "never" if half is None else str(half),
            "" if diverged is None else str(diverged),
        )
    Console(stderr=True, highlight=False).print(table)
