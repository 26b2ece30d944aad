"""The film of a show: a clip for each beat, joined, with subtitles inside and beside it."""

import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from epochreel.products.captions import Cue, cues_of, subrip, webvtt
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.work.clips import draw_clips
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener, within
from epochreel.work.store import State, Store, put
from epochreel.work.workers import Workers

if TYPE_CHECKING:
    from epochreel.products.join import Piece

PLANNED, JOINED = 0.06, 0.97  # how much of the time is over when drawing and joining begin


def make_film(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    """Draw the beats that have no whole clip, and join all; gives what there was to do.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
    """

    def make() -> FilmPlan:
        plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
        finish_film(plan, store, workers, within(listen, PLANNED, 1))
        return plan

    return until_unedited(make, listen)


def finish_film(plan: FilmPlan, store: Store, workers: Workers, listen: Listener) -> None:
    """Draw what a plan says is missing, and join the film.

    Raises:
        StaleCode: the code that draws was edited since it was planned.
    """
    if plan.state is State.WHOLE:
        return
    film, part = plan.film, within(listen, 0, JOINED)
    draw_clips(plan.missing, plan.codes, film.shared, film.drawing, store, workers, part)
    listen(Event("joining", share=JOINED))
    started = time.perf_counter()
    with store.scratch() as scratch:
        path = scratch / "film.mp4"
        cues = join_film(plan, path, listen)
        files = (path, *subtitles_of(path))
        for file, text in zip(files[1:], (subrip(cues), webvtt(cues))):
            file.write_text(text, encoding="utf-8", newline="\n")
        put(
            dict(zip((film.path, *subtitles_of(film.path)), files)),
            plan.made_from,
            clips=[planned.path.name for planned in plan.clips],
            record=film.record.path.name if film.record else None,
        )
    listen(Event("joined", share=1, seconds=time.perf_counter() - started))


def subtitles_of(film: Path) -> tuple[Path, Path]:
    """The files with its subtitles: .srt and .vtt."""
    return film.with_suffix(".srt"), film.with_suffix(".vtt")


def join_film(plan: FilmPlan, path: Path, listen: Listener) -> list[Cue]:
    """Join the clips of a plan, all of them drawn, as a film at `path`; give its captions."""
    # With PyAV: where nothing has changed, nothing of it is loaded.
    from epochreel.products.join import Piece, join
    from epochreel.products.narration import sounds_of

    show, video = plan.film.show, plan.film.drawing.video
    sounds = sounds_of(plan, listen)
    pieces = [
        Piece.of(planned.path, video.frame_rate, sounds.get(planned.clip.name))
        for planned in plan.clips
    ]
    cues = cues_of(_said(plan, pieces), Fraction(video.frame_rate))
    join(
        pieces,
        path,
        video=video,
        title=show.fields["lesson"],
        language=show.language,
        cues=cues,
    )
    return cues


def _said(plan: FilmPlan, pieces: "Sequence[Piece]") -> list[tuple[str, str, int]]:
    """Of each clip the caption, the chapter and for how many frames it is shown."""
    return [
        (planned.clip.caption, planned.clip.chapter, piece.frames)
        for planned, piece in zip(plan.clips, pieces, strict=True)
    ]
