"""`epochreel still`: pictures of a film before it is made."""

from pathlib import Path

import click

from epochreel.cli.wanted import Wanted, of_a_film

TRAINED = 0.5  # of the time, when drawing begins


@click.command(short_help="Draw how every beat ends, on one sheet.")
@of_a_film
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the pictures.")
def still(wanted: Wanted, out: Path | None) -> None:
    """Draw how every beat ends, and a sheet of all with their captions; print the sheet's path.

    Takes seconds: a look at a film before its video is paid for. The pictures are the film's own
    frames in 1080p.
    """
    from epochreel.files import check_writable
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.stills import SHEET, make_stills, stills_folder
    from epochreel.work.clips import Drawing
    from epochreel.work.store import Store

    folder = out or stills_folder(Store(), wanted.lecture, wanted.only)
    check_writable(folder / SHEET, "--out" if out else "the sheet")
    with wanted.work() as work:
        film, listen = wanted.film(Drawing(QUALITIES["high"]), folder, work, TRAINED)
        pictures = make_stills(film, work.store, work.workers, listen)
    count = "1 picture" if len(pictures) == 1 else f"{len(pictures)} pictures"
    click.echo(f"epochreel: {count} and a sheet in {folder}", err=True)
    click.echo(folder / SHEET)
