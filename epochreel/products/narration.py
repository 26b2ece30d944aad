"""A lecturer's recordings: one file per beat, found in a folder by its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from epochreel.errors import NoSuchNarration, TwoNarrations, shown
from epochreel.products.folder import unchanged
from epochreel.products.plan import Film, FilmPlan
from epochreel.products.sound import Sound, levelled, read_sound
from epochreel.work.code import code_on_disk
from epochreel.work.events import Event, Listener
from epochreel.work.store import describe

DRAFTS = "drafts.txt"  # lists what a machine has spoken
SILENCE = 0.001  # of full scale: -60 dB
FORMATS = (".wav", ".mp3", ".m4a", ".ogg")


@dataclass(frozen=True)
class Narration:
    """What a folder holds for the beats of a show.

    Attributes:
        files: the recording of each beat that has one, by `scene/beat`, in the beats' order.
        missing: the beats without one.
        strangers: recordings that belong to no beat, each with the beat whose name is nearest,
            where one is near.
    """

    files: Mapping[str, Path]
    missing: tuple[str, ...]
    strangers: Mapping[Path, str | None]


def narration_of(folder: Path, beats: Sequence[str], language: str) -> Narration:
    """Find the recordings of beats: those of the language before those of any.

    Args:
        folder: holds `SCENE-BEAT.wav` and the like, or a folder of such for each language.
        beats: all of the show, as `scene/beat`, also those that are not drawn.
        language: as films name it: `zh` or `en`.

    Raises:
        NoSuchNarration: there is no such folder.
        TwoNarrations: a folder holds two recordings of one beat.
    """
    names = {recording_name(beat): beat for beat in beats}
    drafts = {*unchanged(folder / language / DRAFTS)}
    found: dict[str, Path] = {}
    strangers: dict[Path, str | None] = {}
    for place in _places(folder, language):
        for name, files in _recordings(place).items():
            if name not in names:
                near = get_close_matches(name, names, n=1)
                strangers |= dict.fromkeys(files, names[near[0]] if near else None)
                continue
            beat, own = names[name], [file for file in files if file not in drafts]
            if len(own) > 1:
                raise _two(beat, own)
            if own and found.get(beat) in {None, *drafts}:
                found[beat] = own[0]
            found.setdefault(beat, files[0])
    return Narration(
        {beat: found[beat] for beat in beats if beat in found},
        tuple(beat for beat in beats if beat not in found),
        strangers,
    )


def check_recordings(folder: Path, language: str) -> None:
    """Find out before anything slow whether all that a folder holds can be heard.

    Raises:
        NoSuchNarration: there is no such folder.
        TwoNarrations: a folder holds two recordings of one beat.
        BadNarration: says which recording cannot.
    """
    drafts = {*unchanged(folder / language / DRAFTS)}
    for place in _places(folder, language):
        for name, files in _recordings(place).items():
            if len(own := [file for file in files if file not in drafts]) > 1:
                raise _two(name, own)
    for path in _every(folder, language):
        read_sound(path)


def narrated(film: Film, folder: Path | None) -> Film:
    """A film with what is spoken in a folder, if one is given; it depends on every recording.

    Raises:
        NoSuchNarration: there is no such folder.
    """
    if folder is None:
        return film
    spoken = {
        f"narration.{path.relative_to(folder).as_posix()}": str(describe(path)["sha256"])
        for path in _every(folder, film.show.language)
    }
    # What is imported where a clip is held is not among the code of the joiner.
    code = code_on_disk(("scenes.engine.holding", "epochreel.products.sound"))
    return replace(film, narration=folder, more={**film.more, **spoken, "narration": code})


def sounds_of(plan: FilmPlan, listen: Listener) -> dict[str, Sound]:
    """What is spoken in the beats that are wanted, evened in loudness; says what is missing.

    Raises:
        NarrationError: a recording cannot be heard, or there are two of one beat.
    """
    if plan.film.narration is None:
        return {}
    found = narration_of(plan.film.narration, plan.beats, plan.film.show.language)
    wanted = [planned.clip.name for planned in plan.clips]
    if missing := [recording_name(beat) for beat in found.missing if beat in wanted]:
        listen(Event(f"nobody speaks in: {', '.join(missing)}", warning=True))
    for path, near in found.strangers.items():
        # Of a part of the film only that part's beats are known.
        if not plan.film.only or near in found.missing:
            hint = f"; is it {recording_name(near)}?" if near else ""
            listen(Event(f"the recording {path} belongs to no beat{hint}", warning=True))
    sounds = {beat: read_sound(path) for beat, path in found.files.items() if beat in wanted}
    for beat, sound in sounds.items():
        if np.abs(sound).max() < SILENCE:
            listen(Event(f"the recording {found.files[beat]} is silent", warning=True))
    return {beat: levelled(sound) for beat, sound in sounds.items()}


def recording_name(beat: str) -> str:
    """What a recording of `scene/beat` is called, without its suffix: `scene-beat`.

    One name has one beat: a scene's name has no hyphen.
    """
    return beat.replace("/", "-")


def _every(folder: Path, language: str) -> list[Path]:
    return [
        path
        for place in _places(folder, language)
        for files in _recordings(place).values()
        for path in files
    ]


def _places(folder: Path, language: str) -> tuple[Path, Path]:
    """Where recordings lie: those of a language go before those of any."""
    if not folder.is_dir():
        raise NoSuchNarration(
            f"--narration: there is no folder {shown(folder)}. It holds one recording per beat, "
            f"such as {recording_name('epochs/epoch-1')}{FORMATS[0]}.",
            field="--narration",
            value=folder,
        )
    return folder / language, folder


def _recordings(folder: Path) -> Mapping[str, list[Path]]:
    """The files of sound in a folder, by their names without suffix."""
    found = defaultdict(list)
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            # macOS puts a hidden file of notes beside each file on a stick.
            if path.suffix.lower() in FORMATS and not path.name.startswith("."):
                found[path.stem].append(path)
    return found


def _two(beat: str, files: Sequence[Path]) -> TwoNarrations:
    names = " and ".join(file.name for file in files)
    return TwoNarrations(
        f"--narration: {beat} has more than one recording in {shown(files[0].parent)}: "
        f"{names}. Take away all but one.",
        field="--narration",
        value=files[0],
    )
