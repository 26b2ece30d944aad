"""A clip is held longer by frames that no encoder wrote."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.engine.encoder import Patch, SegmentEncoder
from scenes.engine.h264 import frame_num
from scenes.engine.holding import NotStill, still_frames, without_still

WIDTH, HEIGHT = 64, 48
SPEC = VideoEncoderSpec("mp4", "libx264", "yuv420p", WIDTH, HEIGHT, Fraction(10), ())
MOVES, STILL = 9, 3
WRAP = 16  # frame_num has four bits


def picture(shade: int, at: int = 0) -> np.ndarray:
    """A page with a lighter square that moves to the right."""
    pixels = np.full((HEIGHT, WIDTH, 4), shade, np.uint8)
    pixels[10:30, at : at + 16] = shade + 90
    return pixels


def write(path: Path, pictures: Iterable[np.ndarray], still: int = STILL) -> Path:
    encoder = SegmentEncoder(target=path, spec=SPEC)
    for pixels in pictures:
        encoder.write_frame([Patch.cut(pixels, (0, 0, WIDTH, HEIGHT))])
    if still:
        encoder.write_frame([], repeat=still)
    encoder.finish()
    return path


def moving(path: Path, shade: int = 40) -> Path:
    return write(path, [picture(shade, 3 * step) for step in range(MOVES)])


def read(path: Path) -> tuple[list[av.Packet], bytes]:
    """The packets of a clip, and the configuration that they are read with."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.dts is not None]
        return packets, stream.codec_context.extradata or b""


def joined(path: Path, first: Path, held: list[bytes], second: Path) -> Path:
    """A clip, the frames that hold it, and the clip that follows."""
    units = [bytes(packet) for packet in read(first)[0]] + held
    keys = {0, len(units)}
    units += [bytes(packet) for packet in read(second)[0]]
    with av.open(path, "w") as film, av.open(first) as template:
        stream = film.add_stream_from_template(template.streams.video[0])
        for at, unit in enumerate(units):
            packet = av.Packet(unit)
            packet.stream, packet.time_base = stream, Fraction(1, 10)
            packet.pts = packet.dts = at
            packet.is_keyframe = at in keys
            film.mux(packet)
    return path


