"""Clips joined into one film, without encoding again: chapters, a subtitle track and sound."""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import av
from av.container import InputContainer, OutputContainer
from av.subtitles.stream import SubtitleStream

from epochreel.errors import CannotHold, DamagedClip
from epochreel.lecture.languages import three_letters
from epochreel.lecture.video import Video
from epochreel.products.captions import MILLISECONDS, Cue, chapters, lines_on_screen
from epochreel.products.sound import RATE, SILENT, Sound, SoundTrack

if TYPE_CHECKING:
    VideoPacket = av.Packet[Any]

SILENTLY = {"movflags": "+faststart"}
# Without it a beat of half a minute keeps its sound half a minute from its picture.
SPOKEN = {**SILENTLY, "max_interleave_delta": "0"}
# The track's style, in the form in which the encoder of mov_text wants it.
SUBTITLE_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,sans-serif,20,&Hffffff
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, eq=False)
class Piece:
    """A clip in a film: for how many frames it is shown, its own at least, and what is heard."""

    clip: Path
    frames: int
    sound: Sound | None = None

    @classmethod
    def of(cls, clip: Path, rate: int, sound: Sound | None = None) -> "Piece":
        """A clip shown until its sound has ended.

        Raises:
            DamagedClip: it cannot be read.
        """
        heard = 0 if sound is None else math.ceil(sound.shape[1] * rate / RATE)
        return cls(clip, max(frame_count(clip), heard), sound)


def join(
    pieces: Sequence[Piece],
    path: Path,
    *,
    video: Video,
    title: str,
    language: str,
    cues: Sequence[Cue] = (),
) -> None:
    """Write a film from clips, whose packets are copied; its last frames hold for the sound.

    Args:
        cues: its captions, for a film with chapters and a subtitle track.

    Raises:
        DamagedClip: a clip is not what it should be: unreadable, or of another size, rate or
            codec setting than the first and than `video`.
        CannotHold: a clip that is to be held does not end still.
    """
    rate = Fraction(video.frame_rate)
    spoken = any(piece.sound is not None for piece in pieces)
    with (
        av.open(path, "w", format="mp4", options=SPOKEN if spoken else SILENTLY) as film,
        av.open(pieces[0].clip) as first,
    ):
        film.metadata["title"] = title
        template = first.streams.video[0]
        pictures = film.add_stream_from_template(template)
        pictures.time_base = template.time_base
        code = three_letters(language)
        subtitles = _add_subtitles(film, code) if cues else None
        sound = SoundTrack(film, code) if spoken else None
        film.set_chapters(chapters(cues))
        settings = _settings(template)
        start = 0
        waiting = deque(cues)
        for piece in pieces:
            while subtitles and waiting and waiting[0].start <= round(1000 * start / rate):
                _mux_cue(film, subtitles, waiting.popleft())
            _mux_clip(film, pictures, piece, start, rate, settings, video)
            start += piece.frames
            if sound:
                heard = SILENT if piece.sound is None else piece.sound
                sound.write(heard, round(start * RATE / rate))
        if sound:
            sound.finish()


def _add_subtitles(film: OutputContainer, language: str) -> SubtitleStream:
    subtitles = film.add_stream("mov_text")
    subtitles.codec_context.subtitle_header = SUBTITLE_HEADER
    subtitles.time_base = MILLISECONDS
    subtitles.metadata["language"] = language
    return subtitles


def frame_count(clip: Path) -> int:
    """How many frames a clip holds.

    Raises:
        DamagedClip: it cannot be read.
    """
    try:
        with _opened(clip) as container:
            return container.streams.video[0].frames
    except (av.FFmpegError, IndexError, OSError) as error:
        raise _damaged(clip, str(error)) from error


def _opened(clip: Path) -> InputContainer:
    """A clip for its packets; no pictures are decoded to find out what it is."""
    undecoded: Any = {"skip_frame": "all"}  # which PyAV's types do not know
    return av.open(clip, options={"analyzeduration": "1"}, stream_options=[undecoded])


def _mux_clip(
    film: OutputContainer,
    stream: av.VideoStream,
    piece: Piece,
    start: int,
    rate: Fraction,
    settings: tuple[object, ...],
    video: Video,
) -> None:
    """Copy a clip's packets to where frame `start` of the film is, and hold its last picture."""
    clip = piece.clip
    with _opened(clip) as container:
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
        packets = [packet for packet in container.demux(source) if packet.size]
        for packet in _held(piece, packets, source):
            assert packet.time_base and packet.pts is not None and packet.dts is not None
            frame = 1 / rate / packet.time_base
            shift = round(start * frame)
            # The last packet of a file comes without its full length.
            packet.duration = round(frame)
            packet.pts += shift
            packet.dts += shift
            packet.stream = stream
            film.mux(packet)


def _held(
    piece: Piece, packets: Sequence["VideoPacket"], source: av.VideoStream
) -> Iterator["VideoPacket"]:
    """The packets of a clip, and as many still frames behind them as its piece has more."""
    more = piece.frames - len(packets)
    units: Sequence[bytes] = ()
    if more > 0:
        # It loads Manim, which nothing needs that is not held.
        from scenes.engine.holding import NotStill, still_frames

        try:
            units = still_frames(packets, source.codec_context.extradata or b"", more)
        except NotStill as error:
            raise CannotHold(
                f"The clip {piece.clip} cannot be shown until its narration ends: {error}. Draw "
                "it with --engine fast.",
                field="--narration",
                value=piece.clip,
            ) from error
    # Muxing takes a packet's bytes away, so that what is asked of them comes first.
    last = packets[-1]
    pts, time_base = last.pts, last.time_base
    yield from packets
    assert pts is not None and time_base
    for number, unit in enumerate(units, start=1):
        held: VideoPacket = av.Packet(unit)
        held.time_base = time_base
        held.pts = held.dts = pts + round(number / cast(Fraction, source.average_rate) / time_base)
        yield held


def _settings(stream: av.VideoStream) -> tuple[object, ...]:
    """What two streams must share for the one's packets to follow the other's."""
    context = stream.codec_context
    return context.name, context.extradata, stream.time_base


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
