"""`epochreel slides`: slides for PowerPoint, a browser or another tool."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from epochreel.cli.into import TRAINED, fill, list_marks
from epochreel.cli.options import NARRATION, QUALITY, selected
from epochreel.cli.say import say_divergence, say_made
from epochreel.cli.wanted import Wanted, of_a_film

if TYPE_CHECKING:
    from epochreel.products.clip_folder import Kind
    from epochreel.products.plan import FilmPlan
    from epochreel.products.slides import Layout
    from epochreel.work.clips import Drawing

TOOLS = ("beamer", "manim-slides", "quarto", "marp")


@dataclass(frozen=True)
class Deck:
    """A deck that is wanted.

    Attributes:
        path: its file, or the first one of its folder.
        make: makes it of a film whose path that is, with `store`, `workers` and `listen`.
        folder: whether it is a folder.
    """

    path: Path
    make: "Callable[..., FilmPlan]"
    folder: bool = False


@click.command(short_help="Make slides for PowerPoint, a browser or other tools.")
@of_a_film
@QUALITY
@click.option(
    "--to",
    metavar="DECK.pptx|DECK.html|FOLDER|TOOL",
    help="Make a new deck: for PowerPoint, in media/slides if nothing is said; for a browser, one "
    "file or a folder with clips beside; or for a tool: beamer, manim-slides, quarto, marp.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="Put clips into a deck of yours, where it has marks. The first time a copy is kept.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DECK|FOLDER",
    help="With --into: write the filled deck here, and leave yours. With --to TOOL: the folder.",
)
@click.option(
    "--marks",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="List the marks of a deck and what each becomes; change nothing.",
)
@NARRATION
@click.option("--full", is_flag=True, help="PowerPoint: clips as large as the slide.")
@click.option("--autoplay", is_flag=True, help="PowerPoint: clips play when their slide comes.")
@click.option(
    "--beats",
    metavar="SCENE,...",
    default="",
    help="PowerPoint: all beats of these scenes on one slide each, a click for each beat.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="PowerPoint: with the masters and layouts of this .pptx or .potx.",
)
@click.option(
    "--ratio",
    type=click.Choice(["16:9", "4:3"]),
    default="16:9",
    show_default=True,
    help="PowerPoint: the shape of its slides.",
)
def slides(
    wanted: Wanted,
    quality: str,
    to: str | None,
    into: Path | None,
    out: Path | None,
    marks: Path | None,
    narration: Path | None,
    beats: str,
    **looks: Any,
) -> None:
    """Make slides of a film, or exchange the clips in a deck of yours; print the path.

    A slide for each beat: its clip starts from the frame that the slide before ended on, and has
    the caption as notes, as closed captions in each language and in its alternative text.

    \b
      epochreel slides --to deck.pptx            PowerPoint
      epochreel slides --to deck.html            a browser: one file, no network
      epochreel slides --to talk                 the same, clips as files, and sections to paste
      epochreel slides --to beamer --out talk    or manim-slides, quarto, marp

    In a deck of yours, a shape becomes a clip whose alt text, or whose text, is a mark:

    \b
      epochreel:epochs/epoch-1             one beat
      epochreel:epochs                     a whole scene
      epochreel:*                          every beat: its slide is repeated
      epochreel:epochs/epoch-1?fit=cover   filling the shape, cropped
      epochreel:epochs/epoch-1?still       its last frame, as a picture
      epochreel:iris.toml#fit              of another lecture

    The mark stays in the shape's name. Run this again after a change, and clips, posters, captions
    and alternative texts are exchanged; all else in the deck is left as you made it.

    \b
      epochreel slides my_lecture.toml --into talk.pptx
      epochreel slides my_lecture.toml --marks talk.pptx
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    if sum(map(bool, (to, into, marks))) > 1:
        raise click.UsageError("Give one of --to, --into and --marks.")
    if out and not into and to not in TOOLS:
        raise click.UsageError(f"--out goes with --into, and with --to {', '.join(TOOLS)}.")
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.clips import check_plays_everywhere
    from epochreel.products.slides import Layout
    from epochreel.work.clips import Drawing

    layout = Layout(stacked=tuple(selected(beats)), **looks)
    new = not (into or marks) and (to or ".pptx").lower().endswith(".pptx")
    if layout != Layout() and not new:
        raise click.UsageError(
            "--full, --autoplay, --beats, --template and --ratio are for a new PowerPoint deck."
        )
    check_plays_everywhere(QUALITIES[quality], quality)
    wanted.check_narration(narration)
    drawing = Drawing(QUALITIES[quality])
    if marks:
        list_marks(wanted, drawing, marks)
    elif into:
        fill(wanted, drawing, into, out, narration)
    elif to in TOOLS:
        folder = out or _place(wanted, to, quality, narration)
        _make(wanted, drawing, _for_tool(wanted, to, folder), narration)
    else:
        path = Path(to) if to else _place(wanted, "pptx", quality, narration)
        _make(wanted, drawing, _deck(wanted, path, layout), narration)


