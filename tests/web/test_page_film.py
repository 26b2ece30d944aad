"""The film in its page: chapters, captions, and the page as a product."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from epochreel.errors import BadOutput
from epochreel.products.plan import Film
from epochreel.products.web import document as documents
from epochreel.products.web.page import make_page
from epochreel.work.clips import Drawing
from epochreel.work.events import Event
from epochreel.work.store import State, Store
from epochreel.work.workers import Inline
from tests.products.conftest import SMALL, drawn
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of
from tests.web.conftest import OpenFile

pytestmark = pytest.mark.render
ONLY = ("title", "loss_curve")


def make(
    path: Path, language: str = "en", with_film: bool = True, heard: list[Event] | None = None
) -> State:
    film = Film(show_of(a_record(), language), Drawing(SMALL), path, ONLY)
    listen = print if heard is None else heard.append
    return make_page(film, with_film, Store(path.parent / "media"), Inline(), listen).state


@pytest.fixture(scope="module")
def film_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    make(path)
    return path


def loaded(page: Page) -> Page:
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    return page


def at(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def test_the_film_plays_with_its_captions_and_chapters(
    film_page: Path, open_file: OpenFile
) -> None:
    page = loaded(open_file(film_page))
    assert page.locator("#told h3").all_inner_texts() == ["Title", "The loss curve"]
    captions = page.locator("#told ol button span").all_inner_texts()
    assert captions[0] == "Training a neural network: the loss function"
    assert captions[1].startswith("The loss ")
    times = [
        float(60 * int(minutes) + int(seconds))
        for minutes, seconds in (
            text.split(":") for text in page.locator("#told time").all_inner_texts()
        )
    ]
    assert times[0] == 0
    assert times == sorted(times)

    page.get_by_role("button", name="The loss curve", exact=True).click()
    page.wait_for_function("!document.querySelector('video').paused")
    assert times[1] <= at(page) < times[2]
    expect(page.locator("#told [aria-current]")).to_contain_text("The loss rises from 232.1")
    cues = page.evaluate(
        "[...document.querySelector('video').textTracks].map("
        "track => [track.language, track.mode, [...(track.cues ?? [])].map(cue => cue.text)])"
    )
    by_language = {language: (mode, texts) for language, mode, texts in cues}
    assert by_language["en"][0] == "showing" and by_language["zh"][0] == "disabled"
    assert by_language["en"][1] == captions


def test_another_language_changes_captions_and_keeps_them_off_where_they_are(
    film_page: Path, open_file: OpenFile
) -> None:
    modes = (
        "Object.fromEntries([...document.querySelector('video').textTracks]"
        ".map(track => [track.language, track.mode]))"
    )
    page = open_file(film_page)
    page.get_by_role("button", name="中文").click()
    assert page.evaluate(modes) == {"zh": "showing", "en": "disabled", "es": "disabled"}
    assert page.locator("#told h3").all_inner_texts() == ["片头", "损失曲线"]
    expect(page.locator("#told ol button span").nth(1)).to_contain_text("损失值从第 0 轮的 232.1")
    page.evaluate("for (const t of document.querySelector('video').textTracks) t.mode = 'disabled'")
    page.get_by_role("button", name="English").click()
    assert page.evaluate(modes) == {"zh": "disabled", "en": "disabled", "es": "disabled"}


def test_the_record_can_be_looked_through_before_the_film_has_come(
    film_page: Path, tmp_path: Path, open_file: OpenFile
) -> None:
    whole = film_page.read_text(encoding="utf-8")
    cut = tmp_path / "cut.html"
    cut.write_text(whole[: whole.index('id="film-file">') + 215], encoding="utf-8")
    page = open_file(cut)
    page.locator("#slider").press("End")
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 12")


def test_a_page_is_made_again_only_where_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, heard = tmp_path / "page.html", list[Event]()
    assert make(path, heard=heard) is State.MISSING
    assert drawn(heard) == {"title/title", "loss_curve/curve", "loss_curve/marks"}
    heard.clear()
    assert make(path, heard=heard) is State.WHOLE
    assert drawn(heard) == set()

    read = documents.asset
    monkeypatch.setattr(documents, "asset", lambda name: read(name) + "\n")
    assert make(path, heard=heard) is State.STALE
    assert drawn(heard) == set()
    assert make(path, with_film=False) is State.STALE
    assert 'id="film-file"' not in path.read_text(encoding="utf-8")
    assert make(path, language="zh", with_film=False) is State.STALE


def test_a_page_that_somebody_changed_is_left(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("my own", encoding="utf-8")
    with pytest.raises(BadOutput, match="made or changed by somebody else"):
        make(path, with_film=False)
    assert path.read_text(encoding="utf-8") == "my own"


SmallPage = Callable[[str], dict[str, object]]


def data_of(path: Path) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text())
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize("name", ["many samples", "wide", "several", "deep"])
def test_a_long_record_is_sampled_and_keeps_the_epochs_that_are_shown(
    name: str, tmp_path: Path
) -> None:
    record = a_record(**{**RECORDS[name], "epochs": tuple(range(3001))})
    path = tmp_path / "page.html"
    show = show_of(record, "en", "paper", "film.shown_epochs=[0, 1, 2, 2222]")
    film = Film(show, Drawing(SMALL), path)
    make_page(film, False, Store(tmp_path / "media"), Inline(), print)
    assert path.stat().st_size < 2_000_000
    data = data_of(path)
    epochs = data["epochs"]
    assert isinstance(epochs, list)
    assert {0, 1, 2, 2222, 3000} <= {*epochs}
    assert epochs == sorted(epochs)
    assert len(epochs) < 3001 == data["recorded"]


def test_five_hundred_epochs_of_the_lecture_weigh_less_than_a_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    film = Film(show_of(a_record(epochs=tuple(range(501)))), Drawing(SMALL), path)
    make_page(film, False, Store(tmp_path / "media"), Inline(), print)
    assert path.stat().st_size < 1_000_000
    epochs = data_of(path)["epochs"]
    assert epochs == list(range(501))
