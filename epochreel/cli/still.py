"""`epochreel still`: pictures of a film before it is made."""

from pathlib import Path

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    LECTURE,
    ONLY,
    RECORD,
    SCHEDULER,
    SET,
    THEME,
    Talk,
    load,
    selected,
    talking,
)

TRAINED = 0.5  # of the time, when drawing begins


@click.command(short_help="Draw how every beat ends, on one sheet.")
@LECTURE
@SET
@LANGUAGE
@THEME
@ONLY
@RECORD
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the pictures.")
@JOBS
@SCHEDULER
@talking
@click.pass_obj
def still(
    talk: Talk,
    lecture: str,
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    only: str,
    record: Path | None,
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Draw how every beat ends, and a sheet of all with their captions; print the sheet's path.

    Takes seconds: a look at a film before its video is paid for. The pictures are the film's own
    frames in 1080p.
    """
    from epochreel.cli.progress import progress
    from epochreel.files import check_writable
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.lecture import trained_film
    from epochreel.products.plan import Film
    from epochreel.products.stills import SHEET, make_stills, stills_folder
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from epochreel.work.clips import Drawing
    from epochreel.work.events import within
    from epochreel.work.executors import workers_of
    from epochreel.work.store import Store

    names = selected(only)
    loaded = load(lecture, settings, language, theme)
    store = Store()
    folder = out or stills_folder(store, loaded, names)
    check_writable(folder / SHEET, "--out" if out else "the sheet")
    drawing = Drawing(QUALITIES["high"])
    with (
        progress(talk) as listen,
        workers_of(scheduler, jobs, store, listen, talk.all) as workers,
    ):
        if record:
            film = Film(Show(load_record(record), loaded), drawing, folder, names)
        else:
            part = within(listen, 0, TRAINED)
            film = trained_film(loaded, drawing, folder, names, store, workers, part)
        part = within(listen, 0 if record else TRAINED, 1)
        pictures = make_stills(film, store, workers, part)
    count = "1 picture" if len(pictures) == 1 else f"{len(pictures)} pictures"
    click.echo(f"epochreel: {count} and a sheet in {folder}", err=True)
    click.echo(folder / SHEET)
