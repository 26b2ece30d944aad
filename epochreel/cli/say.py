"""What a command tells on stderr when it has ended; stdout is for paths."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochreel.errors import shown
from epochreel.files import DISK_FULL
from epochreel.work.events import diverged
from epochreel.work.store import State

if TYPE_CHECKING:
    from epochreel.products.filling import Filled
    from epochreel.products.plan import FilmPlan


def message_of(error: Exception) -> str:
    """What a user reads of an error."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in DISK_FULL:
        return (
            "the disk is full. Make room (epochreel clean removes what no lecture needs) and run "
            "this again; finished clips are kept."
        )
    place = f"{shown(Path(str(error.filename)))}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def say_divergence(epoch: int | None) -> None:
    """Tell that a run diverged, if it did."""
    if epoch is not None:
        click.echo(diverged(epoch).line, err=True)


def say_made(plan: "FilmPlan", seconds: float, made: str = "") -> None:
    """Tell in one line what there was to do, and what was made: the film, if nothing is said."""
    done = _done(plan) or ["" if plan.state is State.WHOLE else "written"]
    said = f"{'; '.join(done)} ({seconds:.1f} s)" if any(done) else "nothing to do"
    click.echo(f"epochreel: {said}; {made or f'film: {plan.film.path}'}", err=True)


def say_filled(filled: "Filled", deck: Path, seconds: float) -> None:
    """Tell what became of a deck and of its marks."""
    for change in filled.changes:
        if change.what == "removed":
            click.echo(
                f"epochreel: slide {change.number} is gone: there is no {change.mark.name} any "
                "more",
                err=True,
            )
    done = [*dict.fromkeys(each for plan in filled.plans.values() for each in _done(plan))]
    slides = {change.number for change in filled.changes if change.what == "filled"}
    marks = sum(change.what == "filled" for change in filled.changes)
    done.append(f"filled {_count(marks, 'mark')} on {_count(len(slides), 'slide')}")
    said = f"{'; '.join(done)} ({seconds:.1f} s)" if filled.written else "nothing to change"
    click.echo(f"epochreel: {said}; deck: {deck}", err=True)
    if filled.backup:
        click.echo(f"epochreel: as it was before: {filled.backup}", err=True)


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _done(plan: "FilmPlan") -> list[str]:
    done = []
    if plan.film.record and plan.film.record.missing:
        done.append("trained")
    if plan.missing:
        done.append(f"drew {len(plan.missing)} of {len(plan.clips)} clips")
    elif plan.clips:
        done.append("drew nothing, joined what is there")
    return done