def decoded(path: Path) -> list[np.ndarray]:
    """Planes of every frame; fails when the decoder has anything to say."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as messages, av.open(path) as container:
            container.streams.video[0].codec_context.options = {"err_detect": "explode"}
            frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    finally:
        av.logging.set_level(None)
    assert messages == []
    return frames


def shown_by(units: list[bytes], configuration: bytes) -> list[np.ndarray]:
    """Planes of the frames that access units show; fails when the decoder has anything to say."""
    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata, decoder.options = configuration, {"err_detect": "explode"}
    packets = (*map(av.Packet, units), None)
    return [frame.to_ndarray() for packet in packets for frame in decoder.decode(packet)]


@pytest.mark.parametrize("count", [1, WRAP - 1, WRAP, 3 * WRAP + 5])
def test_a_held_picture_stands_and_what_follows_plays_as_before(count: int, tmp_path: Path) -> None:
    first, second = moving(tmp_path / "first.mp4"), moving(tmp_path / "second.mp4", 120)

    held = still_frames(*read(first), count)
    film = decoded(joined(tmp_path / "film.mp4", first, held, second))

    alone, after = decoded(first), decoded(second)
    assert len(film) == len(alone) + count + len(after)
    assert all(np.array_equal(*pair) for pair in zip(film, alone))
    stands = film[len(alone) : len(alone) + count]
    assert all(np.array_equal(frame, alone[-1]) for frame in stands)
    assert all(np.array_equal(*pair) for pair in zip(film[len(alone) + count :], after))


def test_held_frames_are_counted_on_from_the_clips_last(tmp_path: Path) -> None:
    """Not every decoder is as patient as the one here with a wrong count."""
    held = still_frames(*read(moving(tmp_path / "clip.mp4")), 2 * WRAP)

    counted = [frame_num(unit[4:], width=4) for unit in held]
    assert counted == [number % WRAP for number in range(MOVES + STILL, MOVES + STILL + 2 * WRAP)]


def test_a_held_picture_takes_next_to_no_space(tmp_path: Path) -> None:
    held = still_frames(*read(moving(tmp_path / "clip.mp4")), 600)

    assert max(map(len, held)) < 32


def test_a_clip_is_held_behind_its_second_key_frame(tmp_path: Path) -> None:
    clip = write(tmp_path / "long.mp4", [picture(40 + step % 90) for step in range(602)])
    packets, configuration = read(clip)
    assert [at for at, packet in enumerate(packets) if packet.is_keyframe] == [0, 600]

    held = still_frames(packets, configuration, WRAP + 1)
    film = decoded(joined(tmp_path / "film.mp4", clip, held, moving(tmp_path / "next.mp4")))

    alone = decoded(clip)
    assert all(np.array_equal(frame, alone[-1]) for frame in film[605 : 605 + WRAP + 1])


def test_a_clip_that_ends_in_motion_is_not_held(tmp_path: Path) -> None:
    clip = write(tmp_path / "moves.mp4", [picture(40, 3 * at) for at in range(9)], still=0)

    with pytest.raises(NotStill, match="does not end in still frames"):
        still_frames(*read(clip), 1)


def test_a_steady_fade_whose_last_frames_agree_is_not_held(tmp_path: Path) -> None:
    clip = write(tmp_path / "fades.mp4", [picture(20 + 8 * step) for step in range(6)], still=0)
    packets, configuration = read(clip)
    before, last = (bytes(packet) for packet in packets[-2:])
    assert sum(a != b for a, b in zip(before, last)) == 1  # the byte with frame_num

    with pytest.raises(NotStill, match="does not end in still frames"):
        still_frames(packets, configuration, 1)


def test_one_still_frame_behind_a_motion_is_not_enough(tmp_path: Path) -> None:
    clip = write(tmp_path / "clip.mp4", [picture(40, 4 * step) for step in range(6)], still=1)

    with pytest.raises(NotStill, match="does not end in still frames"):
        still_frames(*read(clip), 1)


@pytest.mark.parametrize("still", [0, 1])
def test_a_picture_and_one_more_frame_prove_nothing(still: int, tmp_path: Path) -> None:
    clip = write(tmp_path / "short.mp4", [picture(40)], still)

    with pytest.raises(NotStill, match="three frames"):
        still_frames(*read(clip), 1)


def test_a_clip_of_manims_own_encoder_is_not_held(tmp_path: Path) -> None:
    encoder = VideoSegmentEncoder(target=tmp_path / "manim.mp4", spec=SPEC)
    for step in range(9):
        encoder.write_frame(picture(40, 3 * step))
    encoder.write_frame(picture(40, 24), repeat=20)
    encoder.finish()

    with pytest.raises(NotStill, match="refer to others"):
        still_frames(*read(tmp_path / "manim.mp4"), 1)


def test_without_its_still_frames_a_clip_shows_the_same_pictures_once(tmp_path: Path) -> None:
    pictures, holds = [picture(40, 3 * step) for step in range(MOVES)], [2, 0, 1, 0, 20, 0, 0, 0, 5]
    encoder = SegmentEncoder(target=tmp_path / "clip.mp4", spec=SPEC)
    for pixels, hold in zip(pictures, holds):
        encoder.write_frame([Patch.cut(pixels, (0, 0, WIDTH, HEIGHT))], repeat=1 + hold)
    encoder.finish()
    packets, configuration = read(tmp_path / "clip.mp4")

    kept = without_still(packets, configuration)

    starts = np.cumsum([0, *(1 + hold for hold in holds)])
    whole = decoded(tmp_path / "clip.mp4")
    assert len(packets) == len(whole) == starts[-1]
    assert len(kept) == MOVES
    shown = shown_by(kept, configuration)
    assert all(np.array_equal(found, whole[at]) for found, at in zip(shown, starts, strict=False))
    assert len(shown) == MOVES


def test_of_a_clip_that_ends_in_motion_every_frame_is_kept(tmp_path: Path) -> None:
    clip = write(tmp_path / "moves.mp4", [picture(40, 3 * at) for at in range(9)], still=0)
    packets, configuration = read(clip)
    assert without_still(packets, configuration) == [bytes(packet) for packet in packets]
