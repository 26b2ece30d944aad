"""`epochreel compare`: trainings that were recorded, side by side."""

import time
from pathlib import Path

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    OUT,
    QUALITY,
    SCHEDULER,
    THEME,
    Talk,
    load,
    talking,
)
from epochreel.cli.say import say_made

TITLES = ("words.zh.lesson='训练对比'", "words.en.lesson='Trainings compared'")


@click.command(short_help="Draw recorded trainings side by side.")
@click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lecture", help="Whose words and look it has; by default it has its own.")
@LANGUAGE
@THEME
@QUALITY
@OUT
@JOBS
@SCHEDULER
@talking
@click.pass_obj
def compare(
    talk: Talk,
    records: tuple[Path, ...],
    lecture: str | None,
    language: str | None,
    theme: str | None,
    quality: str,
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Draw trainings that were recorded side by side; print the film's path.

    Each is called by what sets it apart from the others: hyperparameters, units, else its file.
    """
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.film import make_film
    from epochreel.products.place import check_film
    from epochreel.products.plan import Film, film_path
    from epochreel.products.sweep import labels_of
    from epochreel.record.file import load_record
    from epochreel.record.view import Run, Show
    from epochreel.work.bar import bar
    from epochreel.work.clips import Drawing
    from epochreel.work.executors import workers_of
    from epochreel.work.store import OF_NO_LECTURE, Store

    store = Store()
    loaded = load(lecture, () if lecture else TITLES, language, theme)
    loaded = loaded.model_copy(update={"compare": []})
    if not lecture:
        loaded = loaded.model_copy(update={"name": OF_NO_LECTURE})
    path = out or film_path(store, loaded, quality, shows="compare" if lecture else "")
    check_film(path, "--out" if out else "the film")
    known = [load_record(record) for record in records]
    labels = labels_of([record.stem for record in records], known)
    runs = tuple(Run.of(label, record) for label, record in zip(labels, known))
    film = Film(Show(known[0], loaded, runs), Drawing(QUALITIES[quality]), path)
    started = time.perf_counter()
    with (
        bar(talk.level) as listen,
        workers_of(scheduler, jobs, store, listen, talk.all) as workers,
    ):
        plan = make_film(film, store, workers, listen)
    say_made(plan, time.perf_counter() - started)
    click.echo(path)
