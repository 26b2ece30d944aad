"""A lecture's draft film, made again after each change: what changed first, then the whole."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from epochreel.lecture.settings import Lecture
from epochreel.lecture.video import QUALITIES
from epochreel.products.film import finish_film
from epochreel.products.lecture import trained_film
from epochreel.products.plan import FilmPlan, film_ingredients, film_path, plan_film
from epochreel.work.clips import Drawing, Planned
from epochreel.work.events import Listener, within
from epochreel.work.store import State, Store, state_of
from epochreel.work.workers import Workers
from scenes.stage.catalogue import SceneCode

QUALITY = "draft"
TRAINED, FIRST = 0.2, 0.4  # of the time, when drawing begins and when the changed scene is there


def make_draft(
    lecture: Lecture,
    only: Sequence[str],
    store: Store,
    trainer: Workers,
    drawers: Workers,
    listen: Listener,
    on_first: Callable[[Path], None],
    own: Sequence[SceneCode] = (),
) -> FilmPlan:
    """Train if need be, draw and join; gives what there was to do.

    Args:
        own: scenes of the lecturer's own.
        on_first: gets the film of the first scene that changed, as soon as that is there; not
            called where only one scene changed, since then the whole film is as quick.

    Raises:
        StaleCode: code was edited meanwhile.
    """
    path = film_path(store, lecture, QUALITY, only)
    drawing = Drawing(QUALITIES[QUALITY])
    part = within(listen, 0, TRAINED)
    film = trained_film(lecture, drawing, path, only, store, trainer, part, own)
    plan = plan_film(film, store, drawers, listen)
    rest = plan
    changed = [*dict.fromkeys(planned.clip.scene for planned in plan.missing)]
    if len(changed) > 1:
        first = _of_scene(plan, changed[0], film_path(store, lecture, QUALITY, changed[:1]))
        finish_film(first, store, drawers, within(listen, TRAINED, FIRST))
        on_first(first.film.path)
        rest = replace(plan, clips=tuple(_drawn(planned, changed[0]) for planned in plan.clips))
    finish_film(rest, store, drawers, within(listen, FIRST, 1))
    return plan


def _of_scene(plan: FilmPlan, scene: str, path: Path) -> FilmPlan:
    """The part of a plan that is one scene, as a film of its own."""
    film = replace(plan.film, path=path, only=[scene])
    codes = {plan.scene(scene): plan.codes[plan.scene(scene)]}
    made_from = film_ingredients(film, codes)
    clips = tuple(planned for planned in plan.clips if planned.clip.scene == scene)
    return FilmPlan(film, made_from, codes, state_of(path, made_from), clips)


def _drawn(planned: Planned, scene: str) -> Planned:
    return replace(planned, state=State.WHOLE) if planned.clip.scene == scene else planned
