"""x264 works harder where more of the picture moves; nothing else of a film depends on it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import pytest
from manim import BLUE, LEFT, RED, Rectangle, Scene, Square, tempconfig

from scenes.engine import drop_in_renderer
from scenes.engine.choosing import LOOKED_AT

from .frames import FPS


class Little(Scene):
    """A small square moves on a page that is full of others."""

    def construct(self) -> None:
        self.add(*(Square(1, fill_opacity=1).shift(x * LEFT) for x in range(-6, 7, 2)))
        self.play(Square(0.5, color=RED).animate.shift(LEFT), run_time=2)


class Much(Scene):
    """All of the page changes."""

    def construct(self) -> None:
        self.play(Rectangle(BLUE, 8, 15, fill_opacity=1).animate.set_color(RED), run_time=2)


class Both(Scene):
    def construct(self) -> None:
        Little.construct(self)
        self.clear()
        Much.construct(self)


class Short(Scene):
    """Plays of fewer pictures than are looked at, with and without a hold behind them."""

    def construct(self) -> None:
        square = Square()
        self.play(square.animate.shift(LEFT), run_time=(LOOKED_AT - 2) / FPS)
        self.wait(1)
        self.play(square.animate.shift(LEFT), run_time=LOOKED_AT / FPS)


def film(scene_class: type[Scene]) -> Path:
    with tempconfig({"disable_caching": True}):
        scene = scene_class(renderer=drop_in_renderer())
        scene.render()
    return Path(scene.renderer.file_writer.final_file_path)


@pytest.mark.parametrize(("scene_class", "closer"), [(Little, 1), (Much, 2)])
def test_how_close_x264_looks(scene_class: type[Scene], closer: int, small: Path) -> None:
    # x264 writes how it was set into every file.
    assert f" subme={closer} ".encode() in film(scene_class).read_bytes()


def test_films_of_both_kinds_join(small: Path) -> None:
    data = film(Both).read_bytes()
    assert b" subme=1 " in data
    assert b" subme=2 " in data
    headers = set()
    for part in small.glob("videos/**/partial_movie_files/**/*.mp4"):
        with av.open(str(part)) as container:
            headers.add(container.streams.video[0].codec_context.extradata)
    assert len(headers) == 1


def test_what_was_kept_back_is_in_the_film(small: Path) -> None:
    with av.open(str(film(Short))) as container:
        shown = [frame.to_ndarray() for frame in container.decode(video=0)]
    assert len(shown) == LOOKED_AT - 2 + FPS + LOOKED_AT
    moves = [bool((a != b).any()) for a, b in pairwise(shown)]
    assert all(moves[1 : LOOKED_AT - 3])
    assert not any(moves[LOOKED_AT : LOOKED_AT - 2 + FPS - 1])
    assert all(moves[LOOKED_AT + FPS : -1])
