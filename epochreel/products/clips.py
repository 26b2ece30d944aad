"""A folder of clips, one for each beat, with posters, an index for programs and one for people."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import av

from epochreel.errors import BadOutput
from epochreel.lecture.video import Video
from epochreel.products.clips_page import clips_page
from epochreel.products.folder import check_free, put_folder
from epochreel.products.footage import Footage, draw_reel, footage_ingredients
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.work.clips import Drawing
from epochreel.work.code import code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Listener, within
from epochreel.work.store import State, Store
from epochreel.work.workers import Workers
from scenes.stage.catalogue import scenes_of

INDEX, PAGE, POSTERS = "index.json", "index.html", "posters"
TRANSPARENT = ("webm", "mov", "png")
PLANNED = 0.06  # of the time, when drawing begins
# H.264 level 5.1, the highest that players and PowerPoint take: macroblocks a second.
MOST_MACROBLOCKS = 983_040
GIF = Video(960, 540, 20)


def drawing_for(video: Video, quality: str, format: str, transparent: bool) -> Drawing:
    """How clips of a format are drawn; GIFs small, and with 20 frames a second at most.

    Raises:
        BadOutput: the format is not transparent, or players would not take it.
    """
    if transparent and format not in TRANSPARENT:
        raise BadOutput(
            f"--transparent: {format} files have no partial transparency. Ask for --format webm "
            "(browsers), mov (Keynote) or png.",
            field="--transparent",
            value=format,
        )
    if format == "mp4":
        check_plays_everywhere(video, quality)
    if format == "gif" and (video.width > GIF.width or video.frame_rate > GIF.frame_rate):
        video = GIF if video.width > GIF.width else replace(video, frame_rate=GIF.frame_rate)
    return Drawing(video, format=format, transparent=transparent)


def check_plays_everywhere(video: Video, quality: str) -> None:
    """Refuse MP4 clips that slides and many players do not show.

    Raises:
        BadOutput: says what to ask for instead.
    """
    macroblocks = -(-video.width // 16) * -(-video.height // 16) * video.frame_rate
    if macroblocks > MOST_MACROBLOCKS:
        raise BadOutput(
            f"--quality {quality} is {video.width}x{video.height} at {video.frame_rate} frames a "
            "second, which needs H.264 level 5.2; PowerPoint and many players stop at 5.1. Ask for "
            "--quality high, which is sharp on every projector.",
            field="--quality",
            value=quality,
        )


def make_clips(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    """Make the folder whose index is `film.path`; gives what there was to do.

    Files of an earlier run go; whatever else is in the folder stays.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
        BadOutput: a file of the user's own has a name that a clip would get.
    """
    own = code_on_disk(("epochreel.products.clips", "epochreel.products.clips_page"))
    film = replace(film, more={**film.more, **footage_ingredients(film.show), "folder": own})
    return until_unedited(lambda: _make(film, store, workers, listen), listen)


def _make(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
    if plan.state is State.WHOLE:
        return plan
    names = file_names(plan)
    folder, suffix = film.path.parent, film.drawing.format
    listed = [place for name in names.values() for place in _places(name, suffix)]
    check_free(film.path, [film.path, *(folder / place for place in (PAGE, *listed))])
    with store.scratch() as scratch:
        (scratch / "reel").mkdir()
        reel = draw_reel(plan, scratch / "reel", store, workers, within(listen, PLANNED, 1))
        footage = reel.beats()
        made: dict[Path, Path] = {}
        index = _index(film, footage, names)
        page = clips_page(index, film.show.theme)
        for name, text in ((INDEX, json.dumps(index, ensure_ascii=False, indent=1)), (PAGE, page)):
            made[folder / name] = scratch / name
            made[folder / name].write_text(text + "\n", encoding="utf-8", newline="\n")
        for clip in footage:
            places = _places(names[clip.name], suffix)
            for place, file in zip(places, (clip.video, clip.first, clip.last)):
                made[folder / place] = scratch / place
                made[folder / place].parent.mkdir(exist_ok=True)
                made[folder / place].write_bytes(file.read_bytes())
        put_folder(
            made,
            plan.made_from,
            clips=[planned.path.name for planned in plan.clips],
            record=film.record.path.name if film.record else None,
        )
    return plan


def file_names(plan: FilmPlan) -> dict[str, str]:
    """What the files of each wanted beat are called: `04-epochs-03-epoch-2`.

    They sort as the film goes, and a beat has the same name whatever else is wanted.
    """
    scenes = [entry.name for entry in scenes_of(plan.film.show)]
    names = {}
    for scene, beats in groupby(plan.beats, key=lambda name: name.partition("/")[0]):
        for number, name in enumerate(beats, start=1):
            beat = name.partition("/")[2]
            names[name] = f"{scenes.index(scene) + 1:02}-{scene}-{number:02}-{beat}"
    return {planned.clip.name: names[planned.clip.name] for planned in plan.clips}


def _places(name: str, suffix: str) -> tuple[str, str, str]:
    """Where a clip and its posters are in the folder."""
    return f"{name}.{suffix}", f"{POSTERS}/{name}.first.png", f"{POSTERS}/{name}.last.png"


def _pictures(clip: Path) -> int:
    """How many pictures a file holds; all but MP4 files hold one that stands still once."""
    with av.open(clip) as container:
        return sum(packet.size > 0 for packet in container.demux(video=0))


def _index(film: Film, footage: Sequence[Footage], names: Mapping[str, str]) -> dict[str, Any]:
    """What `index.json` says."""
    clips = []
    for clip in footage:
        file, first, last = _places(names[clip.name], film.drawing.format)
        clips.append(
            {
                "scene": clip.scene,
                "beat": clip.beat,
                "title": clip.title,
                "file": file,
                "first": first,
                "last": last,
                "seconds": round(clip.seconds, 3),
                "frames": _pictures(clip.video),
                "caption": clip.captions,
                "alt": clip.alt_text,
            }
        )
    video = film.drawing.video
    return {
        "lecture": film.show.lecture.name,
        "lesson": film.show.fields["lesson"],
        "language": film.show.language,
        "format": film.drawing.format,
        "transparent": film.drawing.transparent,
        "width": video.width,
        "height": video.height,
        "clips": clips,
    }
