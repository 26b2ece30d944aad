"""Products of all beats of a film that are one file: a deck, a talk, a page."""

from collections.abc import Callable, Sequence
from pathlib import Path

from epochreel.errors import BadOutput, shown
from epochreel.products.footage import Footage, draw_reel
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.work.edits import until_unedited
from epochreel.work.events import Listener, within
from epochreel.work.store import State, Store, describe, put, read_manifest
from epochreel.work.workers import Workers

PLANNED, DRAWN = 0.06, 0.95  # of the time, when drawing begins and ends

Write = Callable[[Sequence[Footage], Path], None]


def make_file(
    film: Film, write: Write, store: Store, workers: Workers, listen: Listener
) -> FilmPlan:
    """Make `film.path` of the film's beats, whole or not at all; gives what there was to do.

    Args:
        film: with all that the file is made from among its `more`.
        write: writes the footage to a path.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
    """

    def make() -> FilmPlan:
        plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
        if plan.state is not State.WHOLE:
            _put(plan, write, store, workers, within(listen, PLANNED, DRAWN))
        return plan

    return until_unedited(make, listen)


def check_ours(path: Path, option: str, instead: str = "") -> None:
    """Refuse to write over a file that somebody made or changed.

    Args:
        instead: a sentence on what else can be done.

    Raises:
        BadOutput: says so.
    """
    if not path.is_file():
        return
    manifest = read_manifest(path)
    if manifest is None or manifest["files"].get(path.name) != describe(path):
        raise BadOutput(
            f"{shown(path)} was made or changed by somebody else; it is left as it is. {instead}"
            f"{'Or give' if instead else 'Give'} {option} another name.",
            field=option,
            value=path,
        )


def _put(plan: FilmPlan, write: Write, store: Store, workers: Workers, listen: Listener) -> None:
    film = plan.film
    with store.scratch() as scratch:
        reel = draw_reel(plan, scratch, store, workers, listen)
        made = scratch / f"made{film.path.suffix}"
        write(reel.beats(), made)
        put(
            {film.path: made},
            plan.made_from,
            clips=[planned.path.name for planned in plan.clips],
            record=film.record.path.name if film.record else None,
        )
