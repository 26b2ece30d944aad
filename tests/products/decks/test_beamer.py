"""Frames for Beamer. What they look like was looked at by hand: no TeX runs here."""

import re

import pytest

from epochreel.products.decks.beamer import BEAMER
from epochreel.products.decks.tex import escaped
from tests.products.decks.conftest import HOSTILE, MakeDeck, text_of

pytestmark = [pytest.mark.manim, pytest.mark.render]

INPUT = re.compile(r"^\\input\{(.+)\}$", re.MULTILINE)
CLIP = re.compile(r"\\filmclip\{\\filmfolder/([^{}]+)\}\{\\filmfolder/([^{}]+)\}")


def test_the_document_takes_in_every_frame_in_order(deck: MakeDeck) -> None:
    plan = deck(BEAMER, "fit", "references")
    folder = plan.film.path.parent
    assert INPUT.findall(text_of(plan)) == [
        "12-fit-01-start.tex",
        "12-fit-02-training.tex",
        "13-references-01-references.tex",
    ]
    for name in INPUT.findall(text_of(plan)):
        frame = (folder / name).read_text(encoding="utf-8")
        assert frame.count(r"\begin{frame}") == frame.count(r"\end{frame}") == 1


def test_a_frame_shows_the_end_of_its_clip_and_links_to_it(deck: MakeDeck) -> None:
    folder = deck(BEAMER, "fit/start").film.path.parent
    frame = (folder / "12-fit-01-start.tex").read_text(encoding="utf-8")
    ((picture, video),) = CLIP.findall(frame)
    assert picture == "posters/12-fit-01-start.last.png" and (folder / picture).is_file()
    assert video == "12-fit-01-start.mp4" and (folder / video).is_file()
    assert r"\begin{frame}{The fit}" in frame
    assert r"\note{The true function, and the predictions at epoch 0.}" in frame


def test_it_says_with_what_it_is_compiled(deck: MakeDeck) -> None:
    english = text_of(deck(BEAMER, "loss_formula/symbols"))
    assert english.startswith("% !TeX program = pdflatex\n") and "ctex" not in english
    chinese = text_of(deck(BEAMER, "fit/start", language="zh"))
    assert chinese.startswith("% !TeX program = xelatex\n")
    assert r"\usepackage{ctex}" in chinese


def test_hostile_words_stay_words(deck: MakeDeck) -> None:
    plan = deck(BEAMER, "title", lesson=HOSTILE)
    frame = plan.film.path.with_name("01-title-01-title.tex").read_text(encoding="utf-8")
    assert rf"\title{{{escaped(HOSTILE)}}}" in text_of(plan)
    assert escaped(HOSTILE) in frame
    for text in (text_of(plan), frame):
        assert "/etc/passwd" not in text.replace(escaped(HOSTILE), "")
