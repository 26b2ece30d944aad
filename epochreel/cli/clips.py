"""`epochreel clips`: a folder of clips."""

import time
from pathlib import Path

import click

from epochreel.cli.options import NARRATION, QUALITY
from epochreel.cli.say import say_divergence, say_made
from epochreel.cli.wanted import Wanted, of_a_film

TRAINED = 0.15  # of the time, when drawing begins


@click.command(short_help="Put every beat into a folder as a file of its own.")
@of_a_film
@QUALITY
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder for the clips.",
)
@click.option(
    "--format",
    "format",
    type=click.Choice(["mp4", "webm", "mov", "gif", "png"]),
    default="mp4",
    show_default=True,
    help="mp4 plays everywhere; webm (VP9) for browsers; mov (ProRes 4444) for Keynote; gif, at "
    "most 960x540 at 20 frames a second and 10 MB; png, the last frame.",
)
@click.option("--transparent", is_flag=True, help="Leave the page out; for webm, mov and png.")
@NARRATION
def clips(
    wanted: Wanted,
    quality: str,
    folder: Path,
    format: str,
    transparent: bool,
    narration: Path | None,
) -> None:
    """Put every beat into a folder as a file of its own; print the path of a page to look at.

    A file's name tells scene and beat and sorts as the film goes: 06-epochs-03-epoch-2.mp4. Beside
    the clips lie posters of their first and last frames, index.json for programs (scene, beat,
    file, seconds, frames, captions, alternative text) and index.html to look through. Files of an
    earlier run are replaced, your own are not touched.

    \b
      epochreel clips --to clips
      epochreel clips my_lecture.toml --to clips --only epochs,fit
      epochreel clips --to clips --format webm --transparent --quality medium
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    from epochreel.files import check_writable
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.clip_folder import make_clip_folder
    from epochreel.products.clips import CLIPS, INDEX, PAGE, drawing_for
    from epochreel.products.narration import narrated

    if narration and format != "mp4":
        raise click.UsageError("--narration needs --format mp4, which has sound.")
    drawing = drawing_for(QUALITIES[quality], quality, format, transparent)
    check_writable(folder / INDEX, "--to")
    wanted.check_narration(narration)
    started = time.perf_counter()
    with wanted.work() as work:
        film, listen = wanted.film(drawing, folder / INDEX, work, TRAINED)
        film = narrated(film, narration)
        plan = make_clip_folder(film, CLIPS, work.store, work.workers, listen)
    say_divergence(film.show.record.diverged_at)
    say_made(plan, time.perf_counter() - started, f"clips: {folder}")
    click.echo(folder / PAGE)
