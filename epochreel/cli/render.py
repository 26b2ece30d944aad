"""`epochreel render`: a lecture's film."""

import tempfile
import time
from pathlib import Path

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    LECTURE,
    ONLY,
    OUT,
    QUALITY,
    RECORD,
    SCHEDULER,
    SET,
    THEME,
    Talk,
    check_film,
    load,
    selected,
    talking,
)
from epochreel.cli.say import say_divergence, say_made

TRAINED = 0.15  # of the time, when drawing begins


@click.command(short_help="Train if need be, draw, and join one film.")
@LECTURE
@SET
@LANGUAGE
@THEME
@QUALITY
@ONLY
@RECORD
@OUT
@JOBS
@SCHEDULER
@click.option(
    "--engine",
    type=click.Choice(["fast", "manim"]),
    default="fast",
    show_default=True,
    help="epochreel's renderer, or Manim's own for comparison.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be trained and drawn, and why; make nothing."
)
@talking
@click.pass_obj
def render(
    talk: Talk,
    lecture: str,
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    quality: str,
    only: str,
    record: Path | None,
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
    engine: str,
    dry_run: bool,
) -> None:
    """Train if need be, draw, and join one film; print its path.

    LECTURE is a lecture file, or the name of one that ships. The film carries a chapter per scene
    and a subtitle track, and has an .srt and a .vtt file beside it. What was trained or drawn
    before with the same settings is used again. A film of another quality or theme, or of some
    scenes only, has a name of its own.
    """
    from epochreel.cli.progress import progress
    from epochreel.cli.tree import tree_of
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.film import make_film
    from epochreel.products.lecture import expected_film, trained_film
    from epochreel.products.plan import Film, film_path, plan_film
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from epochreel.work.clips import Drawing
    from epochreel.work.events import within
    from epochreel.work.executors import workers_of
    from epochreel.work.store import Store

    names = selected(only)
    loaded = load(lecture, settings, language, theme)
    store = Store()
    path = out or film_path(store, loaded, quality, names, engine=engine)
    check_film(path, given=bool(out))
    drawing = Drawing(QUALITIES[quality], engine)
    started = time.perf_counter()
    with (
        progress(talk) as listen,
        tempfile.TemporaryDirectory() as elsewhere,
        # A dry run leaves nothing in the store, not even an empty folder.
        workers_of(
            scheduler, jobs, Store(Path(elsewhere)) if dry_run else store, listen, talk.all
        ) as workers,
    ):
        if record:
            film = Film(Show(load_record(record), loaded), drawing, path, names)
        elif dry_run:
            film = expected_film(loaded, drawing, path, names, store)
        else:
            part = within(listen, 0, TRAINED)
            film = trained_film(loaded, drawing, path, names, store, workers, part)
        part = within(listen, 0 if record else TRAINED, 1)
        make = plan_film if dry_run else make_film
        plan = make(film, store, workers, part)
    say_divergence(film.show.record.diverged_at)
    if dry_run:
        click.echo(tree_of(plan), nl=False)
    else:
        say_made(plan, time.perf_counter() - started)
        click.echo(path)
