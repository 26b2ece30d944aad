"""Folders of clips: in which formats, and their index for programs and page for people."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import av

from epochreel.errors import BadOutput
from epochreel.lecture.video import Video
from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.clips_page import clips_page
from epochreel.products.footage import Footage
from epochreel.products.plan import Film
from epochreel.work.clips import Drawing

INDEX, PAGE = "index.json", "index.html"
TRANSPARENT = ("webm", "mov", "png")
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


def _pictures(clip: Path) -> int:
    """How many pictures a file holds; all but MP4 files hold one that stands still once."""
    with av.open(clip) as container:
        return sum(packet.size > 0 for packet in container.demux(video=0))


def _index(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, Any]:
    """What `index.json` says."""
    clips = [
        {
            "scene": clip.scene,
            "beat": clip.beat,
            "title": clip.title,
            "file": placed.file,
            "first": placed.first,
            "last": placed.last,
            "seconds": round(clip.seconds, 3),
            "frames": _pictures(clip.video),
            "caption": clip.captions,
            "alt": clip.alt_text,
        }
        for placed, clip in footage.items()
    ]
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


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    index = _index(film, footage)
    return {
        INDEX: json.dumps(index, ensure_ascii=False, indent=1) + "\n",
        PAGE: clips_page(index, film.show.theme) + "\n",
    }


CLIPS = Kind((INDEX, PAGE), _write, ("epochreel.products.clips",))
