"""A lecturer's recordings: one file per beat, found in a folder by its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from epochreel.errors import NoSuchNarration, TwoNarrations, shown
from epochreel.products.sound import read_sound

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
        BadNarration: a recording of a beat cannot be heard.
    """
    if not folder.is_dir():
        raise NoSuchNarration(
            f"--narration: there is no folder {shown(folder)}. It holds one recording per beat, "
            f"such as {recording_name(beats[0])}{FORMATS[0]}.",
            field="--narration",
            value=folder,
        )
    names = {recording_name(beat): beat for beat in beats}
    found: dict[str, Path] = {}
    strangers: dict[Path, str | None] = {}
    for place in (folder / language, folder):
        here = _recordings(place)
        for name, files in here.items():
            if name not in names:
                near = get_close_matches(name, names, n=1)
                strangers |= dict.fromkeys(files, names[near[0]] if near else None)
            elif len(files) > 1:
                raise _two(names[name], files)
            else:
                found.setdefault(names[name], files[0])
    for file in found.values():
        read_sound(file)
    return Narration(
        {beat: found[beat] for beat in beats if beat in found},
        tuple(beat for beat in beats if beat not in found),
        strangers,
    )


def recording_name(beat: str) -> str:
    """What a recording of `scene/beat` is called, without its suffix: `scene-beat`.

    One name has one beat: a scene's name has no hyphen.
    """
    return beat.replace("/", "-")


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
        f"--narration: the beat {beat} has more than one recording in {shown(files[0].parent)}: "
        f"{names}. Take away all but one.",
        field="--narration",
        value=files[0],
    )
