"""Which scenes a record fills; and how a scene looks with records of every kind."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from epochreel.errors import EpochreelError, told
from epochreel.files import whole_file
from epochreel.lecture.file import lecture_of_record
from epochreel.lecture.video import QUALITIES
from epochreel.products.contact_sheet import contact_sheet
from epochreel.record.examples import KINDS, example
from epochreel.record.view import Show
from epochreel.work.drawing_code import blamed_on, check_code, drawing_codes
from epochreel.work.events import Event, Listener, within
from epochreel.work.workers import Shared, Workers
from scenes.drawing.theme import THEMES
from scenes.stage.catalogue import SceneCode, film_scenes, known


@dataclass(frozen=True)
class Listed:
    """A scene in a list.

    Attributes:
        title: its chapter's name, in the show's language.
        why_not: why it has nothing to show; None where it has something.
        in_film: whether the lecture's film has it.
    """

    name: str
    title: str
    why_not: str | None
    in_film: bool


@dataclass(frozen=True)
class Trial:
    """How a scene came out with one kind of record.

    Attributes:
        pictures: of each beat its name, its caption, and its last frame as a PNG file.
        problem: why there are none: what it needs, or the error it ended in.
        flaws: what is wrong with its pages, such as texts that overlap.
    """

    kind: str
    pictures: Sequence[tuple[str, str, bytes]]
    problem: str | None
    failed: bool = False
    flaws: Sequence[str] = ()


def list_scenes(
    show: Show, own: Sequence[SceneCode], workers: Workers, listen: Listener
) -> list[Listed]:
    """Every scene there is, those of the film first and in its order.

    Raises:
        RenderError: a lecturer's own scene cannot be run.
    """
    in_film = film_scenes(show, own)
    every = [*dict.fromkeys([*in_film, *known(own).values()])]
    found = workers.submit(_look, Shared(show), listen, drawing_codes(every)).result()
    return [
        Listed(scene.name, title, why_not, scene in in_film)
        for scene, (title, why_not) in zip(every, found)
    ]


def try_scene(
    scene: SceneCode, language: str, folder: Path, workers: Workers, listen: Listener
) -> tuple[list[Path], list[Trial]]:
    """Draw how every beat of a scene ends, with records of every kind, in every theme.

    Args:
        folder: where a sheet for each theme is put.

    Returns:
        The sheets, and what came of each kind, which is the same in every theme.
    """
    (code,) = drawing_codes([scene]).values()
    futures = {
        theme: [
            workers.submit(_try, Shared(_show_of(kind, language, theme)), listen, scene, code, kind)
            for kind in KINDS
        ]
        for theme in THEMES
    }
    sheets: list[Path] = []
    tried: list[Trial] = []
    for part, (theme, tasks) in enumerate(futures.items()):
        hear = within(listen, part / len(THEMES), (part + 1) / len(THEMES))
        tried = []
        for kind, task in zip(KINDS, tasks):
            tried.append(task.result())
            hear(Event("tried", scene.name, kind, share=len(tried) / len(tasks)))
        sheets += _sheet(tried, theme, folder / f"{scene.name}.{theme}.png")
    return sheets, tried


def _sheet(tried: Sequence[Trial], theme: str, path: Path) -> list[Path]:
    """All pictures of a theme on one sheet; no sheet where there is none."""
    pictures = [
        (f"{trial.kind}: {beat}", caption, png)
        for trial in tried
        for beat, caption, png in trial.pictures
    ]
    if not pictures:
        return []
    with whole_file(path) as partial:
        contact_sheet(pictures, theme).save(partial, "png")
    return [path]


def _show_of(kind: str, language: str, theme: str) -> Show:
    settings = {"film.language": language, "film.theme": theme}
    return Show(example(**KINDS[kind]), lecture_of_record(kind, settings))


def _look(
    show: Show, listen: Listener, codes: Mapping[SceneCode, str]
) -> list[tuple[str, str | None]]:
    """In a worker: each scene's title, and why it has nothing to show."""
    from scenes.stage.render import title_of, why_not

    found = []
    for scene, code in codes.items():
        check_code(scene, code)
        with blamed_on(scene):
            found.append((title_of(scene, show), why_not(scene, show)))
    return found


def _try(show: Show, listen: Listener, scene: SceneCode, code: str, kind: str) -> Trial:
    """In a worker: a scene with one record."""
    from scenes.stage.render import caption_of, why_not
    from scenes.stage.trial import looked_at

    check_code(scene, code)
    if reason := why_not(scene, show):
        return Trial(kind, (), reason)
    pictures, flaws = [], []
    try:
        for beat, last, wrong in looked_at(scene, show, QUALITIES["low"]):
            flaws += [f"{beat.name}: {each}" for each in wrong]
            png = io.BytesIO()
            Image.fromarray(last[:, :, :3]).save(png, "png")
            pictures.append((beat.name, caption_of(scene, beat, show), png.getvalue()))
    except EpochreelError as error:
        return Trial(kind, pictures, str(error), failed=True)
    except Exception as error:  # what a scene under work raises is what its author looks for
        return Trial(kind, pictures, told(error, scene.folder), failed=True)
    return Trial(kind, pictures, None, flaws=flaws)
