"""Marks in a deck that is there: filled with clips, or listed."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochreel.cli.say import say_divergence, say_filled
from epochreel.cli.wanted import Wanted, Work

if TYPE_CHECKING:
    from epochreel.products.filling import Source
    from epochreel.products.plan import FilmPlan
    from epochreel.work.clips import Drawing

TRAINED = 0.15  # of the time, when drawing begins


def fill(
    wanted: Wanted, drawing: "Drawing", deck: Path, out: Path | None, narration: Path | None
) -> None:
    """Put clips where a deck has marks; print its path."""
    from epochreel.products.filling import check_marks, check_target, fill_deck, read_marks
    from epochreel.products.place import check_named
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


def list_marks(wanted: Wanted, drawing: "Drawing", deck: Path) -> None:
    """Print the marks of a deck and what each becomes."""
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
