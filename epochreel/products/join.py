"""Clips joined into one film, without encoding again: chapters and a subtitle track."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream

from epochreel.errors import DamagedClip
from epochreel.lecture.video import Video
from epochreel.products.captions import MILLISECONDS, Cue, chapters, lines_on_screen

LANGUAGE_CODES = {"zh": "zho", "en": "eng"}
# The track's style, in the form in which the encoder of mov_text wants it.
SUBTITLE_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,sans-serif,20,&Hffffff
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def join(
    clips: Sequence[Path],
    cues: Sequence[Cue],
    path: Path,
    *,
    video: Video,
    title: str,
    language: str,
) -> None:
    """Write a film from clips, one cue each; their packets are copied.

    Raises:
        DamagedClip: a clip is not what it should be: unreadable, or of another size, rate or
            codec setting than the first and than `video`.
    """
    rate = Fraction(video.frame_rate)
    with (
        av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as film,
        av.open(clips[0]) as first,
    ):
        film.metadata["title"] = title
        template = first.streams.video[0]
        pictures = film.add_stream_from_template(template)
        pictures.time_base = template.time_base
        subtitles = film.add_stream("mov_text")
        subtitles.codec_context.subtitle_header = SUBTITLE_HEADER
        subtitles.time_base = MILLISECONDS
        subtitles.metadata["language"] = LANGUAGE_CODES[language]
        film.set_chapters(chapters(cues))
        settings = _settings(template)
        start = 0
        for clip, cue in zip(clips, cues, strict=True):
            _mux_cue(film, subtitles, cue)
            start += _mux_clip(film, pictures, clip, start, rate, settings, video)


def frame_count(clip: Path) -> int:
    """How many frames a clip holds.

    Raises:
        DamagedClip: it cannot be read.
    """
    try:
        with av.open(clip) as container:
            return container.streams.video[0].frames
    except (av.FFmpegError, IndexError, OSError) as error:
        raise _damaged(clip, str(error)) from error


def _mux_clip(
    film: OutputContainer,
    stream: av.VideoStream,
    clip: Path,
    start: int,
    rate: Fraction,
    settings: tuple[object, ...],
    video: Video,
) -> int:
    """Copy a clip's packets to where frame `start` of the film is; how many there were."""
    count = 0
    with av.open(clip) as container:
        source = container.streams.video[0]
        size = (source.width, source.height)
        if size != (video.width, video.height) or source.average_rate != rate:
            raise _damaged(
                clip,
                f"{size[0]}x{size[1]} at {source.average_rate} frames a second, where "
                f"{video.width}x{video.height} at {rate} was drawn",
            )
        if _settings(source) != settings:
            raise _damaged(clip, "encoded with other settings than the first clip")
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
            count += 1
    return count


def _settings(stream: av.VideoStream) -> tuple[object, ...]:
    """What two streams must share for the one's packets to follow the other's."""
    context = stream.codec_context
    return context.name, context.pix_fmt, context.extradata, stream.time_base


def _mux_cue(film: OutputContainer, stream: SubtitleStream, cue: Cue) -> None:
    """A sample of 3GPP timed text: its length in two bytes, then the text as it is.

    Passed by the encoder, which reads text as ASS: braces and backslashes would be markup there.
    """
    text = "\n".join(lines_on_screen(cue.text)).encode()
    packet = av.Packet(len(text).to_bytes(2, "big") + text)
    packet.pts = packet.dts = cue.start
    packet.duration = cue.end - cue.start
    packet.time_base = MILLISECONDS
    packet.stream = stream
    film.mux(packet)


def _damaged(clip: Path, found: str) -> DamagedClip:
    return DamagedClip(f"The clip {clip} cannot be joined: {found}.", field="clip", value=clip)