def _make(wanted: Wanted, drawing: "Drawing", deck: Deck, narration: Path | None) -> None:
    from epochreel.products.narration import narrated

    started = time.perf_counter()
    with wanted.work() as work:
        film, listen = wanted.film(drawing, deck.path, work, TRAINED)
        film = narrated(film, narration)
        plan = deck.make(film, store=work.store, workers=work.workers, listen=listen)
    say_divergence(film.show.record.diverged_at)
    what = f"deck: {deck.path.parent}"
    if not deck.folder:
        what = f"deck of {deck.path.stat().st_size / 1e6:.1f} MB: {deck.path}"
    say_made(plan, time.perf_counter() - started, what)
    click.echo(deck.path)


def _place(wanted: Wanted, kind: str, quality: str, narration: Path | None) -> Path:
    """Where a deck goes if nothing is said."""
    from epochreel.products.plan import name_marks
    from epochreel.work.store import Store

    shows = "narrated" if narration else ""
    marks = name_marks(wanted.lecture, quality, wanted.only, shows=shows)
    return Store().deck(wanted.lecture.name, *marks, kind)


def _deck(wanted: Wanted, path: Path, layout: "Layout") -> Deck:
    """For PowerPoint or a browser, as the name says; looked at before anything slow."""
    from epochreel.errors import BadOutput
    from epochreel.products.one_file import check_ours
    from epochreel.products.place import check_named
    from epochreel.products.slides import check_as_written, make_deck
    from epochreel.products.web.talk import TALK, make_talk

    match path.suffix.lower():
        case ".pptx":
            check_named(path, "--to", ".pptx")
            check_as_written(path)
            return Deck(path, partial(make_deck, layout=layout))
        case ".html":
            check_named(path, "--to", ".html")
            check_ours(path, "--to")
            return Deck(path, make_talk)
        case "":
            return _folder(wanted, TALK, path, "--to")
    raise BadOutput(
        f"--to {path} must end in .pptx or .html, or be a folder, or one of {', '.join(TOOLS)}: "
        "what a deck is, its name says.",
        field="--to",
        value=path,
    )


def _for_tool(wanted: Wanted, tool: str, folder: Path) -> Deck:
    from epochreel.products.decks.beamer import BEAMER
    from epochreel.products.decks.manim_slides import MANIM_SLIDES
    from epochreel.products.decks.marp import MARP
    from epochreel.products.decks.quarto import QUARTO

    kinds = dict(zip(TOOLS, (BEAMER, MANIM_SLIDES, QUARTO, MARP)))
    return _folder(wanted, kinds[tool], folder, "--out")


def _folder(wanted: Wanted, kind: "Kind", folder: Path, option: str) -> Deck:
    from epochreel.files import check_writable
    from epochreel.products.clip_folder import make_clip_folder

    path = kind.path(folder, wanted.lecture.name)
    check_writable(path, option)
    return Deck(path, partial(make_clip_folder, kind=kind), folder=True)
