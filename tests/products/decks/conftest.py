"""Folders for other slide tools, of small films whose clips are drawn once for all tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epochreel.products.clip_folder import Kind, make_clip_folder
from epochreel.products.narration import narrated
from epochreel.products.plan import Film, FilmPlan
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import FAST
from tests.records import a_record
from tests.scenes.conftest import show_of

MakeDeck = Callable[..., FilmPlan]

# Something of every language that words get into.
HOSTILE = " ".join(
    [
        r"1. \input{/etc/passwd} 100% $x_1$ #a {b} ^^5c & ~ 'q' `c` '' -- -->",
        "<script>alert(1)</script> <b>bold</b> &lt;i&gt; *em* _u_ [l](javascript:alert(1))",
        "{{< include a >}} :smile: | <!-- c --> @cite </aside><img src=x onerror=alert(1)>",
    ]
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("decks") / "media")


@pytest.fixture
def deck(tmp_path: Path, store: Store) -> MakeDeck:
    """Makes `tmp_path/deck` of a kind; gives the plan, whose film's path is the first file."""

    def make(
        kind: Kind,
        *only: str,
        language: str = "en",
        lesson: str = "",
        narration: Path | None = None,
        listen: Any = print,
    ) -> FilmPlan:
        words = [f"words.{language}.lesson='''{lesson}'''"] if lesson else []
        show = show_of(a_record(), language, "paper", *words)
        path = kind.path(tmp_path / "deck", show.lecture.name)
        film = narrated(Film(show, FAST, path, only), narration)
        return make_clip_folder(film, kind, store, Inline(), listen)

    return make


def text_of(plan: FilmPlan) -> str:
    """The first file of a deck."""
    return plan.film.path.read_text(encoding="utf-8")
