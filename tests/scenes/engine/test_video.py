"""What the engine writes is a plain, exact H.264 film."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim import BLUE, LEFT, RED, RIGHT, Circle, Create, FadeIn, Scene, Square, tempconfig
from manim._config.video_encoder import VideoEncoderSpec

from scenes.engine import fast_renderer
from scenes.engine.encoder import Patch, SegmentEncoder
from scenes.engine.h264 import Bits, FrameNumbers, join, nal_type, split

from .frames import FPS, fast_frames

MOVES, HOLD = 10, 40  # frames; the hold outlasts the counter frame_num, which wraps at 16


class Film(Scene):
    """Motion, a long hold, motion again; then a second section."""

    colour = BLUE

    def construct(self) -> None:
        square = Square(fill_opacity=1, color=self.colour).shift(2 * LEFT)
        self.add(square)
        self.play(square.animate.shift(RIGHT), run_time=MOVES / FPS)
        self.wait(HOLD / FPS)
        self.play(Create(Circle()), run_time=MOVES / FPS)
        self.next_section("second")
        self.wait(HOLD / FPS)
        self.play(FadeIn(Circle(color=RED).shift(RIGHT)), run_time=MOVES / FPS)
        self.wait(HOLD / FPS)


class OtherFilm(Film):
    colour = RED


FRAMES = 3 * MOVES + 3 * HOLD


def film(scene_class: type[Scene] = Film, **settings: object) -> Path:
    with tempconfig(settings):
        scene = scene_class(renderer=fast_renderer())
        scene.render()
    return Path(scene.renderer.file_writer.final_file_path)


def packets(path: Path) -> list[av.Packet]:
    with av.open(str(path)) as container:
        return [p for p in container.demux(video=0) if p.dts is not None]


def decoded(path: Path) -> list[np.ndarray]:
    """Planes of every frame; fails when the decoder has anything to say."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as messages, av.open(str(path)) as container:
            frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    finally:
        av.logging.set_level(None)
    assert messages == []
    return frames


def test_has_exactly_its_frames_at_a_constant_rate(small: Path) -> None:
    path = film()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.frames == FRAMES
        assert stream.average_rate == stream.base_rate == FPS
        assert stream.duration * stream.time_base == Fraction(FRAMES, FPS)
    steps = {p.duration * p.time_base for p in packets(path)}
    times = [p.pts * p.time_base for p in packets(path)]
    assert steps == {Fraction(1, FPS)}
    assert times == [Fraction(n, FPS) for n in range(FRAMES)]
    assert [p.dts for p in packets(path)] == [p.pts for p in packets(path)]


def test_shows_what_was_drawn(small: Path) -> None:
    """Also after a hold, where the encoder goes on from a frame it has not counted."""
    with av.open(str(film())) as container:
        shown = [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]
    drawn = fast_frames(Film)
    assert len(shown) == len(drawn) == FRAMES
    for one, other in zip(shown, drawn, strict=True):
        assert np.abs(one.astype(int) - other[..., :3]).mean() < 2


