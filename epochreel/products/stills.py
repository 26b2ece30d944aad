"""The end of every beat as a picture, and all of them on one sheet with their captions."""

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from epochreel.lecture.settings import Lecture
from epochreel.products.contact_sheet import contact_sheet
from epochreel.products.folder import files_of, put_folder
from epochreel.products.plan import (
    Film,
    check_empty,
    check_own_words,
    chosen,
    film_ingredients,
    film_path,
)
from epochreel.record.view import Show
from epochreel.work.clips import Drawing
from epochreel.work.code import code_on_disk
from epochreel.work.drawing_code import Codes, blamed_on, check_code, drawing_codes
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener
from epochreel.work.store import State, Store, state_of
from epochreel.work.workers import Workers
from scenes.stage.catalogue import SceneCode

SHEET = "contact-sheet.png"


@dataclass(frozen=True)
class Still:
    """The last frame of a beat as a PNG file."""

    scene: str
    beat: str
    caption: str
    png: bytes

    @property
    def name(self) -> str:
        """As `--only` names it."""
        return f"{self.scene}/{self.beat}"


def stills_folder(store: Store, lecture: Lecture, only: Sequence[str]) -> Path:
    """Where a film's stills go when nothing else is said."""
    return store.stills / film_path(store, lecture, "high", only).stem


def make_stills(film: Film, store: Store, workers: Workers, listen: Listener) -> list[Path]:
    """Draw the end of every beat into the folder `film.path`, and SHEET; gives the pictures.

    Files of an earlier run go; whatever else is in the folder stays.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
    """
    return until_unedited(lambda: _make_stills(film, store, workers, listen), listen)


def _make_stills(film: Film, store: Store, workers: Workers, listen: Listener) -> list[Path]:
    codes = drawing_codes(film.scenes)
    own = code_on_disk(("epochreel.products.stills",))
    made_from = {**film_ingredients(film, codes), "code": own}
    sheet = film.path / SHEET
    if state_of(sheet, made_from) is State.WHOLE:
        return _pictures(sheet)
    stills = _drawn(film, codes, workers, listen)
    with store.scratch() as scratch:
        made = {sheet: scratch / SHEET}
        contact_sheet(
            [(still.name, still.caption, still.png) for still in stills], film.show.theme
        ).save(made[sheet])
        for number, still in enumerate(stills, start=1):
            name = f"{number:02}-{still.scene}-{still.beat}.png"
            made[film.path / name] = scratch / name
            (scratch / name).write_bytes(still.png)
        put_folder(made, made_from)
    return _pictures(sheet)


def _pictures(sheet: Path) -> list[Path]:
    """What the last run made, in order."""
    return [file for file in files_of(sheet) if file != sheet]


def _drawn(film: Film, codes: Codes, workers: Workers, listen: Listener) -> list[Still]:
    futures = [
        workers.submit(_stills, film.shared, listen, scene, film.drawing, code)
        for scene, code in codes.items()
    ]
    stills: list[Still] = []
    empty = {}
    for done, (scene, future) in enumerate(zip(codes, futures), start=1):
        made, reason, seconds = future.result()
        stills += made
        if reason:
            empty[scene.name] = reason
        listen(Event("drawn", scene.name, share=done / len(codes), seconds=seconds))
    check_empty(film, empty, listen)
    check_own_words(film, [still.name for still in stills], listen)
    names = chosen([still.name for still in stills], film.only)
    return [still for still in stills if still.name in names]


def _stills(
    show: Show, listen: Listener, scene: SceneCode, drawing: Drawing, code: str
) -> tuple[list[Still], str | None, float]:
    """In a worker: the last frame of each beat of a scene, or why not; and the seconds it took."""
    from scenes.stage.render import caption_of, ends, why_not

    check_code(scene, code)
    started = time.perf_counter()
    made = []
    with blamed_on(scene):
        if reason := why_not(scene, show):
            return [], reason, 0.0
        for beat, _, last in ends(scene, show, drawing.video, drawing.engine):
            png = io.BytesIO()
            Image.fromarray(last[:, :, :3]).save(png, "png")
            caption = caption_of(scene, beat, show)
            made.append(Still(scene.name, beat.name, caption, png.getvalue()))
    return made, None, time.perf_counter() - started
