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

render = [pytest.mark.manim, pytest.mark.render]
BOTH = pytest.mark.parametrize("kind", [QUARTO, MARP], ids=["quarto", "marp"])


def read(text: str) -> tuple[dict[str, str], BeautifulSoup]:
    """The header, and all below it as HTML; Quarto's fences of HTML are that HTML."""
    _, header, body = text.split("---\n", 2)
    body = body.replace("```{=html}", "").replace("```", "")
    return yaml.safe_load(header), html(body)


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


class TestBoth:
    pytestmark = render

    @BOTH
    def test_each_beat_has_a_slide_with_its_clip_captions_and_notes(
        self, kind: Kind, deck: MakeDeck
    ) -> None:
        plan = deck(kind, "fit")
        header, body = read(text_of(plan))
        assert header["title"] == "Training a neural network: the loss function"
        assert header["lang"] == "en"
        assert [heading.text for heading in body.select("h2")] == ["The fit", "The fit"]
        start, training = body.select("video")
        for video, name in ((start, "09-fit-01-start"), (training, "09-fit-02-training")):
            assert (video["src"], video["poster"]) == (f"{name}.mp4", f"posters/{name}.first.png")
            assert video.has_attr("controls") and video.has_attr("muted")
            assert [track["srclang"] for track in video.select("track")] == ["en", "zh"]
            for place in (video["src"], video["poster"], *(t["src"] for t in video("track"))):
                assert (plan.film.path.parent / str(place)).is_file()
        said = "The true function, and the predictions before training."
        assert start["aria-label"] == f"The fit: {said}"
        assert text_of(plan).count(said) == 2

    @BOTH
    def test_what_is_spoken_is_not_muted(
        self, kind: Kind, deck: MakeDeck, tmp_path: Path
    ) -> None:
        spoken = tmp_path / "spoken"
        spoken.mkdir()
        record(spoken / "fit-start.wav", tone(0.5))
        _, body = read(text_of(deck(kind, "fit/start", narration=spoken)))
        assert not body.select("video[muted]")

    @BOTH
    def test_hostile_words_stay_words(self, kind: Kind, deck: MakeDeck) -> None:
        plain, hostile = (
            read(text_of(deck(kind, "title", lesson=lesson)))
            for lesson in ("A lesson", HOSTILE)
        )
        assert [element.name for element in hostile[1].find_all(True)] == [
            element.name for element in plain[1].find_all(True)
        ]
        assert hostile[0].keys() == plain[0].keys()
        assert HOSTILE in hostile[1].video["aria-label"]
        title = hostile[0]["title"]
        assert HOSTILE == (title if kind is MARP else html(title).text.strip())
        whole = str(hostile[1]).replace(JOINER, "")
        assert "{{< include" not in text_of_notes(hostile[1], kind) or kind is MARP
        assert "<script>alert(1)" not in whole or kind is MARP
