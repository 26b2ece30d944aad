"""A page for students: the film with its captions, and the record to look through."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from epochreel.products.film import join_film, made_of, make_pieces
from epochreel.products.footage import footage_ingredients, said_of
from epochreel.products.one_file import check_ours
from epochreel.products.plan import Film, FilmPlan, film_ingredients, plan_film
from epochreel.products.posters import make_posters, posters_of
from epochreel.products.web.colors import colors_of_all
from epochreel.products.web.data import page_data
from epochreel.products.web.document import asset, assets_digest, document
from epochreel.work.code import code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener, within
from epochreel.work.store import State, Store, put, state_of
from epochreel.work.workers import Workers

BODY = "page.html"
STYLES = ("page.css",)
SCRIPTS = (
    *("held.js", "numbers.js", "elements.js", "state.js", "network.js", "rows.js", "matrices.js"),
    *("curve.js", "film.js", "player.js", "wording.js", "page.js"),
)
PLANNED, DRAWN, JOINED = 0.06, 0.9, 0.97  # of the time, when each begins to be over


def make_page(
    film: Film, with_film: bool, store: Store, workers: Workers, listen: Listener
) -> FilmPlan:
    """Make the page `film.path`, one file; gives what there was to do.

    Args:
        with_film: whether the film is in it, or the record alone.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
        BadOutput: the page that is there is not as epochreel wrote it.
    """
    check_ours(film.path, "--to")
    more = {
        **film.more,
        **footage_ingredients(film.show),
        "page": code_on_disk(("epochreel.products.web.page",)),
        "page.assets": assets_digest((BODY, *STYLES, *SCRIPTS)),
        "page.film": str(with_film),
    }
    film = replace(film, more=more)
    make = _make_with_film if with_film else _make_without_film
    return until_unedited(lambda: make(film, store, workers, listen), listen)


def _make_without_film(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    made_from = film_ingredients(film, {})
    plan = FilmPlan(film, made_from, {}, state_of(film.path, made_from))
    if plan.state is not State.WHOLE:
        _put(plan, _page(film, None, {}), store)
        listen(Event("written", share=1))
    return plan


def _make_with_film(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
    if plan.state is State.WHOLE:
        return plan
    make_pieces(plan, store, workers, within(listen, PLANNED, DRAWN))
    # It waits with the picture on which the first beat ends: the one it starts from is empty.
    opening = replace(plan, clips=plan.clips[:1])
    make_posters(opening, store, workers, within(listen, DRAWN, JOINED))
    with store.scratch() as scratch:
        path = scratch / "film.mp4"
        told = _told(plan, path, workers, listen)
        poster = posters_of(plan.clips[0])[1].read_bytes()
        media = {"poster": poster, "film-file": path.read_bytes()}
        _put(plan, _page(film, told, media), store)
    listen(Event("written", share=1))
    return plan


def _told(plan: FilmPlan, path: Path, workers: Workers, listen: Listener) -> dict[str, Any]:
    """What the page says of the film that is joined at `path`: captions and chapters with times."""
    cues = join_film(plan, path, listen)
    said = said_of(plan, workers, listen)
    names = [planned.clip.name for planned in plan.clips]
    chapters = []
    for scene, beats in groupby(enumerate(names), key=lambda beat: beat[1].partition("/")[0]):
        places = [at for at, _ in beats]
        titles = {language: each.chapters[scene] for language, each in said.items()}
        chapters.append({"titles": titles, "from": places[0], "to": places[-1] + 1})
    return {
        "starts": [cue.start / 1000 for cue in cues],
        "ends": [cue.end / 1000 for cue in cues],
        "captions": {
            language: [each.captions[name] for name in names] for language, each in said.items()
        },
        "chapters": chapters,
    }


def _page(film: Film, told: Mapping[str, Any] | None, media: Mapping[str, bytes]) -> str:
    show = film.show
    scripts = "\n".join(map(asset, SCRIPTS))
    return document(
        title=show.fields["lesson"],
        language=show.language,
        styles=[colors_of_all(show.theme), *map(asset, STYLES)],
        body=asset(BODY),
        data={"data": {**page_data(show), "film": told}},
        scripts=[f'(() => {{\n"use strict";\n{scripts}}})();'],
        media=media,
    )


def _put(plan: FilmPlan, page: str, store: Store) -> None:
    film = plan.film
    with store.scratch() as scratch:
        made = scratch / "page.html"
        made.write_text(page, encoding="utf-8", newline="\n")
        put(
            {film.path: made},
            plan.made_from,
            **made_of(plan),
        )
