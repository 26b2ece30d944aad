"""A film with narration: clips held until all is said, and sound that ends with the picture."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from epochreel.errors import CannotHold
from epochreel.lecture.video import Video
from epochreel.products.captions import cues_of
from epochreel.products.join import Piece, join
from epochreel.products.sound import RATE, levelled, read_sound
from scenes.engine.encoder import Patch, SegmentEncoder
from tests.products.sounds import record, tone

VIDEO = Video(64, 48, 15)
SPEC = VideoEncoderSpec("mp4", "libx264", "yuv420p", 64, 48, Fraction(15), ())
MOVES, STILL = 10, 5
OWN = MOVES + STILL  # frames of a clip: a second


@pytest.fixture
def clips(tmp_path: Path) -> list[Path]:
    """Three clips of a second each: a square moves over a page, then stands."""
    made = []
    for number, shade in enumerate((30, 90, 150)):
        made.append(tmp_path / f"{number}.mp4")
        encoder = SegmentEncoder(target=made[-1], spec=SPEC)
        for step in range(MOVES):
            encoder.write_frame([Patch.cut(picture(shade, step), (0, 0, 64, 48))])
        encoder.write_frame([], repeat=STILL)
        encoder.finish()
    return made


def picture(shade: int, step: int) -> np.ndarray:
    pixels = np.full((48, 64, 4), shade, np.uint8)
    pixels[10:30, 4 * step : 4 * step + 16] = 250
    return pixels


def pieces_of(clips: Sequence[Path], narration: Sequence[Path | None]) -> list[Piece]:
    sounds = [levelled(read_sound(spoken)) if spoken else None for spoken in narration]
    return [Piece.of(clip, 15, sound) for clip, sound in zip(clips, sounds)]


def joined(
    path: Path, clips: Sequence[Path], narration: Sequence[Path | None], *, captioned: bool = True
) -> Path:
    pieces = pieces_of(clips, narration)
    said = [("Said.", f"Chapter {at}", piece.frames) for at, piece in enumerate(pieces)]
    cues = cues_of(said, Fraction(15)) if captioned else ()
    join(pieces, path, video=VIDEO, title="Film", language="en", cues=cues)
    return path


def frames(path: Path) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def test_a_beat_stands_until_its_narration_ends_and_the_next_begins_then(
    clips: list[Path], tmp_path: Path
) -> None:
    narration = [record(tmp_path / "a.wav", tone(3.01)), None, record(tmp_path / "c.wav", tone(2))]

    film = joined(tmp_path / "film.mp4", clips, narration)

    shown, alone = frames(film), [frames(clip) for clip in clips]
    first = 46  # frames hold 3.01 seconds
    assert len(shown) == first + OWN + 30
    assert all(np.array_equal(frame, alone[0][-1]) for frame in shown[OWN:first])
    assert all(np.array_equal(*pair) for pair in zip(shown[first:], alone[1]))
    assert all(np.array_equal(*pair) for pair in zip(shown[first + OWN :], alone[2]))
    with av.open(film) as container:
        starts = [chapter["start"] for chapter in container.chapters()]
        times = [frame.pts for frame in container.decode(video=0)]
    assert starts == [0, round(1000 * first / 15), round(1000 * (first + OWN) / 15)]
    assert set(np.diff(times)) == {times[1] - times[0]}


def test_each_recording_is_heard_where_its_beat_begins(clips: list[Path], tmp_path: Path) -> None:
    narration = [None, record(tmp_path / "b.wav", tone(0.5)), record(tmp_path / "c.mp3", tone(2))]

    film = joined(tmp_path / "film.mp4", clips, narration)

    heard = np.abs(read_sound(film)[0])
    loud = np.flatnonzero(heard > 0.02) / RATE
    gaps = np.flatnonzero(np.diff(loud) > 0.1)
    assert loud[0] == pytest.approx(1, abs=0.02)
    assert loud[gaps] == pytest.approx([1.5], abs=0.02)
    assert loud[gaps + 1] == pytest.approx([2], abs=0.06)  # MP3 begins with some silence


def test_sound_and_picture_end_together(clips: list[Path], tmp_path: Path) -> None:
    film = joined(tmp_path / "film.mp4", clips, [record(tmp_path / "a.wav", tone(3.3)), None, None])

    with av.open(film) as container:
        ends = [
            float((stream.duration or 0) * (stream.time_base or 0))
            for stream in (container.streams.video[0], container.streams.audio[0])
        ]
        language = container.streams.audio[0].language
    assert ends[0] == pytest.approx(len(frames(film)) / 15, abs=0.001)
    assert ends[1] == pytest.approx(ends[0], abs=0.001)
    assert read_sound(film).shape[1] / RATE == pytest.approx(ends[0], abs=1 / 15)
    assert language == "eng"


def test_sound_lies_beside_its_pictures_also_in_a_long_beat(
    clips: list[Path], tmp_path: Path
) -> None:
    film = joined(tmp_path / "film.mp4", clips[:1], [record(tmp_path / "a.wav", tone(30))])

    with av.open(film) as container:
        stored = [
            (packet.pos, packet.stream.type, float(packet.pts * packet.time_base))
            for packet in container.demux(video=0, audio=0)
            if packet.pts is not None
        ]
    latest = {"video": 0.0, "audio": 0.0}
    for _, kind, time in sorted(stored):
        latest[kind] = time
        assert abs(latest["video"] - latest["audio"]) < 1


def test_a_film_in_which_nobody_speaks_has_no_sound(clips: list[Path], tmp_path: Path) -> None:
    film = joined(tmp_path / "film.mp4", clips, [None, None, None])
    with av.open(film) as container:
        assert not container.streams.audio
    assert len(frames(film)) == 3 * OWN


def test_a_clip_for_a_slide_is_picture_and_sound_alone(clips: list[Path], tmp_path: Path) -> None:
    path = joined(
        tmp_path / "clip.mp4", clips[:1], [record(tmp_path / "a.wav", tone(2))], captioned=False
    )

    with av.open(path) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert container.chapters() == []
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert len(frames(path)) == 30


def test_a_short_recording_cuts_nothing_off(clips: list[Path], tmp_path: Path) -> None:
    (piece,) = pieces_of(clips[:1], [record(tmp_path / "a.wav", tone(0.2))])
    assert piece.frames == OWN


def test_a_clip_that_cannot_be_held_is_said_with_what_to_do(tmp_path: Path) -> None:
    clip = tmp_path / "manim.mp4"
    encoder = VideoSegmentEncoder(target=clip, spec=SPEC)
    for step in range(MOVES):
        encoder.write_frame(picture(30, step), repeat=2)
    encoder.finish()

    with pytest.raises(CannotHold, match=r"manim\.mp4.* --engine fast"):
        joined(tmp_path / "film.mp4", [clip], [record(tmp_path / "a.wav", tone(3))])
