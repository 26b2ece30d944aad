"""Footage of a few bytes, which nothing decodes, and decks of lecturers."""

import io
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from epochreel.products.captions import Cue
from epochreel.products.footage import Footage

MakeFootage = Callable[..., Footage]


@pytest.fixture
def footage(tmp_path: Path) -> MakeFootage:
    """Makes a piece of film; what it says, and so its bytes, can be another at each call."""
    numbers = count()

    def make(
        name: str,
        title: str = "Epochs",
        *,
        said: str = "The loss falls.",
        seconds: float = 4,
        size: tuple[int, int] = (320, 180),
        languages: tuple[str, ...] = ("en", "zh"),
    ) -> Footage:
        base = tmp_path / f"footage-{next(numbers)}"
        first, last, video = (Path(f"{base}-{each}") for each in ("1.png", "2.png", "v.mp4"))
        first.write_bytes(png("red", size))
        last.write_bytes(png("blue", size))
        video.write_bytes(f"{name} {said} {size}".encode())
        cues = {each: [Cue(0, round(1000 * seconds), said, title)] for each in languages}
        return Footage(name, title, video, first, last, seconds, size, cues)

    return make


def png(color: str, size: tuple[int, int] = (320, 180)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "png")
    return file.getvalue()
