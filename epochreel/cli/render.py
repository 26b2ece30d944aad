"""`epochreel render`: a lecture's film."""

import tempfile
import time
from pathlib import Path

import click

from epochreel.cli.options import NARRATION, OUT, QUALITY
from epochreel.cli.say import say_divergence, say_made
from epochreel.cli.wanted import Wanted, of_a_film

TRAINED = 0.15  # of the time, when drawing begins


@click.command(short_help="Train if need be, draw, and join one film.")
@of_a_film
@QUALITY
@OUT
@NARRATION
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
def render(
    wanted: Wanted,
    quality: str,
    out: Path | None,
    narration: Path | None,
    engine: str,
    dry_run: bool,
) -> None:
    """Train if need be, draw, and join one film; print its path.

    LECTURE is a lecture file, or the name of one that ships. The film carries a chapter per scene
    and a subtitle track, and has an .srt and a .vtt file beside it. What was trained or drawn
    before with the same settings is used again. A film of another quality or theme, or of some
    scenes only, has a name of its own.
    """
    from epochreel.cli.tree import tree_of
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.film import make_film
    from epochreel.products.narration import narrated
    from epochreel.products.place import check_film
    from epochreel.products.plan import film_path, plan_film
    from epochreel.work.clips import Drawing
    from epochreel.work.store import Store

    if narration and engine == "manim":
        raise click.UsageError("--narration needs --engine fast, whose clips can be held.")
    shows = "narrated" if narration else ""
    path = out or film_path(
        Store(), wanted.lecture, quality, wanted.only, engine=engine, shows=shows
    )
    check_film(path, "--out" if out else "the film")
    wanted.check_narration(narration)
    drawing = Drawing(QUALITIES[quality], engine)
    started = time.perf_counter()
    if dry_run:
        # It leaves nothing in the store, not even an empty folder.
        with (
            tempfile.TemporaryDirectory() as elsewhere,
            wanted.work(Store(Path(elsewhere))) as work,
        ):
            film = wanted.expected_film(drawing, path, work.store)
            plan = plan_film(narrated(film, narration), work.store, work.workers, work.listen)
        say_divergence(film.show.record.diverged_at)
        click.echo(tree_of(plan), nl=False)
        return
    with wanted.work() as work:
        film, listen = wanted.film(drawing, path, work, TRAINED)
        plan = make_film(narrated(film, narration), work.store, work.workers, listen)
    say_divergence(film.show.record.diverged_at)
    say_made(plan, time.perf_counter() - started)
    click.echo(path)
