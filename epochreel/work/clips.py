"""The beats of a show as clips: what is missing is drawn, what is there and whole is used."""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from epochreel.errors import StaleCode
from epochreel.lecture.video import Video
from epochreel.record.view import Show
from epochreel.work import ingredients
from epochreel.work.code import code_loaded, code_on_disk
from epochreel.work.events import Event, Listener, within
from epochreel.work.store import State, Store, key_of, put, state_of
from epochreel.work.workers import Workers

PLANNED = 0.06  # of the time that drawing takes


@dataclass(frozen=True)
class Drawing:
    """How pictures are drawn: their size and rate, and the renderer."""

    video: Video
    engine: str = "fast"


@dataclass(frozen=True)
class Clip:
    """One beat as film: where it lies, what is said in it, how long it plays."""

    scene: str
    beat: str
    caption: str
    seconds: float
    made_from: dict[str, str]
    path: Path


def drawing_code(scene: str) -> str:
    """A digest of the code that draws a scene, as the files say now."""
    return code_on_disk(_modules(scene))


def clips_of(
    scenes: Sequence[str],
    show: Show,
    drawing: Drawing,
    codes: dict[str, str],
    store: Store,
    workers: Workers,
    scratch: Path,
    listen: Listener,
) -> list[Clip]:
    """The clips of these scenes in order, all of them in the store.

    Args:
        codes: the code that draws each scene, as it is now.

    Raises:
        StaleCode: it was edited meanwhile. What was drawn before is kept.
    """
    listen(Event("planning"))
    planned = [workers.submit(_plan, scene, drawing, codes[scene], store) for scene in scenes]
    clips = [clip for future in planned for clip in future.result()]
    missing = []
    for clip in clips:
        state = state_of(clip.path, clip.made_from)
        if state is State.DAMAGED:
            listen(Event("the clip was damaged; drawn again", clip.scene, clip.beat, warning=True))
        if state is not State.WHOLE:
            missing.append(clip)
    _draw_all(missing, drawing, codes, workers, scratch, within(listen, PLANNED, 1))
    return clips


def _draw_all(
    missing: Sequence[Clip],
    drawing: Drawing,
    codes: dict[str, str],
    workers: Workers,
    scratch: Path,
    listen: Listener,
) -> None:
    total = sum(clip.seconds for clip in missing)
    done = 0.0
    futures: dict[Future[float], list[Clip]] = {
        workers.submit(_draw, run, drawing, codes[run[0].scene], scratch): run
        for run in _longest_first(missing, total / (4 * workers.count))
    }
    for future in as_completed(futures):
        took, run = future.result(), futures[future]
        done += sum(clip.seconds for clip in run)
        beats = ", ".join(clip.beat for clip in run)
        listen(Event("drawn", run[0].scene, beats, done / total, took))


def _longest_first(missing: Sequence[Clip], longest: float) -> list[list[Clip]]:
    """Runs of beats of one scene, each about `longest` seconds at most, the long ones first.

    A run pays once for building its scene; a scene in one run would leave a core idle at the end.
    """
    runs: list[list[Clip]] = []
    for clip in missing:
        run = runs[-1] if runs else []
        fits = sum(other.seconds for other in run) + clip.seconds <= longest
        if run and run[-1].scene == clip.scene and fits:
            run.append(clip)
        else:
            runs.append([clip])
    return sorted(runs, key=lambda run: -sum(clip.seconds for clip in run))


def _modules(scene: str) -> tuple[str, str]:
    return f"scenes.{scene}", "scenes.stage.render"


def _plan(
    show: Show, listen: Listener, scene: str, drawing: Drawing, code: str, store: Store
) -> list[Clip]:
    """In a worker: go through a scene, and say what each beat depends on."""
    from scenes.stage.render import walk

    _check_code(scene, code)
    started = time.perf_counter()
    look = ingredients.of_drawing(drawing.video, drawing.engine, show.theme)
    clips = []
    for beat in walk(scene, show, drawing.video):
        made_from = {
            "scene": scene,
            "beat": beat.name,
            **ingredients.of_values(beat.values, "record"),
            **ingredients.of_values(beat.words, "words"),
            **look,
            "code": code,
        }
        path = store.clip(key_of(made_from))
        clips.append(Clip(scene, beat.name, beat.caption, beat.seconds, made_from, path))
    listen(Event("planned", scene, seconds=time.perf_counter() - started))
    return clips


def _draw(
    show: Show, listen: Listener, run: Sequence[Clip], drawing: Drawing, code: str, scratch: Path
) -> float:
    """In a worker: draw beats of one scene, each to the clip of its key; the seconds it took."""
    from scenes.stage.render import draw

    scene = run[0].scene
    _check_code(scene, code)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        made = draw(scene, show, drawing.video, drawing.engine, [c.beat for c in run], Path(folder))
        for clip in run:
            put({clip.path: made[clip.beat]}, clip.made_from)
    return time.perf_counter() - started


def _check_code(scene: str, code: str) -> None:
    if code_loaded(_modules(scene)) != code:
        raise StaleCode(f"The code of the scene {scene!r} was edited while it was drawn.")
