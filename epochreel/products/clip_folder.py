"""Clips in a folder, one for each beat, with whatever a kind of folder writes beside them."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from epochreel.errors import BadOutput, shown
from epochreel.lecture.languages import LANGUAGES
from epochreel.products.captions import webvtt
from epochreel.products.folder import check_free, edited, put_folder
from epochreel.products.footage import Footage, draw_reel, footage_ingredients
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.products.web.document import assets_digest
from epochreel.work.code import code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Listener, within
from epochreel.work.store import State, Store
from epochreel.work.workers import Workers
from scenes.stage.catalogue import film_scenes

PLANNED = 0.06  # of the time, when drawing begins


@dataclass(frozen=True)
class Placed:
    """Where the files of a clip are in a folder.

    Attributes:
        name: of its files, less their endings: `06-epochs-03-epoch-2`.
        format: the ending of the clip's own file.
    """

    name: str
    format: str

    @property
    def file(self) -> str:
        """The clip."""
        return f"{self.name}.{self.format}"

    @property
    def first(self) -> str:
        """The picture of its first frame."""
        return f"posters/{self.name}.first.png"

    @property
    def last(self) -> str:
        """The picture of its last frame."""
        return f"posters/{self.name}.last.png"

    @property
    def places(self) -> tuple[str, str, str]:
        """All of these."""
        return self.file, self.first, self.last

    def track(self, language: str) -> str:
        """Its captions, where the folder has them as files."""
        return f"captions/{self.name}.{language}.vtt"


@dataclass(frozen=True)
class Kind:
    """What a kind of folder holds beside clips and posters.

    Attributes:
        files: the names of what `write` makes, with `{lecture}` for the lecture's name; the
            product is called as the first.
        write: makes these texts, and one for each clip and ending of `beside`, by name.
        modules: where all that is written.
        assets: what of `web/assets` goes into it.
        beside: endings of what is made for each clip, such as `.tex`.
        tracks: whether captions lie there as WebVTT files.
        inside: the folder for it all, within the one that is asked for.
        editable: whether its texts are there to be edited; who has done so keeps them.
    """

    files: tuple[str, ...]
    write: Callable[[Film, Mapping[Placed, Footage]], Mapping[str, str]]
    modules: tuple[str, ...]
    assets: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    tracks: bool = False
    inside: str = ""
    editable: bool = False

    def path(self, folder: Path, lecture: str) -> Path:
        """The product's first file, for a lecture, in the folder that is asked for."""
        return folder / self.inside / self.names(lecture)[0]

    def names(self, lecture: str) -> list[str]:
        """What its own files are called for a lecture."""
        return [name.replace("{lecture}", lecture) for name in self.files]

    def places(self, clip: Placed) -> list[str]:
        """The files of a clip."""
        tracks = map(clip.track, LANGUAGES) if self.tracks else ()
        return [*clip.places, *(clip.name + ending for ending in self.beside), *tracks]


def make_clip_folder(
    film: Film, kind: Kind, store: Store, workers: Workers, listen: Listener
) -> FilmPlan:
    """Make the folder whose first file is `film.path`; gives what there was to do.

    Files of an earlier run go; whatever else is in the folder stays.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
        BadOutput: a file of the user's own has a name that a clip would get, or somebody has
            changed a text that is there to be edited.
    """
    if kind.editable:
        _check_unedited(film.path, kind, film.show.lecture.name)
    own = {
        "folder": code_on_disk(("epochreel.products.clip_folder", *kind.modules)),
        "assets": assets_digest(kind.assets),
    }
    film = replace(film, more={**film.more, **footage_ingredients(film.show), **own})
    return until_unedited(lambda: _make(film, kind, store, workers, listen), listen)


def _make(film: Film, kind: Kind, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
    if plan.state is State.WHOLE:
        return plan
    folder = film.path.parent
    clips = [Placed(name, film.drawing.format) for name in file_names(plan).values()]
    places = [
        *kind.names(film.show.lecture.name),
        *(place for clip in clips for place in kind.places(clip)),
    ]
    check_free(film.path, [folder / place for place in places])
    with store.scratch() as scratch:
        (scratch / "reel").mkdir()
        reel = draw_reel(plan, scratch / "reel", store, workers, within(listen, PLANNED, 1))
        footage = dict(zip(clips, reel.beats(), strict=True))
        made = {folder / place: scratch / "made" / place for place in places}
        for file in made.values():
            file.parent.mkdir(parents=True, exist_ok=True)
        for place, content in kind.write(film, footage).items():
            made[folder / place].write_text(content, encoding="utf-8", newline="\n")
        for clip, drawn in footage.items():
            for place, file in zip(clip.places, (drawn.video, drawn.first, drawn.last)):
                shutil.copyfile(file, made[folder / place])
            for language, cues in drawn.cues.items() if kind.tracks else ():
                track = made[folder / clip.track(language)]
                track.write_text(webvtt(cues), encoding="utf-8", newline="\n")
        put_folder(
            made,
            plan.made_from,
            clips=[planned.path.name for planned in plan.clips],
            record=film.record.path.name if film.record else None,
        )
    return plan


def _check_unedited(product: Path, kind: Kind, lecture: str) -> None:
    for file in edited(product):
        if file.name in kind.names(lecture) or file.name.endswith(kind.beside):
            raise BadOutput(
                f"{shown(file)} was changed since it was written; it is left as it is. Save it "
                "under another name, beside the clips, and run the command again.",
                field="--out",
                value=file,
            )


def file_names(plan: FilmPlan) -> dict[str, str]:
    """What the files of each wanted beat are called: `06-epochs-03-epoch-2`.

    They sort as the film goes, and a beat has the same name whatever else is wanted.
    """
    scenes = [scene.name for scene in film_scenes(plan.film.show, plan.film.own)]
    scenes += [scene.name for scene in plan.film.scenes if scene.name not in scenes]
    names = {}
    for scene, beats in groupby(plan.beats, key=lambda name: name.partition("/")[0]):
        for number, name in enumerate(beats, start=1):
            beat = name.partition("/")[2]
            names[name] = f"{scenes.index(scene) + 1:02}-{scene}-{number:02}-{beat}"
    return {planned.clip.name: names[planned.clip.name] for planned in plan.clips}
