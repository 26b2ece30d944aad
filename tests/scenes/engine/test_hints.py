"""x264 believes what it is told of a picture, so that it has to be true, and is of use."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec

from scenes.engine import hints
from scenes.engine.boxes import Box
from scenes.engine.encoder import Patch, SegmentEncoder

SIZE = (320, 192)
ALL: Box = (0, 0, *SIZE)


def spec() -> VideoEncoderSpec:
    asked = (("crf", "23"),)
    return VideoEncoderSpec("mp4", "libx264", "yuv420p", *SIZE, Fraction(30), asked)


def picture(shade: int) -> np.ndarray:
    return np.full((SIZE[1], SIZE[0], 4), (shade, shade, shade, 255), np.uint8)


def lights(path: Path) -> list[np.ndarray]:
    """The luma of every frame."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray()[: SIZE[1]] for frame in container.decode(video=0)]


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A PyAV that nothing is known of."""
    monkeypatch.setattr(hints, "KNOWN", "0.")
    hints._library.cache_clear()
    yield
    monkeypatch.undo()
    hints._library.cache_clear()


def written(path: Path, boxes: list[Box]) -> list[np.ndarray]:
    """A black frame, and a white one of which only boxes are said to be new."""
    encoder = SegmentEncoder(target=path, spec=spec())
    encoder.write_frame([Patch.cut(picture(0), ALL)])
    encoder._planes.put(Patch.cut(picture(255), ALL))
    encoder._encode(boxes)
    encoder.finish()
    black, white = lights(path)
    assert black.max() < 24
    return [white > 128]


@pytest.mark.parametrize("box", [(64, 32, 160, 96), (16, 0, 48, 176), (0, 160, 320, 192)])
def test_only_what_is_said_to_be_new_is_looked_at(box: Box, tmp_path: Path) -> None:
    (bright,) = written(tmp_path / "film.mp4", [box])

    left, top, right, bottom = box
    said = np.zeros_like(bright)
    said[top:bottom, left:right] = True
    assert (bright == said).all()


def test_each_of_several_boxes_counts(tmp_path: Path) -> None:
    (bright,) = written(tmp_path / "film.mp4", [(0, 0, 16, 16), (304, 176, 320, 192)])

    assert bright[:16, :16].all() and bright[176:, 304:].all()
    assert bright.sum() == 2 * 16 * 16


@pytest.mark.usefixtures("unknown")
def test_nothing_is_said_to_a_library_that_is_not_known(tmp_path: Path) -> None:
    assert hints.options() == {}
    (bright,) = written(tmp_path / "film.mp4", [(0, 0, 16, 16)])
    assert bright.all()


def test_pictures_are_as_good_as_without(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Squares that move, stay behind and go: nothing of them is left where they were."""
    frames = []
    for step in range(40):
        drawn = picture(255)
        drawn[40:90, 7 * step : 7 * step + 50, 1] = 90
        drawn[100 + step : 130 + step, 200:260, :2] = 30 * (step // 8)
        frames.append(drawn)

    def encoded(name: str) -> list[np.ndarray]:
        encoder = SegmentEncoder(target=tmp_path / name, spec=spec())
        for before, now in zip([picture(0), *frames], frames):
            rows, columns = np.nonzero((before != now).any(axis=2))
            box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
            encoder.write_frame([Patch.cut(now, tuple(map(int, box)))])
        encoder.finish()
        return lights(tmp_path / name)

    told = encoded("told.mp4")
    request.getfixturevalue("unknown")
    plain = encoded("plain.mp4")
    for one, other in zip(told, plain, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 6
