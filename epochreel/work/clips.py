"""The beats of a show as clips: what is missing is drawn, what is there and whole is used."""

import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from epochreel.lecture.video import Video
from epochreel.record.view import Show
from epochreel.work import ingredients
from epochreel.work.drawing_code import Codes, blamed_on, check_code
from epochreel.work.events import Event, Listener
from epochreel.work.reasons import Before, why_drawn
from epochreel.work.store import State, Store, key_of, put, state_of
from epochreel.work.workers import Shared, Workers, ended
from scenes.stage.catalogue import SceneCode


@dataclass(frozen=True)
class Drawing:
    """How pictures are drawn and kept.

    Attributes:
        format: mp4, webm, mov, gif, or png for the last picture alone.
        transparent: without the page behind what is drawn; webm, mov and png can be.
    """

    video: Video
    engine: str = "fast"
    format: str = "mp4"
    transparent: bool = False


@dataclass(frozen=True)
class Clip:
    """One beat as film: what is said in it, how long it plays, what it is made from.

    Attributes:
        chapter: what its scene is called in the film.
    """

    scene: str
    chapter: str
    beat: str
    caption: str
    seconds: float
    made_from: dict[str, str]

    @property
    def name(self) -> str:
        """As `--only` names it: `epochs/epoch-2`."""
        return f"{self.scene}/{self.beat}"


@dataclass(frozen=True)
class Planned:
    """A clip that a film needs: where it lies, and what is there of it.

    Attributes:
        why: what differs from the last film, where it has to be drawn.
    """

    clip: Clip
    path: Path
    state: State
    why: str

    @property
    def missing(self) -> bool:
        """Whether it has to be drawn."""
        return self.state is not State.WHOLE


@dataclass(frozen=True)
class Walked:
    """The clips of a scene, or why it has none."""

    clips: tuple[Clip, ...]
    why_not: str | None = None


def plan_clips(
    codes: Codes,
    show: Shared[Show],
    drawing: Drawing,
    before: Before,
    training: str,
    store: Store,
    workers: Workers,
    listen: Listener,
) -> tuple[list[Planned], dict[str, str]]:
    """The clips of some scenes in order, and which of them are to be drawn.

    Args:
        before: what the last film was made from.
        training: why the record is not that of the last film.

    Returns:
        The clips; and by their names the scenes that have nothing to show, and why.

    Raises:
        StaleCode: the code was edited meanwhile.
    """
    listen(Event("planning"))
    futures = [
        workers.submit(_walk, show, listen, scene, drawing, code) for scene, code in codes.items()
    ]
    walked = [future.result() for future in futures]
    empty = {scene.name: each.why_not for scene, each in zip(codes, walked) if each.why_not}
    planned = []
    for clip in (clip for each in walked for clip in each.clips):
        path = store.clip(key_of(clip.made_from), drawing.format)
        state = state_of(path, clip.made_from)
        if state is State.DAMAGED:
            listen(Event("the clip was damaged; drawn again", clip.scene, clip.beat, warning=True))
        why = ""
        if state is not State.WHOLE:
            why = why_drawn(clip.name, clip.made_from, state, before, training)
        planned.append(Planned(clip, path, state, why))
    return planned, empty


def draw_clips(
    missing: Sequence[Planned],
    codes: Codes,
    show: Shared[Show],
    drawing: Drawing,
    store: Store,
    workers: Workers,
    listen: Listener,
) -> None:
    """Draw clips and put them into the store.

    Raises:
        StaleCode: the code was edited meanwhile. What was drawn before is kept.
    """
    total = sum(planned.clip.seconds for planned in missing)
    done = 0.0
    futures: dict[Future[tuple[list[bytes], float]], list[Planned]] = {}
    scenes = {scene.name: scene for scene in codes}
    for run in _longest_first(missing, total / (4 * workers.count)):
        scene, names = scenes[run[0].clip.scene], [planned.clip.beat for planned in run]
        future = workers.submit(_draw, show, listen, scene, names, drawing, codes[scene])
        futures[future] = run
    with store.scratch() as scratch, ended(futures) as drawn:
        for future in drawn:
            (made, seconds), run = future.result(), futures[future]
            for planned, film in zip(run, made):
                file = scratch / planned.path.name
                file.write_bytes(film)
                put({planned.path: file}, planned.clip.made_from)
            done += sum(planned.clip.seconds for planned in run)
            beats = ", ".join(planned.clip.beat for planned in run)
            why = "; ".join(dict.fromkeys(planned.why for planned in run))
            listen(Event("drawn", run[0].clip.scene, beats, done / total, seconds, why))


def _longest_first(missing: Iterable[Planned], longest: float) -> list[list[Planned]]:
    """Runs of beats of one scene, each about `longest` seconds at most, the long ones first.

    A run pays once for building its scene; a scene in one run would leave a core idle at the end.
    """
    runs: list[list[Planned]] = []
    for planned in missing:
        run = runs[-1] if runs else []
        fits = _seconds(run) + planned.clip.seconds <= longest
        if run and run[-1].clip.scene == planned.clip.scene and fits:
            run.append(planned)
        else:
            runs.append([planned])
    return sorted(runs, key=_seconds, reverse=True)


def _seconds(run: Sequence[Planned]) -> float:
    return sum(planned.clip.seconds for planned in run)


def _walk(show: Show, listen: Listener, scene: SceneCode, drawing: Drawing, code: str) -> Walked:
    """In a worker: go through a scene, and say what each beat depends on."""
    from scenes.stage.render import title_of, walk, why_not

    check_code(scene, code)
    started = time.perf_counter()
    with blamed_on(scene):
        reason = why_not(scene, show)
    if reason:
        return Walked((), reason)
    look, chapter = look_of(drawing, show.theme), title_of(scene, show)
    with blamed_on(scene):
        walked = walk(scene, show, drawing.video)
    clips = []
    for beat in walked:
        made_from = {
            "scene": scene.name,
            "beat": beat.name,
            **ingredients.of_values(beat.values, "record"),
            **ingredients.of_values(beat.words, "words"),
            **look,
            "code": code,
        }
        clips.append(Clip(scene.name, chapter, beat.name, beat.caption, beat.seconds, made_from))
    listen(Event("planned", scene.name, seconds=time.perf_counter() - started))
    return Walked(tuple(clips))


def look_of(drawing: Drawing, theme: str) -> dict[str, str]:
    """What a drawing adds to the ingredients of a picture."""
    return {
        "format": f"{drawing.format}, transparent" if drawing.transparent else drawing.format,
        **ingredients.of_drawing(drawing.video, drawing.engine, theme),
    }


def _draw(
    show: Show,
    listen: Listener,
    scene: SceneCode,
    beats: Sequence[str],
    drawing: Drawing,
    code: str,
) -> tuple[list[bytes], float]:
    """In a worker: beats of one scene as files, and the seconds that drawing them took."""
    from scenes.stage.render import draw, draw_as

    check_code(scene, code)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        if drawing.format == "mp4":
            made = draw(scene, show, drawing.video, drawing.engine, beats, Path(folder))
        else:
            look = drawing.format, drawing.transparent
            made = draw_as(scene, show, drawing.video, *look, beats, Path(folder))
        films = [made[beat].read_bytes() for beat in beats]
    return films, time.perf_counter() - started
