"""The film of a show: a clip for each beat, joined, with subtitles inside and beside it."""

import os
import time
from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

from epochreel.record.view import Show
from epochreel.work import ingredients
from epochreel.work.clips import Clip, Drawing, clips_of, drawing_code
from epochreel.work.code import code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener, within
from epochreel.work.store import State, Store, digest_of, put, state_of
from epochreel.work.workers import Workers
from scenes.drawing.words import PHRASES
from scenes.stage.catalogue import Entry, scenes_of

JOINED = 0.97  # how much of the time is over when joining begins


def make_film(
    show: Show,
    drawing: Drawing,
    path: Path,
    store: Store,
    listen: Listener,
    *,
    only: Sequence[str] = (),
    jobs: int | None = None,
) -> Path:
    """Draw the beats that have no whole clip, join all of them, return the film's path.

    Args:
        only: names of scenes; by default all that have something to show.
        jobs: processes that draw; by default one per core.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
    """
    entries = scenes_of(show, only)
    jobs = jobs or os.cpu_count() or 1
    return until_unedited(
        lambda: _make_film(entries, show, drawing, path, store, listen, jobs), listen
    )


def subtitles_of(film: Path) -> tuple[Path, Path]:
    """The files with its subtitles: .srt and .vtt."""
    return film.with_suffix(".srt"), film.with_suffix(".vtt")


def _make_film(
    entries: Sequence[Entry],
    show: Show,
    drawing: Drawing,
    path: Path,
    store: Store,
    listen: Listener,
    jobs: int,
) -> Path:
    codes = {entry.name: drawing_code(entry.name) for entry in entries}
    made_from = _ingredients(entries, show, drawing, codes)
    state = state_of(path, made_from)
    if state is State.WHOLE:
        return path
    if state is State.DAMAGED:
        listen(Event(f"the film {path} is damaged; joining it again", warning=True))
    names = [entry.name for entry in entries]
    with store.scratch() as scratch:
        with Workers(jobs, show, listen) as workers:
            part = within(listen, 0, JOINED)
            clips = clips_of(names, show, drawing, codes, store, workers, scratch, part)
        listen(Event("joining", share=JOINED))
        started = time.perf_counter()
        made = _join(clips, entries, show, drawing, scratch / "film.mp4")
        put(
            dict(zip((path, *subtitles_of(path)), made)),
            made_from,
            clips=[clip.path.name for clip in clips],
        )
    listen(Event("joined", share=1, seconds=time.perf_counter() - started))
    return path


def _join(
    clips: Sequence[Clip], entries: Sequence[Entry], show: Show, drawing: Drawing, film: Path
) -> tuple[Path, Path, Path]:
    """The film and its subtitles in the folder of `film`."""
    # With PyAV: where nothing has changed, nothing of it is loaded.
    from epochreel.products.captions import cues_of, subrip, webvtt
    from epochreel.products.join import frame_count, join

    chapters = {entry.name: entry.titles[show.language] for entry in entries}
    said = [(clip.caption, chapters[clip.scene], frame_count(clip.path)) for clip in clips]
    cues = cues_of(said, Fraction(drawing.video.frame_rate))
    join(
        [clip.path for clip in clips],
        cues,
        film,
        video=drawing.video,
        title=show.fields["lesson"],
        language=show.language,
    )
    srt, vtt = subtitles_of(film)
    srt.write_text(subrip(cues), encoding="utf-8", newline="\n")
    vtt.write_text(webvtt(cues), encoding="utf-8", newline="\n")
    return film, srt, vtt


def _ingredients(
    entries: Sequence[Entry], show: Show, drawing: Drawing, codes: dict[str, str]
) -> dict[str, str]:
    """What the film depends on, known without loading Manim: all that any beat may draw."""
    fields = dict(show.fields)
    fields |= {f"hyperparameters.{k}": v for k, v in fields.pop("hyperparameters").items()}
    return {
        "scenes": ", ".join(f"{entry.name} ({entry.titles[show.language]})" for entry in entries),
        "language": show.language,
        "words": digest_of(asdict(PHRASES[show.language])),
        **ingredients.of_values(fields, "record"),
        **ingredients.of_drawing(drawing.video, drawing.engine, show.theme),
        **{f"code.{name}": code for name, code in codes.items()},
        "code": code_on_disk(("epochreel.products.join", "epochreel.products.captions")),
    }