def test_stands_still_through_a_hold(small: Path) -> None:
    frames = decoded(film())
    held = frames[MOVES : MOVES + HOLD]
    assert all(np.array_equal(frame, held[0]) for frame in held)
    assert not np.array_equal(frames[MOVES + HOLD + MOVES // 2], held[0])


def test_a_held_frame_stays_one_whatever_is_asked_of_the_encoder(small: Path) -> None:
    frames = decoded(film(video_encoder_options={"x264-params": "no-fast-pskip=1"}))
    held = frames[MOVES : MOVES + HOLD]
    assert all(np.array_equal(frame, held[0]) for frame in held)


def test_a_held_frame_takes_next_to_no_space(small: Path) -> None:
    assert max(p.size for p in packets(film())[MOVES + 1 : MOVES + HOLD]) < 32


def test_has_one_key_frame_per_section(small: Path) -> None:
    keys = [n for n, p in enumerate(packets(film())) if p.is_keyframe]
    assert keys == [0, 2 * MOVES + HOLD]


def sync_samples(path: Path) -> list[int]:
    """The frames to which a player may seek, counted from 1, as the file itself lists them."""
    data = path.read_bytes()
    table = data.index(b"stss") + 4
    count, *_ = struct.unpack_from(">I", data, table + 4)
    return list(struct.unpack_from(f">{count}I", data, table + 8))


def test_lists_its_key_frames(small: Path) -> None:
    assert sync_samples(film()) == [1, 2 * MOVES + HOLD + 1]


def test_a_long_section_gets_a_key_frame_now_and_then(small: Path) -> None:
    """The encoder then counts from zero again, and so must the held frames after it."""
    spec = VideoEncoderSpec("mp4", "libx264", "yuv420p", 64, 64, Fraction(FPS), ())
    encoder = SegmentEncoder(target=small / "long.mp4", spec=spec)
    for shade in range(700):
        picture = np.full((64, 64, 4), shade % 251, np.uint8)
        encoder.write_frame([Patch.cut(picture, (0, 0, 64, 64))], repeat=1 + shade % 3)
    encoder.finish()
    frames = decoded(small / "long.mp4")
    shown = [round((frame[:64].mean() - 16) * 255 / 219) for frame in frames]
    wanted = [shade % 251 for shade in range(700) for _ in range(1 + shade % 3)]
    assert np.abs(np.subtract(shown, wanted)).max() <= 3
    first, second = sync_samples(small / "long.mp4")
    assert first == 1 < second


def test_says_which_colours_it_means(small: Path) -> None:
    with av.open(str(film())) as container:
        context = container.streams.video[0].codec_context
        tags = (context.colorspace, context.color_primaries, context.color_trc)
        assert context.pix_fmt == "yuv420p"
        assert tags == (1, 1, 1)  # BT.709, all three
        assert context.color_range == 1  # limited


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_ffmpeg_has_no_complaint(small: Path) -> None:
    command = ["ffmpeg", "-v", "warning", "-i", str(film()), "-f", "null", "-"]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_can_be_sought_into_a_hold(small: Path) -> None:
    path = film()
    wanted = decoded(path)[MOVES + HOLD // 2]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        at = Fraction(MOVES + HOLD // 2, FPS) / stream.time_base
        container.seek(int(at), stream=stream)
        found = next(f for f in container.decode(stream) if f.pts >= at)
    assert np.array_equal(found.to_ndarray(), wanted)


def test_the_same_scene_gives_the_same_bytes(small: Path) -> None:
    first = film(media_dir=str(small / "first")).read_bytes()
    assert film(media_dir=str(small / "second")).read_bytes() == first


def test_films_join_without_encoding_again(small: Path) -> None:
    clips = [film(media_dir=str(small / "a")), film(OtherFilm, media_dir=str(small / "b"))]
    headers = set()
    for clip in clips:
        with av.open(str(clip)) as container:
            headers.add(container.streams.video[0].codec_context.extradata)
    assert len(headers) == 1
    writer = OtherFilm(renderer=fast_renderer()).renderer.file_writer
    writer.combine_files([str(clip) for clip in clips], small / "joined.mp4")
    joined = decoded(small / "joined.mp4")
    assert len(joined) == 2 * FRAMES
    assert np.array_equal(joined[FRAMES], decoded(clips[1])[0])


def test_sections_are_films_of_their_own(small: Path) -> None:
    film(save_sections=True)
    first, second = sorted(small.glob("videos/**/sections/*.mp4"))
    assert len(decoded(first)) == 2 * MOVES + HOLD
    assert len(decoded(second)) == MOVES + 2 * HOLD


def test_a_skipped_section_leaves_nothing(small: Path) -> None:
    class Skipping(Scene):
        def construct(self) -> None:
            self.wait(0.5)
            self.next_section("skipped", skip_animations=True)
            self.play(Create(Square()), run_time=0.5)
            self.next_section("shown")
            self.wait(0.5)

    frames = decoded(film(Skipping))
    assert len(frames) == 10
    assert not np.array_equal(frames[0], frames[5])


@pytest.mark.parametrize(
    ("settings", "suffix"),
    [
        ({"transparent": True}, ".mov"),
        ({"format": "webm"}, ".webm"),
        ({"format": "gif"}, ".gif"),
        ({"save_last_frame": True}, ".png"),
    ],
)
def test_what_is_not_h264_is_left_to_manim(
    settings: dict[str, object], suffix: str, small: Path
) -> None:
    path = film(**settings)
    assert path.suffix == suffix
    assert path.stat().st_size > 0


def test_encoder_options_given_to_manim_win(small: Path) -> None:
    coarse = film(media_dir=str(small / "a"), video_encoder_options={"crf": "40"})
    fine = film(media_dir=str(small / "b"), video_encoder_options={"crf": "10"})
    assert coarse.stat().st_size < fine.stat().st_size


def test_a_failing_encoder_stops_the_film(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(SegmentEncoder, "_write", fail)
    with pytest.raises(OSError, match="disk full"):
        film()


def test_manims_command_line_renders_it(small: Path) -> None:
    source = small / "lecture.py"
    source.write_text(
        "from manim import *\n"
        "from scenes.engine import fast_renderer\n"
        "class Lecture(Scene):\n"
        "    def __init__(self):\n"
        "        super().__init__(renderer=fast_renderer())\n"
        "    def construct(self):\n"
        "        self.play(Create(Square()), run_time=0.2)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-m", "manim", "-ql", "--media_dir", str(small), str(source)]
    run = subprocess.run([*command, "Lecture"], capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stderr
    assert len(decoded(next(small.glob("videos/**/Lecture.mp4")))) == 3


def test_numbers_are_read_and_written_bit_by_bit() -> None:
    bits = Bits(bytes([0b1_010_011_0, 0b0100_1111]))
    assert [bits.unsigned() for _ in range(4)] == [0, 1, 2, 3]
    assert bits.replaced(4, 0) == bytes([0b1_010_011_0, 0b0100_0000])


def test_renumbering_keeps_start_codes_out_of_the_data() -> None:
    # A baseline parameter set whose frame_num has four bits, and a slice whose field of
    # ones, once it is zero, leaves two zero bytes in a row before a byte below four.
    sets = join([bytes([0x67, 66, 0, 10, 0b1_1_000000])])
    numbers = FrameNumbers(sets)
    # 1 = macroblock 0, 00110 = P slice, 1 = parameter set 0, then four bits of frame_num.
    unit = bytes([0x41, 0b1_00110_1_1, 0b111_00000, 0, 1, 0x80])
    assert nal_type(unit) == 1
    assert split(numbers.renumber(join([unit]))) == [
        bytes([0x41, 0b1_00110_1_0, 0b000_00000, 0, 3, 1, 0x80])
    ]
