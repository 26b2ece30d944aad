"""Films whose every picture is encoded: what is transparent stays so, what stands still is held."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from manim import BLACK, BLUE, LEFT, RIGHT, Scene, Square, config

from scenes.engine import gif
from scenes.engine.formats import encoder_of, straight
from scenes.engine.gif import GifEncoder
from scenes.engine.pictures import picture_renderer

from .frames import decoded

SIZE, RATE = (160, 90), 20
Picture = npt.NDArray[np.uint8]


def picture(red: int, alpha: int = 255) -> Picture:
    """A page with a square in it, colours multiplied by alpha."""
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    pixels[20:70, 40:120] = red * alpha // 255, 0, 0, alpha
    return pixels


def seconds_of(path: Path) -> float:
    with av.open(path) as container:
        assert container.duration
        return container.duration / 1_000_000


@pytest.mark.parametrize("format", ["webm", "mov"])
def test_alpha_comes_back_from_the_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"film.{format}"
    encoder = encoder_of(format, path, SIZE, RATE, transparent=True)
    for alpha in (0, 128, 255):
        encoder.show(picture(200, alpha), 4)
    encoder.close()

    shown = [pixels for _, pixels in decoded(path)]
    assert [int(pixels[45, 80, 3]) for pixels in shown] == pytest.approx([0, 128, 255], abs=3)
    assert all(pixels[5, 5, 3] < 3 for pixels in shown)
    # Half-transparent red is as red as opaque red: colours are not multiplied by alpha.
    assert [int(pixels[45, 80, 0]) for pixels in shown[1:]] == pytest.approx([200, 200], abs=4)


@pytest.mark.parametrize("format", ["webm", "mov", "gif"])
def test_what_stands_still_is_one_picture_and_lasts(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"film.{format}"
    encoder = encoder_of(format, path, SIZE, RATE, transparent=False)
    for red, frames in ((40, 1), (120, 10), (220, 30)):
        encoder.show(picture(red), frames)
    encoder.close()

    starts = [start for start, _ in decoded(path)]
    assert starts == pytest.approx([0, 1 / RATE, 11 / RATE])
    assert seconds_of(path) == pytest.approx(41 / RATE, abs=0.005)
    reds = [int(pixels[45, 80, 0]) for _, pixels in decoded(path)]
    assert reds == pytest.approx([40, 120, 220], abs=4)


def test_the_last_picture_is_kept_as_it_was_shown(tmp_path: Path) -> None:
    """The camera goes on painting into the same pixels."""
    encoder = encoder_of("gif", tmp_path / "film.gif", SIZE, RATE, transparent=False)
    pixels = picture(200)
    encoder.show(pixels, 5)
    pixels[:] = 0
    encoder.close()

    ((_, shown),) = decoded(tmp_path / "film.gif")
    assert shown[45, 80, 0] == 200


def test_a_gif_becomes_smaller_until_it_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (24, SIZE[1], SIZE[0], 4), np.uint8)
    sizes = []
    for most in (gif.MOST_BYTES, 200_000, 60_000):
        monkeypatch.setattr(gif, "MOST_BYTES", most)
        path = tmp_path / f"{most}.gif"
        encoder = GifEncoder(path, RATE)
        for pixels in noise:
            encoder.show(pixels, 1)
        encoder.close()
        assert path.stat().st_size <= most
        assert seconds_of(path) == pytest.approx(24 / RATE, abs=0.01)
        sizes.append((decoded(path)[0][1].shape[:2], len(decoded(path))))
    assert sizes[0] == ((90, 160), 24)
    assert sizes[0] > sizes[1] > sizes[2]


def test_a_gif_has_a_palette_of_its_own(tmp_path: Path) -> None:
    """Not the fixed one with its 216 colours, in which greys and blues become others."""
    colours = [(17, 93, 166), (184, 74, 0), (26, 31, 43), (241, 244, 249)]
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    for at, colour in enumerate(colours):
        pixels[:, at * 40 : (at + 1) * 40] = (*colour, 255)
    encoder = GifEncoder(tmp_path / "film.gif", RATE)
    encoder.show(pixels, 3)
    encoder.close()

    ((_, shown),) = decoded(tmp_path / "film.gif")
    for at, colour in enumerate(colours):
        assert shown[45, at * 40 + 20, :3].tolist() == pytest.approx(colour, abs=2)


def test_colours_are_as_they_were_before_alpha() -> None:
    pixels = np.array([[[0, 0, 0, 0], [64, 32, 0, 128], [255, 10, 0, 255]]], np.uint8)
    assert straight(pixels).tolist() == [[[0, 0, 0, 0], [128, 64, 0, 128], [255, 10, 0, 255]]]


class Moves(Scene):
    def construct(self) -> None:
        square = Square(fill_opacity=1, color=BLUE).shift(2 * LEFT)
        self.add(square)
        self.play(square.animate.shift(4 * RIGHT), run_time=10 / config.frame_rate)
        self.next_section("after")
        self.wait(5 / config.frame_rate)


def test_pictures_come_with_their_section_and_for_how_long(small: Path) -> None:
    got: list[tuple[str, int, Picture]] = []
    scene = Moves(
        renderer=picture_renderer(lambda *shown: got.append((shown[0], shown[2], shown[1].copy())))
    )
    camera = scene.camera
    camera.background_color, camera.background_opacity = BLACK, 0.0
    scene.render()

    assert [(section, frames) for section, frames, _ in got] == [("autocreated", 1)] * 10 + [
        ("after", 5)
    ]
    assert all(pixels[0, 0].tolist() == [0, 0, 0, 0] for *_, pixels in got)
    assert all(pixels[:, :, 3].max() == 255 for *_, pixels in got)
    assert not list(small.rglob("*.mp4"))
