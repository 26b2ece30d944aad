"""When the page for students is made again, and what of the film is in it."""

import base64
import io
import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from epochreel.products.plan import Film
from epochreel.products.web import document as documents
from epochreel.products.web import page as pages
from epochreel.products.web.page import make_page
from epochreel.work.clips import Drawing
from epochreel.work.store import State, Store
from epochreel.work.workers import Inline
from tests.products.conftest import SMALL
from tests.records import a_record
from tests.scenes.conftest import show_of
from tests.web.conftest import OpenFile

pytestmark = pytest.mark.render
MARKED_UP = "<i>Loss</i> & 1 < 2"


def make(path: Path, *settings: str, language: str = "zh", with_film: bool = False) -> State:
    show = show_of(a_record(), language, "paper", *settings)
    film = Film(show, Drawing(SMALL), path, ["title"])
    return make_page(film, with_film, Store(path.parent / "media"), Inline(), print).state


@pytest.mark.parametrize("name", ["page.html", "page.css", "numbers.js", "page.js"])
def test_it_is_made_again_where_a_file_of_the_page_changed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = tmp_path / "page.html", documents.asset
    make(path)
    monkeypatch.setattr(
        documents, "asset", lambda asked: read(asked) + ("\n" if asked == name else "")
    )
    assert make(path) is State.STALE
    assert make(path) is State.WHOLE


def test_it_is_made_again_where_the_code_that_makes_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    make(path)
    monkeypatch.setattr(pages, "code_on_disk", lambda modules: f"other {modules}")
    assert make(path) is State.STALE


def test_it_is_made_again_where_words_of_the_other_language_changed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    make(path)
    assert make(path, "words.en.lesson='Another name'") is State.STALE
    assert "Another name" in path.read_text(encoding="utf-8")


def test_captions_with_signs_of_markup_are_read_as_they_are(
    tmp_path: Path, open_file: OpenFile
) -> None:
    path = tmp_path / "page.html"
    make(path, f"words.en.lesson={MARKED_UP!r}", language="en", with_film=True)
    page = open_file(path)
    expect(page.locator("#told ol button span")).to_have_text(MARKED_UP)
    cue = page.evaluate(
        "[...document.querySelector('video').textTracks].find(track => track.language === 'en')"
        ".cues[0].getCueAsHTML().textContent"
    )
    assert cue == MARKED_UP


def test_the_picture_that_waits_shows_something(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    make(path, with_film=True)
    held = re.search(r'id="poster">([^<]+)</script>', path.read_text(encoding="utf-8"))
    assert held
    poster = Image.open(io.BytesIO(base64.b64decode(held[1]))).convert("L")
    low, high = poster.resize((64, 36)).getextrema()
    assert isinstance(low, int) and isinstance(high, int)
    assert high - low > 100
    words = poster.crop((0, poster.height // 4, poster.width, poster.height * 3 // 4))
    assert len(words.getcolors() or ()) > 20


def test_its_policy_admits_nothing_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    make(path)
    policy = re.search(r'Security-Policy" content="([^"]+)"', path.read_text(encoding="utf-8"))
    assert policy
    sources = {source for rule in unescape(policy[1]).split("; ") for source in rule.split()[1:]}
    hashes = {source for source in sources if source.startswith("'sha256-")}
    assert sources - hashes == {"'none'", "data:", "blob:"}
    assert len(hashes) == 2
