"""A crossfade goes in even steps from one clip's last picture to the first one of another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.engine.crossfade import between, crossfade, first_picture, last_picture
from scenes.engine.encoder import Patch, SegmentEncoder

WIDTH, HEIGHT = 64, 48
SPEC = VideoEncoderSpec("mp4", "libx264", "yuv420p", WIDTH, HEIGHT, Fraction(30), (("crf", "5"),))
FRAMES = 12
ENCODERS = pytest.mark.parametrize("kind", [SegmentEncoder, VideoSegmentEncoder])


def picture(shade: int, at: int = 0) -> np.ndarray:
    """A page below a blue bar, with a square that is 90 darker."""
    pixels = np.full((HEIGHT, WIDTH, 4), shade, np.uint8)
    pixels[10:30, at : at + 16, :3] -= 90
    pixels[:8] = (30, 60, 160, 255)
    return pixels


def clip(path: Path, kind: type[VideoSegmentEncoder], shade: int, start: int = 0) -> bytes:
    """A square that moves to the right, stands, moves on and stands."""
    encoder = kind(target=path, spec=SPEC)
    for at in (*range(start, start + 9), *[start + 8] * 20, *range(start + 9, start + 30)):
        show(encoder, picture(shade, at))
    show(encoder, picture(shade, start + 29), repeat=25)
    encoder.finish()
    return path.read_bytes()


def show(encoder: VideoSegmentEncoder, pixels: np.ndarray, repeat: int = 1) -> None:
    if isinstance(encoder, SegmentEncoder):
        encoder.write_frame([Patch.cut(pixels, (0, 0, WIDTH, HEIGHT))], repeat=repeat)
    else:
        encoder.write_frame(pixels, repeat=repeat)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


@ENCODERS
def test_the_ends_are_the_pictures_that_the_clips_show(
    kind: type[VideoSegmentEncoder], tmp_path: Path
) -> None:
    made = clip(tmp_path / "clip.mp4", kind, 200)
    shown = frames(tmp_path / "clip.mp4")

    assert np.array_equal(first_picture(made), shown[0])
    assert np.array_equal(last_picture(made), shown[-1])


@ENCODERS
def test_it_goes_evenly_from_one_picture_to_the_other_and_never_beyond(
    kind: type[VideoSegmentEncoder], tmp_path: Path
) -> None:
    before = clip(tmp_path / "before.mp4", kind, 230)
    after = clip(tmp_path / "after.mp4", kind, 120, start=10)

    crossfade(before, after, kind(target=tmp_path / "fade.mp4", spec=SPEC), FRAMES)

    one, other = (end.astype(float) for end in (last_picture(before), first_picture(after)))
    shown = frames(tmp_path / "fade.mp4")
    assert len(shown) == FRAMES
    for step, found in enumerate(shown, start=1):
        wanted = one + (other - one) * step / (FRAMES + 1)
        assert np.abs(found - wanted).mean() < 1.5
        assert np.all(found > np.minimum(one, other) - 12)
        assert np.all(found < np.maximum(one, other) + 12)
        # The bar is in both.
        assert np.abs(found[:6] - one[:6]).max() <= 4


def test_what_both_pictures_share_stands() -> None:
    one = np.arange(256, dtype=np.uint8)
    other = one.copy()
    other[::2] = 255 - other[::2]

    steps = [*between(one, other, FRAMES)]

    assert all(np.array_equal(step[1::2], one[1::2]) for step in steps)
    assert [int(step[0]) for step in steps] == pytest.approx(
        [255 * at / (FRAMES + 1) for at in range(1, FRAMES + 1)], abs=1
    )


@ENCODERS
def test_a_joiner_finds_the_settings_of_its_clips(
    kind: type[VideoSegmentEncoder], tmp_path: Path
) -> None:
    before, after = (clip(tmp_path / f"{at}.mp4", kind, at) for at in (230, 120))
    crossfade(before, after, kind(target=tmp_path / "fade.mp4", spec=SPEC), FRAMES)

    found = []
    for name in ("230.mp4", "fade.mp4"):
        with av.open(tmp_path / name) as container:
            stream = container.streams.video[0]
            found.append((stream.codec_context.extradata, stream.time_base, stream.average_rate))
    assert found[0] == found[1]


def test_at_many_frames_a_second_pictures_stand(tmp_path: Path) -> None:
    spec = replace(SPEC, frame_rate=Fraction(60))
    path = tmp_path / "fade.mp4"
    before, after = (clip(tmp_path / f"{at}.mp4", SegmentEncoder, at) for at in (230, 120))
    crossfade(before, after, SegmentEncoder(target=path, spec=spec), 9)

    shown = frames(path)
    assert len(shown) == 9
    stands = [np.array_equal(one, next) for one, next in pairwise(shown)]
    assert stands == [True, False, True, False, True, False, True, False]
