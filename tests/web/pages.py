"""Pages of small records, and what stands on them."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from epochreel.products.plan import Film
from epochreel.products.web.page import make_page
from epochreel.record.record import Record
from epochreel.work.clips import Drawing
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import SMALL
from tests.scenes.conftest import show_of

PageOf = Callable[[str], Path]


def write_page(record: Record, path: Path, *settings: str, with_film: bool = False) -> None:
    show = show_of(record, "en", "paper", *settings)
    film = Film(show, Drawing(SMALL), path, ["title", "loss_curve"])
    make_page(film, with_film, Store(path.parent / "media"), Inline(), print)


def texts(page: Page, selector: str) -> list[str]:
    return [text.replace("\xa0", "").strip() for text in page.locator(selector).all_text_contents()]


def go_to(page: Page, epoch: int) -> None:
    page.evaluate("epoch => { location.hash = `epoch=${epoch}` }", epoch)
    expect(page.locator("#reading-epoch")).to_have_text(f"Epoch = {epoch}")


def expect_address(page: Page, ending: str) -> None:
    """Wait until the address, which follows a moment after the page, ends so."""
    expect(page).to_have_url(re.compile(f"{re.escape(ending)}$"))


def page_color(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def rgb(color: str) -> str:
    return "rgb({}, {}, {})".format(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))
