"""The film of a show: a clip for each beat, crossfades between scenes, joined, with subtitles."""

import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from epochreel.products.captions import Cue, cues_of, subrip, webvtt
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.work.clips import draw_clips
from epochreel.work.crossfades import make_crossfades
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener, within
from epochreel.work.store import State, Store, put
from epochreel.work.workers import Workers

# How much of the time is over when drawing, crossfades and joining begin.
PLANNED, DRAWN, JOINED = 0.06, 0.9, 0.97


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
    """Draw and make what a plan says is missing, and join the film.

    Raises:
        StaleCode: the code that draws was edited since it was planned.
    """
    if plan.state is State.WHOLE:
        return
    make_pieces(plan, store, workers, within(listen, 0, JOINED))
    film = plan.film
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
            **made_of(plan),
        )
    listen(Event("joined", share=1, seconds=time.perf_counter() - started))


def make_pieces(plan: FilmPlan, store: Store, workers: Workers, listen: Listener) -> None:
    """Draw the clips and make the crossfades that a plan says are missing.

    Raises:
        StaleCode: the code of them was edited since it was planned.
    """
    film, part = plan.film, within(listen, 0, DRAWN)
    draw_clips(plan.missing, plan.codes, film.shared, film.drawing, store, workers, part)
    part = within(listen, DRAWN, 1)
    make_crossfades(plan.missing_crossfades, film.drawing, store, workers, part)


def made_of(plan: FilmPlan) -> dict[str, Any]:
    """What a film's manifest says that the film was joined from, which is kept as long as it is."""
    record = plan.film.record
    return {
        "clips": [planned.path.name for planned in plan.clips],
        "crossfades": [planned.path.name for planned in plan.crossfades],
        "record": record.path.name if record else None,
    }


def subtitles_of(film: Path) -> tuple[Path, Path]:
    """The files with its subtitles: .srt and .vtt."""
    return film.with_suffix(".srt"), film.with_suffix(".vtt")


def join_film(plan: FilmPlan, path: Path, listen: Listener) -> list[Cue]:
    """Join the clips and crossfades of a plan as a film at `path`; give a caption for each clip.

    All of them are there. What was said before a crossfade is read until the next scene begins,
    and so goes its chapter.
    """
    # With PyAV: where nothing has changed, nothing of it is loaded.
    from epochreel.products.join import Piece, join
    from epochreel.products.narration import sounds_of

    show, video = plan.film.show, plan.film.drawing.video
    sounds = sounds_of(plan, listen)
    behind = {planned.before.clip.name: planned.path for planned in plan.crossfades}
    pieces, said = [], []
    for planned in plan.clips:
        clip = planned.clip
        shown = [Piece.of(planned.path, video.frame_rate, sounds.get(clip.name))]
        if clip.name in behind:
            shown.append(Piece.of(behind[clip.name], video.frame_rate))
        said.append((clip.caption, clip.chapter, sum(piece.frames for piece in shown)))
        pieces += shown
    cues = cues_of(said, Fraction(video.frame_rate))
    join(
        pieces,
        path,
        video=video,
        title=show.fields["lesson"],
        language=show.language,
        cues=cues,
    )
    return cues
