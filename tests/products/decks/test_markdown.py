"""Slides for Quarto and for Marp, as a reader of Markdown and of HTML understands them."""

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Comment
from markdown_it import MarkdownIt

from epochreel.products.clip_folder import Kind
from epochreel.products.decks.markdown import escaped
from epochreel.products.decks.marp import MARP
from epochreel.products.decks.notes import JOINER, in_comment
from epochreel.products.decks.quarto import QUARTO
from tests.products.decks.conftest import HOSTILE, MakeDeck, text_of
from tests.products.sounds import record, tone

BOTH = pytest.mark.parametrize("kind", [QUARTO, MARP], ids=["quarto", "marp"])


def read(text: str) -> tuple[dict[str, str], BeautifulSoup]:
    """The header, and all below it as HTML; Quarto's fences of HTML are that HTML."""
    _, header, body = text.split("---\n", 2)
    body = body.replace("```{=html}", "").replace("```", "")
    return yaml.safe_load(header), html(body)


def notes_of(kind: Kind, body: BeautifulSoup) -> list[str]:
    """In Marp comments; in Quarto what stands between `:::` and `:::`."""
    if kind is MARP:
        comments = body.find_all(string=lambda text: isinstance(text, Comment))
        return [comment.strip().replace(JOINER, "") for comment in comments]
    begin, end = "::: {.notes}\n", "\n:::"
    paragraphs = [paragraph.text for paragraph in body.select("p")]
    return [text[len(begin) : -len(end)] for text in paragraphs if text.startswith(begin)]


def html(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(MarkdownIt("commonmark", {"html": True}).render(markdown), "html.parser")


@pytest.mark.parametrize(
    "words",
    [
        HOSTILE,
        *("# a", "- a", "+ a", "1. a", "2) a", "(3) a", "i. a", "> a", "~~~", "---", "===", "***"),
        *("a {.b}", "::: {.notes}", "<b>", "&amp;", "![a](b)", "a\\", "[^1]: a", "| a | b |"),
        "损失值: 0.1",
    ],
)
def test_words_are_shown_as_they_are(words: str) -> None:
    (paragraph,) = html(escaped(words)).find_all(True)
    assert (paragraph.name, paragraph.text) == ("p", words)


@pytest.mark.parametrize(
    "words", ["-->", "--!>", "--->", "<!--", "theme: gaia", "_class: lead", "{class: lead}"]
)
def test_a_comment_holds_its_words_and_says_nothing_to_marp(words: str) -> None:
    soup = BeautifulSoup(f"<!-- {in_comment(words)} -->", "html.parser")
    (comment,) = soup.children
    assert isinstance(comment, Comment)
    assert comment.strip().replace(JOINER, "") == words
    said = yaml.safe_load(comment)
    assert not isinstance(said, dict) or not {*said} & {"theme", "_class", "class"}


@BOTH
@pytest.mark.manim
@pytest.mark.render
def test_each_beat_has_a_slide_with_its_clip_captions_and_notes(kind: Kind, deck: MakeDeck) -> None:
    plan = deck(kind, "fit")
    header, body = read(text_of(plan))
    assert header["title"] == "Training a neural network: the loss function"
    assert header["lang"] == "en"
    assert [heading.text for heading in body.select("h2")] == ["The fit", "The fit"]
    names = ["12-fit-01-start", "12-fit-02-training"]
    for video, name in zip(body.select("video"), names, strict=True):
        assert (video["src"], video["poster"]) == (f"{name}.mp4", f"posters/{name}.first.png")
        assert video.has_attr("controls") and video.has_attr("muted")
        assert video.has_attr("onloadedmetadata" if kind is MARP else "data-autoplay")
        assert [track["srclang"] for track in video.select("track")] == ["en", "es", "zh"]
        for place in (video["src"], video["poster"], *(t["src"] for t in video.select("track"))):
            assert (plan.film.path.parent / str(place)).is_file()
    said = "The true function, and the predictions at epoch 0."
    assert body.select("video")[0]["aria-label"] == f"The fit: {said}"
    assert notes_of(kind, body)[0] == said


@BOTH
@pytest.mark.manim
@pytest.mark.render
def test_what_is_spoken_is_not_muted(kind: Kind, deck: MakeDeck, tmp_path: Path) -> None:
    spoken = tmp_path / "spoken"
    spoken.mkdir()
    record(spoken / "fit-start.wav", tone(0.5))
    _, body = read(text_of(deck(kind, "fit/start", narration=spoken)))
    assert body.select("video") and not body.select("video[muted]")


@BOTH
@pytest.mark.manim
@pytest.mark.render
def test_hostile_words_stay_words(kind: Kind, deck: MakeDeck) -> None:
    plain_header, plain = read(text_of(deck(kind, "title", lesson="A lesson")))
    header, body = read(text_of(deck(kind, "title", lesson=HOSTILE)))
    assert header.keys() == plain_header.keys()
    # Quarto reads Markdown in its header as well.
    assert (header["title"] if kind is MARP else html(header["title"]).text.strip()) == HOSTILE
    assert [element.name for element in body.find_all()] == [
        element.name for element in plain.find_all()
    ]
    assert HOSTILE in str(body.select("video")[0]["aria-label"])
    assert HOSTILE in notes_of(kind, body)[0]


@pytest.mark.manim
@pytest.mark.render
def test_a_shortcode_in_words_is_none(deck: MakeDeck) -> None:
    """Quarto looks for shortcodes in the text, before anybody reads it as Markdown."""
    assert "{{<" not in text_of(deck(QUARTO, "title", lesson=HOSTILE))
