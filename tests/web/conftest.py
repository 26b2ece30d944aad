"""A browser, and pages in it that may ask nothing of the network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.records import RECORDS, a_record
from tests.web.pages import PageOf, write_page
from tools.browser import find_browser

OFFLINE = ("file:", "data:", "blob:", "about:")


class OpenFile(Protocol):
    def __call__(
        self, path: Path, width: int = 1280, height: int = 720, **context_options: Any
    ) -> Page: ...


# Not for the session: as long as Playwright runs, no other test could run an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = find_browser()
    assert found, "The tests of pages need Chromium or Chrome: make browser"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found)
        yield started
        started.close()


@pytest.fixture
def open_file(browser: Browser) -> Iterator[OpenFile]:
    """Opens a file as a double click does; the test fails where its page, or a window that it
    opens, logs an error or asks for anything that is not beside it.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def opened(path: Path, width: int = 1280, height: int = 720, **context_options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **context_options
        )
        contexts.append(context)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on(
            "console",
            lambda said: troubles.append(said.text) if said.type == "error" else None,
        )
        context.on(
            "request",
            lambda asked: None if asked.url.startswith(OFFLINE) else troubles.append(asked.url),
        )
        page = context.new_page()
        page.goto(path.absolute().as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> PageOf:
    """The page of one of the test's records, without its film; made once."""
    folder = tmp_path_factory.mktemp("pages")

    def made(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            write_page(a_record(**RECORDS[name]), path)
        return path

    return made
