"""What manim-slides itself makes of the file that is written for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from pptx import Presentation

from epochreel.products.decks.manim_slides import MANIM_SLIDES
from epochreel.products.decks.notes import JOINER
from tests.products.decks.conftest import HOSTILE, MakeDeck, text_of

pytestmark = [pytest.mark.manim, pytest.mark.render]

SAID = ["The true function, and the predictions at epoch 0.", "From epoch 0 to epoch 12"]


def convert(folder: Path, *options: str) -> None:
    """Runs in the folder above `slides`, as its users do; neither form asks the network."""
    command = [sys.executable, "-m", "manim_slides", "convert", "loss_function", *options]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def page(folder: Path) -> BeautifulSoup:
    convert(folder, "made.html")
    return BeautifulSoup((folder / "made.html").read_text(encoding="utf-8"), "html.parser")


def test_a_page_has_every_clip_and_its_notes_wherever_the_folder_is(
    deck: MakeDeck, tmp_path: Path
) -> None:
    deck(MANIM_SLIDES, "fit")
    folder = (tmp_path / "deck").rename(tmp_path / "moved")
    sections = page(folder).select("section")
    names = ["12-fit-01-start.mp4", "12-fit-02-training.mp4"]
    assert [section["data-background-video"] for section in sections] == [
        f"made_assets/{name}" for name in names
    ]
    for name in names:
        made = folder / "made_assets" / name
        assert made.read_bytes() == (folder / "slides" / name).read_bytes()
    for section, said in zip(sections, SAID, strict=True):
        assert section.text.strip().startswith(said)
        assert section["data-background-color"].lower() in ("#fff", "#ffffff", "white")


def test_a_powerpoint_deck_has_every_clip_and_its_notes(deck: MakeDeck, tmp_path: Path) -> None:
    deck(MANIM_SLIDES, "fit", language="zh")
    convert(tmp_path / "deck", "--to", "pptx", "made.pptx")
    slides = Presentation(str(tmp_path / "deck" / "made.pptx")).slides
    assert [len(slide.shapes) for slide in slides] == [1, 1]
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert notes[0] == "真实函数，和第 0 轮的预测值"


def test_the_file_is_ascii_since_the_systems_encoding_reads_it(deck: MakeDeck) -> None:
    text = text_of(deck(MANIM_SLIDES, "fit/start", language="zh"))
    assert text.isascii()
    assert json.loads(text)["slides"][0]["notes"] == "真实函数，和第 0 轮的预测值"


def test_hostile_words_stay_words_in_a_page(deck: MakeDeck, tmp_path: Path) -> None:
    deck(MANIM_SLIDES, "title", lesson=HOSTILE)
    made = page(tmp_path / "deck")
    (notes,) = made.select("aside.notes")
    assert HOSTILE in notes.text.replace(JOINER, "")
    assert not [child for child in notes.children if isinstance(child, Tag)]
    # What reveal.js reads from the element as Markdown has no HTML either.
    assert not BeautifulSoup(notes.text, "html.parser").find()
    assert not made.select("img")
