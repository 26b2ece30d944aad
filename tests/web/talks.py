"""Small talks, and what a page with one shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from epochreel.products.clip_folder import make_clip_folder
from epochreel.products.narration import narrated
from epochreel.products.plan import Film
from epochreel.products.web.talk import TALK, make_talk
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import FAST
from tests.records import a_record
from tests.scenes.conftest import show_of

BEATS = ("fit/start", "fit/training", "references/references")

# The slide that is shown, whether or not it is in a stack.
PRESENT = ":is(.slides > .present[data-beat], .slides > .present > .present[data-beat])"


def film_of(
    path: Path,
    *settings: str,
    only: Sequence[str] = ("fit", "references"),
    language: str = "en",
    theme: str = "paper",
) -> Film:
    show = show_of(a_record(epochs=(0, 1, 2)), language, theme, *settings)
    return Film(show, FAST, path, only)


def a_talk(folder: Path, *settings: str, narration: Path | None = None, **look: Any) -> Path:
    film = narrated(film_of(folder / "talk.html", *settings, **look), narration)
    make_talk(film, Store(folder / "media"), Inline(), print)
    return film.path


def a_folder(folder: Path, **look: str) -> Path:
    film = film_of(folder / "talk" / "index.html", **look)
    make_clip_folder(film, TALK, Store(folder / "media"), Inline(), print)
    return film.path


def ready(page: Page) -> Page:
    page.locator(".reveal.ready").wait_for()
    return page


def beat(page: Page) -> str:
    """Of the slide that is shown."""
    return page.locator(PRESENT).get_attribute("data-beat") or ""


def video(page: Page, what: str) -> Any:
    """What a JavaScript expression says of the `video` on the slide that is shown."""
    return page.locator(f"{PRESENT} video").evaluate(f"video => {what}")


def shows(page: Page) -> str | None:
    """Which of its pictures the slide shows: first, video or last."""
    return page.locator(f"{PRESENT} .clip").get_attribute("data-shows")


def has_begun(page: Page) -> None:
    """Waits until the clip is seen to play."""
    video(page, "new Promise(done => video.requestVideoFrameCallback(done))")


def finish(page: Page) -> None:
    """Lets the clip play to its end, four times as fast; faster, its last pictures are left out."""
    video(
        page,
        "new Promise(done => { video.onended = done; video.playbackRate = 4; })"
        ".then(() => { video.playbackRate = 1; })",
    )
