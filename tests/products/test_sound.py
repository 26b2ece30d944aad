"""Recordings are read whatever they are, evened in loudness, and end with the picture."""

import math
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from epochreel.errors import BadNarration
from epochreel.products.sound import (
    LOUDNESS,
    RATE,
    Sound,
    SoundTrack,
    levelled,
    loudness_of,
    read_sound,
)
from tests.products.sounds import clicks, record, tone

ALLOWED_PEAK = -1.0  # dBTP


def encoded(folder: Path, sounds: list[Sound], ends: list[int]) -> Path:
    """A file with the sounds one after the other, each up to its sample of `ends`."""
    path = folder / "sound.mp4"
    with av.open(path, "w") as container:
        track = SoundTrack(container, "eng")
        for sound, until in zip(sounds, ends):
            track.write(sound, until)
        track.finish()
    return path


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ".ogg"])
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_recordings_of_all_forms_are_read_at_their_length(
    suffix: str, layout: str, tmp_path: Path
) -> None:
    sound = read_sound(record(tmp_path / f"a{suffix}", tone(2), layout=layout))

    assert sound.shape[0] == 2
    assert sound.shape[1] / RATE == pytest.approx(2, abs=0.06)  # codecs count in blocks
    assert sound[0].std() > 0.09 and sound[1].std() > 0.09


def test_a_recording_of_another_rate_keeps_its_length_and_its_pitch(tmp_path: Path) -> None:
    sound = read_sound(record(tmp_path / "a.wav", tone(1, hertz=1000), rate=22_050))

    spectrum = np.abs(np.fft.rfft(sound[0]))
    assert sound.shape[1] / RATE == pytest.approx(1, abs=0.001)
    assert spectrum.argmax() * RATE / sound.shape[1] == pytest.approx(1000, abs=2)


@pytest.mark.parametrize(
    "sound",
    [tone(5, 0.004), tone(5, 0.99), tone(5, 0.2), clicks(5), clicks(5, 0.2)],
    ids=["quiet", "loud", "between", "loud clicks", "quiet clicks"],
)
def test_what_is_heard_is_as_loud_as_r128_says(sound: Sound, tmp_path: Path) -> None:
    even = levelled(sound)
    heard = loudness_of(read_sound(encoded(tmp_path, [even], [even.shape[1]])))

    assert even.shape == sound.shape
    assert heard.integrated == pytest.approx(LOUDNESS, abs=1)
    assert heard.true_peak <= ALLOWED_PEAK


def test_the_limiter_moves_no_sound_in_time() -> None:
    sound = clicks(2)
    even = levelled(sound)

    shift = np.correlate(even[0, 24_000:48_000], sound[0, 24_480:47_520], "valid").argmax()
    assert abs(shift - 480) <= 1


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.39])
def test_a_sound_too_short_to_measure_gets_the_level_of_a_long_one(seconds: float) -> None:
    even, long = levelled(tone(seconds)), levelled(tone(5))

    assert np.abs(even).max() == pytest.approx(np.abs(long).max(), rel=0.1)


@pytest.mark.parametrize("seconds", [0.1, 3])
def test_silence_stays_silence(seconds: float) -> None:
    even = levelled(tone(seconds, level=0))

    assert not even.any()
    assert loudness_of(even).true_peak == -math.inf


def test_the_noise_of_an_empty_room_is_not_made_a_storm() -> None:
    assert loudness_of(levelled(tone(3, level=0.0006))).integrated < LOUDNESS - 10


def test_sound_ends_with_the_picture_and_each_beats_where_it_belongs(tmp_path: Path) -> None:
    ends = [RATE, RATE + 12_345, 3 * RATE + 777]
    sounds = [tone(0.5), tone(0), tone(0.5)]
    path = encoded(tmp_path, sounds, ends)

    with av.open(path) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None and stream.time_base is not None
        length = float(stream.duration * stream.time_base)
        assert length == pytest.approx(ends[-1] / RATE, abs=0.001)
        assert stream.start_time == 0
        assert (stream.codec_context.name, stream.profile) == ("aac", "LC")
        assert (stream.rate, stream.layout.name) == (RATE, "stereo")
    heard = np.abs(read_sound(path)[0])
    assert abs(len(heard) - ends[-1]) < 1024
    loud = np.flatnonzero(heard > 0.1)
    second = loud[loud > RATE]
    assert (loud[0] / RATE, second[0] / RATE) == pytest.approx((0, ends[1] / RATE), abs=0.005)
    assert loud[loud < RATE][-1] / RATE == pytest.approx(0.5, abs=0.005)


def no_sound(path: Path) -> None:
    with av.open(path, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, width=64, height=64)
        container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode(None))


def no_samples(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)


def no_numbers(path: Path) -> None:
    record(path, np.full((2, RATE), np.nan, np.float32), codec="pcm_f32le")


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("# Notes\n" * 99),
        Path.mkdir,
        no_sound,
        no_samples,
        no_numbers,
    ],
    ids=["empty", "text", "folder", "film", "no samples", "no numbers"],
)
def test_what_cannot_be_heard_is_refused_with_its_name(
    write: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "epochs-epoch-2.wav"
    write(path)

    with pytest.raises(BadNarration, match=r"epochs-epoch-2\.wav") as caught:
        read_sound(path)
    assert caught.value.field == "--narration"
