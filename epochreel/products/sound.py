"""A film's sound: recordings read, evened in loudness, and written as AAC beside the picture.

All sound is stereo at 48 kHz, whatever it was recorded as: the one form of AAC that every player,
browser and slide program takes. A recording with one channel is on both.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import numpy.typing as npt
from av.container import OutputContainer
from av.filter import Graph

from epochreel.errors import BadNarration, shown

RATE = 48_000
LOUDNESS = -23.0  # LUFS; EBU R 128
# In dBTP. R 128 allows -1; what AAC adds to a peak needs some of that.
PEAK = -2.0
# In dB. What is quieter than this makes up for is a room without a speaker.
MOST_GAIN = 30.0
# Turning peaks down takes some loudness away, which the next pass makes up for; in LU.
PASSES, CLOSE = 6, 0.1
SHORTEST = 0.5  # seconds; loudness is measured over windows of 0.4 s
BIT_RATE = 128_000
OVERSAMPLED = 4 * RATE  # where peaks between samples show (BS.1770, annex 2)

Sound = npt.NDArray[np.float32]
SILENT: Sound = np.zeros((2, 0), np.float32)


class Loudness(NamedTuple):
    """How loud a sound is: over its whole length in LUFS, and its highest peak in dBTP."""

    integrated: float
    true_peak: float


def read_sound(path: Path) -> Sound:
    """A recording, shape (2, samples).

    Raises:
        BadNarration: it is no sound, is empty, or is damaged.
    """
    resampler = av.AudioResampler("fltp", "stereo", RATE)
    parts = []
    try:
        with av.open(path) as container:
            if not container.streams.audio:
                raise _refused(path, "there is no sound in it")
            for frame in container.decode(container.streams.audio[0]):
                parts += [part.to_ndarray() for part in resampler.resample(frame)]
            parts += [part.to_ndarray() for part in resampler.resample(None)] if parts else []
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _refused(path, getattr(error, "strerror", None) or str(error)) from error
    sound = np.concatenate([SILENT, *parts], axis=1, dtype=np.float32)
    if not sound.size:
        raise _refused(path, "it is empty")
    if not np.isfinite(sound).all():
        raise _refused(path, "it holds values that are no numbers")
    return sound


def loudness_of(sound: Sound) -> Loudness:
    """Measure a sound of shape (2, samples), as EBU R 128 says.

    One shorter than the measure's window counts as if it went on.
    """
    times = math.ceil(SHORTEST * RATE / sound.shape[1])
    measured = {"lavfi.r128.I": "-inf", "lavfi.r128.true_peak": "0"}
    for frame in _filtered(np.tile(sound, times), ("ebur128", "peak=true:metadata=1")):
        measured |= frame.metadata
    peak = float(measured["lavfi.r128.true_peak"])
    return Loudness(
        float(measured["lavfi.r128.I"]), 20 * math.log10(peak) if peak > 0 else -math.inf
    )


def levelled(sound: Sound) -> Sound:
    """The sound at LOUDNESS, with no peak over PEAK; the same number of samples.

    Silence stays silence, and what is very quiet is raised by MOST_GAIN at most.
    """
    gain, even = 0.0, sound
    for _ in range(PASSES):
        missing = min(LOUDNESS - loudness_of(even).integrated, MOST_GAIN - gain)
        if abs(missing) < CLOSE:
            break
        gain += missing
        even = _limited((sound * 10 ** (gain / 20)).astype(np.float32))
    return even


def _limited(sound: Sound) -> Sound:
    """Peaks over PEAK turned down, also those between samples."""
    if loudness_of(sound).true_peak <= PEAK:
        return sound
    limit = f"limit={10 ** (PEAK / 20)}:attack=5:release=50:level=false:latency=true"
    parts = [
        frame.to_ndarray()
        for frame in _filtered(
            sound,
            ("aresample", str(OVERSAMPLED)),
            ("alimiter", limit),
            ("aresample", str(RATE)),
            ("aformat", "sample_fmts=fltp"),
        )
    ]
    limited = np.concatenate(parts, axis=1, dtype=np.float32)[:, : sound.shape[1]]
    return np.pad(limited, ((0, 0), (0, sound.shape[1] - limited.shape[1])))


def _filtered(sound: Sound, *filters: tuple[str, str]) -> Iterator[av.AudioFrame]:
    """What comes out of a chain of FFmpeg's filters, each with its arguments."""
    graph = Graph()
    nodes = [
        graph.add_abuffer(
            sample_rate=RATE, format="fltp", layout="stereo", time_base=Fraction(1, RATE)
        ),
        *(graph.add(*named) for named in filters),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    graph.push(_frame(sound, 0))
    graph.push(None)
    try:
        while True:
            frame = graph.pull()
            assert isinstance(frame, av.AudioFrame)
            yield frame
    except (av.EOFError, av.BlockingIOError):
        return


class SoundTrack:
    """The sound of a film that is being written: beat by beat, as long as the picture.

    Args:
        film: gets the stream; nothing is written to it yet.
        language: what is spoken, as ISO 639-2 names it.
    """

    def __init__(self, film: OutputContainer, language: str) -> None:
        self._film = film
        self._stream = film.add_stream("aac", rate=RATE)
        self._stream.layout = "stereo"
        self._stream.bit_rate = BIT_RATE
        self._stream.metadata["language"] = language
        self._written = 0

    def write(self, sound: Sound, until: int) -> None:
        """Write a beat's sound and silence behind it, up to sample `until` of the film."""
        missing = until - self._written - sound.shape[1]
        padded = np.pad(sound, ((0, 0), (0, missing)))
        self._film.mux(self._stream.encode(_frame(padded, self._written)))
        self._written = until

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._film.mux(self._stream.encode(None))


def _frame(sound: Sound, start: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), "fltp", "stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), start
    return frame


def _refused(path: Path, found: str) -> BadNarration:
    return BadNarration(
        f"--narration: {shown(path)} cannot be heard: {found}. Record it again, or take it away.",
        field="--narration",
        value=path,
    )
