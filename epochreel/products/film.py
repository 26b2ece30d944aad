"""Clips joined into one film, without encoding again: chapters, a subtitle track, .srt and .vtt."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet

from epochreel.errors import RenderError
from epochreel.files import whole_file

if TYPE_CHECKING:
    from av.container.core import Chapter

LANGUAGE_CODES = {"zh": "zho", "en": "eng"}
# mov_text wants the header of an ASS file, of which it keeps the style.
SUBTITLE_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,sans-serif,20,&Hffffff
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
MILLISECONDS = Fraction(1, 1000)


@dataclass(frozen=True)
class Clip:
    """One beat's film: its file, what is said in it, and the chapter it belongs to."""

    path: Path
    caption: str
    chapter: str


@dataclass(frozen=True)
class Cue:
    """A caption from `start` to `end`, in milliseconds."""

    start: int
    end: int
    text: str


def join(clips: Sequence[Clip], path: Path, title: str, language: str, key: str) -> Path:
    """Write the film and, beside it, its subtitles.

    The clips must have one size, rate and codec setting; their packets are copied. The film's
    comment is `key`, by which `is_made` knows it again.

    Raises:
        RenderError: a clip is damaged.
    """
    frames = [frame_count(clip.path) for clip in clips]
    with av.open(clips[0].path) as first:
        rate = first.streams.video[0].average_rate
    if rate is None:
        raise RenderError(f"The clip {clips[0].path} has no frame rate. Delete it.")
    cues = _cues(clips, frames, rate)
    for suffix, text in ((".srt", srt(cues)), (".vtt", vtt(cues))):
        with whole_file(path.with_suffix(suffix)) as partial:
            partial.write_text(text, encoding="utf-8", newline="\n")
    metadata = {"title": title, "comment": key}
    with (
        whole_file(path) as partial,
        av.open(partial, "w", format="mp4", options={"movflags": "+faststart"}) as film,
    ):
        film.metadata.update(metadata)
        _copy(clips, frames, cues, film, rate, language)
    return path


def is_made(path: Path, key: str) -> bool:
    """Whether the film with this key is there, subtitles and all; the film is written last."""
    parts = (path, path.with_suffix(".srt"), path.with_suffix(".vtt"))
    if not all(part.is_file() for part in parts):
        return False
    try:
        with av.open(path) as film:
            return film.metadata.get("comment") == key
    except (av.FFmpegError, OSError):
        return False


def frame_count(path: Path) -> int:
    """How many frames a clip holds."""
    try:
        with av.open(path) as container:
            return container.streams.video[0].frames
    except (av.FFmpegError, IndexError, OSError) as error:
        raise RenderError(
            f"The clip {path} is damaged ({error}). Delete it and render again."
        ) from error


def srt(cues: Sequence[Cue]) -> str:
    """Captions as SubRip."""
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(blocks)


def vtt(cues: Sequence[Cue]) -> str:
    """Captions as WebVTT, in which `&`, `<` and `>` would be markup."""
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_without_markup(cue.text)}\n"
        for cue in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _copy(
    clips: Sequence[Clip],
    frames: Sequence[int],
    cues: Sequence[Cue],
    film: OutputContainer,
    rate: Fraction,
    language: str,
) -> None:
    with av.open(clips[0].path) as first:
        template = first.streams.video[0]
        video = film.add_stream_from_template(template)
        video.time_base = template.time_base
    subtitles = film.add_stream("mov_text")
    subtitles.codec_context.subtitle_header = SUBTITLE_HEADER
    subtitles.time_base = MILLISECONDS
    subtitles.metadata["language"] = LANGUAGE_CODES[language]
    film.set_chapters(_chapters(clips, cues))
    start = 0
    for clip, cue, count in zip(clips, cues, frames):
        _mux_cue(film, subtitles, cue)
        _mux_clip(film, video, clip.path, start, rate)
        start += count


def _mux_clip(
    film: OutputContainer, stream: av.VideoStream, path: Path, start: int, rate: Fraction
) -> None:
    """Copy a clip's packets to where frame `start` of the film is."""
    with av.open(path) as container:
        source = container.streams.video[0]
        for packet in container.demux(source):
            if packet.dts is None or packet.pts is None:
                continue
            assert packet.time_base is not None
            frame = 1 / rate / packet.time_base
            shift = round(start * frame)
            # The last packet of a file comes without its full length.
            packet.duration = round(frame)
            packet.pts += shift
            packet.dts += shift
            packet.stream = stream
            film.mux(packet)


def _mux_cue(film: OutputContainer, stream: SubtitleStream, cue: Cue) -> None:
    text = cue.text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    event = f"0,0,Default,,0,0,0,,{text}".encode()
    length = cue.end - cue.start
    packet = stream.codec_context.encode_subtitle(SubtitleSet.create(event, 0, length))
    packet.pts = packet.dts = cue.start
    packet.duration = length
    packet.time_base = MILLISECONDS
    packet.stream = stream
    film.mux(packet)


def _chapters(clips: Sequence[Clip], cues: Sequence[Cue]) -> list["Chapter"]:
    chapters: list[Chapter] = []
    for clip, cue in zip(clips, cues):
        if chapters and chapters[-1]["metadata"] == {"title": clip.chapter}:
            chapters[-1]["end"] = cue.end
        else:
            chapters.append(
                {
                    "id": len(chapters),
                    "start": cue.start,
                    "end": cue.end,
                    "time_base": MILLISECONDS,
                    "metadata": {"title": clip.chapter},
                }
            )
    return chapters


def _cues(clips: Sequence[Clip], frames: Sequence[int], rate: Fraction) -> list[Cue]:
    cues, start = [], 0
    for clip, count in zip(clips, frames):
        end = start + count
        cues.append(Cue(round(1000 * start / rate), round(1000 * end / rate), clip.caption))
        start = end
    return cues


def _clock(milliseconds: int, point: str) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{fraction:03}"


def _without_markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
