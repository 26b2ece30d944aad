"""`epochreel page`: a page for students."""

import time
from pathlib import Path

import click

from epochreel.cli.options import NARRATION, QUALITY
from epochreel.cli.say import say_divergence, say_made
from epochreel.cli.wanted import Wanted, of_a_film

TRAINED = 0.15  # of the time, when drawing begins


@click.command(short_help="Make a page for students: the film, and every epoch to look through.")
@of_a_film
@QUALITY
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="PAGE",
    help="The page; in media/pages if nothing is said.",
)
@NARRATION
@click.option("--no-film", is_flag=True, help="Only what can be looked through: a small page.")
def page(
    wanted: Wanted, quality: str, to: Path | None, narration: Path | None, no_film: bool
) -> None:
    """Make a page for students, one HTML file that needs no network; print its path.

    On top the film, with chapters and captions; below it the network, all its parameters,
    predictions, residuals and the loss at any recorded epoch. A weight that is pointed at shows its
    value over all epochs, and a sample that is picked is followed through the network. The address
    keeps what is shown: page.html#epoch=5&row=3.

    \b
      epochreel page my_lecture.toml --to page.html
      epochreel page my_lecture.toml --to page.html --no-film
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.narration import narrated
    from epochreel.products.one_file import check_ours
    from epochreel.products.place import check_named
    from epochreel.products.plan import name_marks
    from epochreel.products.web.page import make_page
    from epochreel.work.clips import Drawing
    from epochreel.work.store import Store

    if narration and no_film:
        raise click.UsageError("--narration is for the film, which --no-film leaves out.")
    shows = "no-film" if no_film else "narrated" if narration else ""
    marks = name_marks(wanted.lecture, quality, wanted.only, shows=shows)
    path = to or Store().page(wanted.lecture.name, *marks)
    check_named(path, "--to", ".html")
    check_ours(path, "--to")
    wanted.check_narration(narration)
    started = time.perf_counter()
    with wanted.work() as work:
        film, listen = wanted.film(Drawing(QUALITIES[quality]), path, work, TRAINED)
        film = narrated(film, narration)
        plan = make_page(film, not no_film, work.store, work.workers, listen)
    say_divergence(film.show.record.diverged_at)
    megabytes = path.stat().st_size / 1e6
    say_made(plan, time.perf_counter() - started, f"page of {megabytes:.1f} MB: {path}")
    click.echo(path)
