"""`render`: a film of a lecture or of a record, from Python."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from epochreel.errors import BadSetting, shown
from epochreel.lecture.settings import ThemeName
from epochreel.lecture.table import suggestion
from epochreel.lecture.video import QUALITIES
from epochreel.products.film import make_film
from epochreel.products.lecture import trained_film
from epochreel.products.place import check_film
from epochreel.products.plan import Film, film_path
from epochreel.python.shown import RenderedFilm
from epochreel.python.wanted import Source, wanted_of
from epochreel.python.working import working
from epochreel.record.view import Show
from epochreel.work.clips import Drawing
from epochreel.work.events import diverged, within
from epochreel.work.store import Store
from scenes.stage.catalogue import check_names

TRAINED = 0.15  # of the time, when drawing begins


def render(
    what: Source,
    *,
    settings: Mapping[str, Any] | None = None,
    only: str | Sequence[str] = (),
    quality: str = "medium",
    language: str | None = None,
    theme: ThemeName | None = None,
    out: str | os.PathLike[str] | None = None,
) -> RenderedFilm:
    """Train if need be, draw, and join one film, which a notebook shows with its captions.

        >>> from epochreel import render
        >>> film = render("loss_function", settings={"training.epochs": 20},
        ...               only="title", quality="draft", language="en")
        >>> film.path.name
        'loss_function.en.draft.only-title.epochs-20.mp4'

    What was trained or drawn before with the same settings is used again, so that a call after
    one that was interrupted goes on from there.

    Args:
        what: a lecture's file, or the name of one that ships, or a loaded one; or a record, which
            is drawn as it is: its file, whose name ends in .json, or a loaded one. It is called
            what its file is called, unless settings say it: `{"words.en.lesson": "My network"}`.
        settings: values by key: `{"training.learning_rate": 0.05, "model.layers[0].units": 8}`.
        only: the scenes wanted, or beats of them as `scene/beat`; all if not given.
        quality: draft, low, medium, high or 4k. A notebook holds every film that it shows, the
            lecture `loss_function` with 14 MB in medium (720p30) and 21 MB in high (1080p60).
        language: of the words on screen, such as zh or en; the lecture's own if not given.
        theme: paper or night; the lecture's own if not given.
        out: where the film goes; into the folder `media` if not given, under a name that tells
            it from those with other settings.

    Raises:
        EpochreelError: something cannot be used as it is; the message says what was found and
            what to do.
    """
    look = {"film.language": language, "film.theme": theme}
    said = {key: value for key, value in look.items() if value is not None}
    names = [only] if isinstance(only, str) else [*only]
    check_names(names)
    _check_quality(quality)
    wanted = wanted_of(what, {**(settings or {}), **said})
    drawing = Drawing(QUALITIES[quality])
    store = Store(Store().root.absolute())  # the caller may go to another folder
    path = film_path(store, wanted.lecture, quality, names, shows=wanted.mark)
    path = path if out is None else Path(out).absolute()
    check_film(path, "the film" if out is None else "out")
    with working(store) as (listen, workers):
        if wanted.record:
            film, rest = Film(Show(wanted.record, wanted.lecture), drawing, path, names), listen
        else:
            part, rest = within(listen, 0, TRAINED), within(listen, TRAINED, 1)
            film = trained_film(wanted.lecture, drawing, path, names, store, workers, part)
        make_film(film, store, workers, rest)
        if film.show.record.diverged_at is not None:
            listen(diverged(film.show.record.diverged_at))
    return RenderedFilm(path, film, store)


def _check_quality(quality: str) -> None:
    if quality not in QUALITIES:
        raise BadSetting(
            f"There is no quality {shown(quality)}.{suggestion(str(quality), [*QUALITIES])}",
            field="quality",
            value=quality,
        )
