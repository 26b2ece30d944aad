"""Crossfades between the scenes of a film: a product each, made from the two clips beside it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from epochreel.errors import StaleCode
from epochreel.lecture.video import Video
from epochreel.work.clips import Drawing, Planned
from epochreel.work.code import code_loaded, code_on_disk
from epochreel.work.events import Event, Listener
from epochreel.work.reasons import Before, why_blended
from epochreel.work.store import State, Store, key_of, put, state_of
from epochreel.work.workers import Shared, Workers, ended

SECONDS = 0.4
# Manim's encoder times shorter films otherwise than clips, and then they do not go together.
FEWEST = 3
MODULES = ("scenes.stage.crossfade",)


@dataclass(frozen=True)
class Crossfade:
    """A crossfade that a film needs: where it lies, and what is there of it.

    Attributes:
        before: the last clip of a scene.
        after: the first clip of the next.
        why: what differs from the last film, where it has to be made.
    """

    before: Planned
    after: Planned
    frames: int
    made_from: dict[str, str]
    path: Path
    state: State
    why: str

    @property
    def name(self) -> str:
        """The scenes that it lies between."""
        return f"{self.before.clip.scene} to {self.after.clip.scene}"

    @property
    def missing(self) -> bool:
        """Whether it has to be made."""
        return self.state is not State.WHOLE


def plan_crossfades(
    clips: Sequence[Planned], video: Video, before: Before, store: Store
) -> tuple[Crossfade, ...]:
    """The crossfades of a film of these clips, drawn or not, and which of them are to be made."""
    frames = max(FEWEST, round(SECONDS * video.frame_rate))
    code = code_on_disk(MODULES)
    planned = []
    for one, next in pairwise(clips):
        if one.clip.scene == next.clip.scene:
            continue  # a beat starts from the picture on which the one before it ends
        made_from = {
            "from": one.clip.name,
            "from.clip": one.path.stem,
            "to": next.clip.name,
            "to.clip": next.path.stem,
            "frames": str(frames),
            "code": code,
        }
        path = store.clip(key_of(made_from))
        state = state_of(path, made_from)
        why = "" if state is State.WHOLE else why_blended(made_from, state, before)
        planned.append(Crossfade(one, next, frames, made_from, path, state, why))
    return tuple(planned)


def make_crossfades(
    missing: Sequence[Crossfade],
    drawing: Drawing,
    store: Store,
    workers: Workers,
    listen: Listener,
) -> None:
    """Make crossfades of clips that are drawn, and put them into the store.

    Raises:
        StaleCode: the code was edited meanwhile.
    """
    shared = Shared(drawing)
    futures = {}
    for planned in missing:
        if planned.state is State.DAMAGED:
            said = f"the crossfade of {planned.name} was damaged; made again"
            listen(Event(said, warning=True))
        ends = planned.before.path.read_bytes(), planned.after.path.read_bytes()
        code = planned.made_from["code"]
        future = workers.submit(_make, shared, listen, *ends, planned.frames, code)
        futures[future] = planned
    with store.scratch() as scratch, ended(futures) as made_ones:
        for done, future in enumerate(made_ones, start=1):
            (made, seconds), planned = future.result(), futures[future]
            file = scratch / planned.path.name
            file.write_bytes(made)
            put({planned.path: file}, planned.made_from)
            said = f"crossfade of {planned.name}"
            listen(Event(said, share=done / len(futures), seconds=seconds, why=planned.why))


def _make(
    drawing: Drawing, listen: Listener, before: bytes, after: bytes, frames: int, code: str
) -> tuple[bytes, float]:
    """In a worker: a crossfade as a file, and the seconds that it took."""
    from scenes.stage.crossfade import crossfaded

    if code_loaded(MODULES) != code:
        raise StaleCode("The code of crossfades was edited while they were made.")
    started = time.perf_counter()
    made = crossfaded(before, after, drawing.video, drawing.engine, frames)
    return made, time.perf_counter() - started
