"""`epochreel slides`: a PowerPoint deck, new or one that is there."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from epochreel.cli.options import NARRATION, QUALITY, check_named, selected
from epochreel.cli.say import say_divergence, say_filled, say_made
from epochreel.cli.wanted import Wanted, Work, of_a_film

if TYPE_CHECKING:
    from epochreel.products.filling import Source
    from epochreel.products.plan import FilmPlan
    from epochreel.products.slides import Layout
    from epochreel.work.clips import Drawing

TRAINED = 0.15  # of the time, when drawing begins


@click.command(short_help="Make a PowerPoint deck, or exchange the clips in yours.")
@of_a_film
@QUALITY
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="Make a new deck; in media/slides if nothing is said.",
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
    metavar="DECK",
    help="With --into: write the filled deck here, and leave yours.",
)
@click.option(
    "--marks",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="List the marks of a deck and what each becomes; change nothing.",
)
@NARRATION
@click.option("--full", is_flag=True, help="New deck: clips as large as the slide.")
@click.option("--autoplay", is_flag=True, help="New deck: clips play when their slide comes.")
@click.option(
    "--beats",
    metavar="SCENE,...",
    default="",
    help="New deck: all beats of these scenes on one slide each, a click for each beat.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="New deck: with the masters and layouts of this .pptx or .potx.",
)
@click.option(
    "--ratio",
    type=click.Choice(["16:9", "4:3"]),
    default="16:9",
    show_default=True,
    help="New deck: the shape of its slides.",
)
def slides(
    wanted: Wanted,
    quality: str,
    to: Path | None,
    into: Path | None,
    out: Path | None,
    marks: Path | None,
    narration: Path | None,
    beats: str,
    **looks: Any,
) -> None:
    """Make a PowerPoint deck, or exchange the clips in yours; print its path.

    A new deck has a slide for each beat: its clip starts from the frame that the slide before
    ended on, and has the caption as notes, as closed captions in each language and in its
    alternative text. Scenes are sections.

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
      epochreel slides my_lecture.toml --to deck.pptx
      epochreel slides my_lecture.toml --into talk.pptx
      epochreel slides my_lecture.toml --marks talk.pptx
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    if sum(map(bool, (to, into, marks))) > 1:
        raise click.UsageError("Give one of --to, --into and --marks.")
    if out and not into:
        raise click.UsageError("--out goes with --into.")
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.clips import check_plays_everywhere
    from epochreel.products.plan import name_marks
    from epochreel.products.slides import Layout
    from epochreel.work.clips import Drawing
    from epochreel.work.store import Store

    layout = Layout(stacked=tuple(selected(beats)), **looks)
    if (into or marks) and layout != Layout():
        raise click.UsageError(
            "--full, --autoplay, --beats, --template and --ratio are for a new deck, --to."
        )
    check_plays_everywhere(QUALITIES[quality], quality)
    wanted.check_narration(narration)
    drawing = Drawing(QUALITIES[quality])
    if marks:
        _list(wanted, drawing, marks)
    elif into:
        _fill(wanted, drawing, into, out, narration)
    else:
        shows = "narrated" if narration else ""
        marks_in_name = name_marks(wanted.lecture, quality, wanted.only, shows=shows)
        deck = to or Store().deck(wanted.lecture.name, *marks_in_name)
        _make(wanted, drawing, deck, layout, narration)


def _make(
    wanted: Wanted, drawing: "Drawing", deck: Path, layout: "Layout", narration: Path | None
) -> None:
    from epochreel.products.narration import narrated
    from epochreel.products.slides import check_as_written, make_deck

    check_named(deck, "--to", ".pptx")
    check_as_written(deck)
    started = time.perf_counter()
    with wanted.work() as work:
        film, listen = wanted.film(drawing, deck, work, TRAINED)
        plan = make_deck(narrated(film, narration), layout, work.store, work.workers, listen)
    say_divergence(film.show.record.diverged_at)
    megabytes = deck.stat().st_size / 1e6
    say_made(plan, time.perf_counter() - started, f"deck of {megabytes:.1f} MB: {deck}")
    click.echo(deck)


def _fill(
    wanted: Wanted, drawing: "Drawing", deck: Path, out: Path | None, narration: Path | None
) -> None:
    from epochreel.products.filling import check_marks, check_target, fill_deck, read_marks
    from epochreel.work.events import within

    target = out or deck
    source = read_marks(deck)
    check_named(target, "--out" if out else "--into", deck.suffix.lower())
    check_target(deck, target)
    started = time.perf_counter()
    with wanted.work() as work:
        # A mark that names nothing is found before anything is trained.
        plans = _plans(source, wanted, drawing, work, narration=narration)
        check_marks(source, plans)
        if any(plan.film.record and plan.film.record.missing for plan in plans.values()):
            plans = _plans(source, wanted, drawing, work, True, narration)
        listen = within(work.listen, TRAINED, 1)
        filled = fill_deck(source, plans, wanted.only, target, work.store, work.workers, listen)
    for plan in plans.values():
        say_divergence(plan.film.show.record.diverged_at)
    say_filled(filled, target, time.perf_counter() - started)
    click.echo(target)


def _list(wanted: Wanted, drawing: "Drawing", deck: Path) -> None:
    from epochreel.products.filling import listed, read_marks
    from epochreel.work.store import Store

    source = read_marks(deck)
    with tempfile.TemporaryDirectory() as elsewhere, wanted.work(Store(Path(elsewhere))) as work:
        plans = _plans(source, wanted, drawing, work)
    for line in listed(source, plans):
        click.echo(line)


def _plans(
    source: "Source",
    wanted: Wanted,
    drawing: "Drawing",
    work: Work,
    trained: bool = False,
    narration: Path | None = None,
) -> "dict[str | None, FilmPlan]":
    """Of each lecture that the marks name what its film consists of."""
    from epochreel.products.filling import lecture_beside
    from epochreel.products.narration import narrated
    from epochreel.products.plan import plan_film

    path = work.store.root / "slides" / "marks"  # nothing lies there: each film is a new one
    plans = {}
    for name in source.lectures:
        lecture = wanted.of(name and lecture_beside(source.path, name))
        if trained:
            film, _ = lecture.film(drawing, path, work, TRAINED)
        else:
            film = lecture.expected_film(drawing, path, work.store)
        if name is None:
            film = narrated(film, narration)
        plans[name] = plan_film(film, work.store, work.workers, work.listen)
    return plans
