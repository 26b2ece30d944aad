"""How every beat ends, as pictures and as one sheet."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from epochreel.products.contact_sheet import HEIGHT, WIDTH, _Writer, contact_sheet
from epochreel.products.film import make_film
from epochreel.products.plan import Film
from epochreel.products.stills import SHEET, make_stills
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import FAST, SMALL
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]


def stills(folder: Path, *only: str, heard: list[Event] | None = None) -> list[Path]:
    film = Film(show_of(a_record(), "en"), FAST, folder / "stills", only)
    listen = print if heard is None else heard.append
    return make_stills(film, Store(folder / "media"), Inline(), listen)


def test_a_still_is_the_last_frame_of_its_beat(tmp_path: Path) -> None:
    made = stills(tmp_path, "references", "fit/training")
    assert [path.name for path in made] == [
        "01-fit-training.png",
        "02-references-references.png",
    ]

    for path, only in zip(made, ("fit/training", "references")):
        film = Film(show_of(a_record(), "en"), FAST, tmp_path / "film.mp4", [only])
        make_film(film, Store(tmp_path / "media"), Inline(), print)
        with av.open(film.path) as container:
            *_, last = container.decode(video=0)
        with Image.open(path) as opened:
            picture = np.asarray(opened, dtype=int)
        difference = np.abs(picture - last.to_ndarray(format="rgb24"))
        assert picture.shape == (SMALL.height, SMALL.width, 3)
        assert difference.mean() < 3
        assert picture.std() > 10


def test_what_is_there_is_not_drawn_again_and_what_is_not_wanted_any_more_goes(
    tmp_path: Path,
) -> None:
    heard: list[Event] = []
    first = stills(tmp_path, "fit")
    (tmp_path / "stills" / "mine.png").touch()
    assert stills(tmp_path, "fit", heard=heard) == first
    assert heard == []

    first[0].write_bytes(b"damaged")
    assert stills(tmp_path, "fit", heard=heard) == first
    assert [event.scene for event in heard] == ["fit"]
    with Image.open(first[0]) as picture:
        assert picture.size == (SMALL.width, SMALL.height)

    (other,) = stills(tmp_path, "references")
    there = {path.name for path in (tmp_path / "stills").iterdir() if path.suffix == ".png"}
    assert there == {SHEET, other.name, "mine.png"}


def test_the_sheet_has_every_picture_in_its_place() -> None:
    colors = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff"]
    sheet = contact_sheet([(color, "Said.", png(color)) for color in colors], "paper")

    assert sheet.size[0] == 1920
    across = [sheet.getpixel((36 + at * (WIDTH + 24) + WIDTH // 2, 100)) for at in range(4)]
    assert across == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]
    below = [sheet.getpixel((36 + WIDTH // 2, y)) for y in range(HEIGHT + 36, sheet.size[1])]
    assert (0, 255, 255) in below


def png(color: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), color).save(file, "png")
    return file.getvalue()


@pytest.mark.parametrize(
    "caption",
    [
        "From epoch 5 to epoch 500 the loss goes from 8.754 to 3.803e−13, which is a long way.",
        "y 是真实目标值, ŷ 是预测值, 均方误差越小越好: 训练前是 104.1, 训练后是 3.803e−13",
        "short",
        "x" * 300,
        "字" * 300,
    ],
)
def test_captions_stay_in_their_column(caption: str) -> None:
    writer = _Writer(18)
    lines = writer.lines(caption)

    assert 1 <= len(lines) <= 2
    assert all(writer._width(line.rstrip("…")) <= WIDTH for line in lines)
    assert caption.startswith(lines[0])
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == caption.replace(" ", "")


def test_a_character_that_one_font_lacks_comes_from_the_other() -> None:
    writer = _Writer(18)
    assert len(writer._runs("y, ŷ")) == 2
    assert len(writer._runs("均方误差 mse")) == 1
