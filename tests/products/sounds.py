"""Recordings for tests: tones, noise and silence, in any form that a lecturer may bring."""

from pathlib import Path

import av
import numpy as np

from epochreel.products.sound import RATE, Sound

CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac", ".ogg": "libopus"}


def tone(seconds: float, level: float = 0.2, hertz: float = 440) -> Sound:
    """Shape (2, samples)."""
    wave = level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.tile(wave.astype(np.float32), (2, 1))


def clicks(seconds: float, level: float = 0.9) -> Sound:
    """What a limiter is for: soft noise, and in every second two short peaks far above it."""
    noise = np.random.default_rng(7).normal(0, level / 90, round(seconds * RATE))
    knock = level * np.hanning(192) * np.sin(2 * np.pi * 1000 * np.arange(192) / RATE)
    for at in range(6000, len(noise) - 192, RATE // 2):
        noise[at : at + 192] += knock
    return np.tile(noise.astype(np.float32).clip(-1, 1), (2, 1))


def record(
    path: Path, sound: Sound, *, layout: str = "stereo", rate: int = RATE, codec: str | None = None
) -> Path:
    """Write a sound to a file; its suffix says how."""
    with av.open(path, "w") as container:
        stream = container.add_stream(codec or CODECS[path.suffix.lower()], rate=rate)
        stream.layout = layout
        resampler = av.AudioResampler(stream.format, layout, rate)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), "fltp", "stereo")
        frame.sample_rate = RATE
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path
