"""The frame that a clip starts from and the one it ends on, as pictures."""

import io
import time
from collections.abc import Collection, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import PIL
from PIL import Image

from epochreel.products.plan import FilmPlan
from epochreel.record.view import Show
from epochreel.work.clips import Clip, Drawing, Planned
from epochreel.work.code import code_on_disk
from epochreel.work.drawing_code import check_code
from epochreel.work.events import Event, Listener
from epochreel.work.store import State, Store, put, state_of
from epochreel.work.workers import Workers
from scenes.stage.catalogue import SceneCode

Pixels = npt.NDArray[np.uint8]


def posters_of(planned: Planned) -> tuple[Path, Path]:
    """Where the first and the last frame of a clip lie."""
    stem = planned.path.stem
    return planned.path.with_name(f"{stem}.first.png"), planned.path.with_name(f"{stem}.last.png")


def make_posters(plan: FilmPlan, store: Store, workers: Workers, listen: Listener) -> None:
    """Draw the posters that the clips of a plan lack, and put them beside the clips.

    Raises:
        StaleCode: the code that draws was edited meanwhile.
    """
    own = code_on_disk(("epochreel.products.posters",))
    missing = [
        planned
        for planned in plan.clips
        if state_of(posters_of(planned)[0], _made_from(planned.clip, own)) is not State.WHOLE
    ]
    tasks = []
    for name, group in groupby(missing, key=lambda planned: planned.clip.scene):
        clips = list(group)
        beats = [planned.clip.beat for planned in clips]
        drawing, scene = plan.film.drawing, plan.scene(name)
        code = plan.codes[scene]
        future = workers.submit(_draw, plan.film.shared, listen, scene, beats, drawing, code)
        tasks.append((clips, future))
    with store.scratch() as scratch:
        for done, (clips, future) in enumerate(tasks, start=1):
            drawn, seconds = future.result()
            for planned, pictures in zip(clips, drawn):
                _put(planned, pictures, _made_from(planned.clip, own), scratch)
            name = clips[0].clip.scene
            listen(Event("posters drawn", name, share=done / len(tasks), seconds=seconds))


def _made_from(clip: Clip, own: str) -> dict[str, str]:
    return {**clip.made_from, "posters": own, "pillow": PIL.__version__}


def _put(
    planned: Planned, pictures: tuple[bytes, bytes], made_from: dict[str, str], scratch: Path
) -> None:
    made = {}
    for place, picture in zip(posters_of(planned), pictures):
        made[place] = scratch / place.name
        made[place].write_bytes(picture)
    put(made, made_from)


def _draw(
    show: Show,
    listen: Listener,
    scene: SceneCode,
    beats: Collection[str],
    drawing: Drawing,
    code: str,
) -> tuple[Sequence[tuple[bytes, bytes]], float]:
    """In a worker: the first and last frames of some beats of a scene, and the seconds it took."""
    from scenes.stage.render import ends

    check_code(scene, code)
    started = time.perf_counter()
    every = ends(scene, show, drawing.video, drawing.engine, drawing.transparent)
    drawn = [
        (_png(first, drawing.transparent), _png(last, drawing.transparent))
        for beat, first, last in every
        if beat.name in beats
    ]
    return drawn, time.perf_counter() - started


def _png(pixels: Pixels, transparent: bool) -> bytes:
    """A picture for a slide or a page, which holds many of them.

    Opaque ones have 256 colours, chosen so that none is far off: a third of the size, and no
    more than ten of 255 levels beside the truth in the lectures that ship.
    """
    picture = Image.fromarray(pixels)
    if not transparent:
        picture = picture.convert("RGB").quantize(
            256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    png = io.BytesIO()
    picture.save(png, "png")
    return png.getvalue()
