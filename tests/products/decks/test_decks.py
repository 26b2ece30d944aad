"""What holds for the folders of all slide tools."""

import errno
from pathlib import Path

import av
import pytest

from epochreel.errors import BadOutput
from epochreel.files import move_whole
from epochreel.products.clip_folder import Kind
from epochreel.products.decks.beamer import BEAMER
from epochreel.products.decks.manim_slides import MANIM_SLIDES
from epochreel.products.decks.marp import MARP
from epochreel.products.decks.quarto import QUARTO
from epochreel.work import store
from epochreel.work.events import Event
from epochreel.work.store import State
from tests.products.decks.conftest import MakeDeck, text_of
from tests.products.sounds import record, tone

pytestmark = [pytest.mark.manim, pytest.mark.render]

KINDS = {"beamer": BEAMER, "manim-slides": MANIM_SLIDES, "quarto": QUARTO, "marp": MARP}
TOOLS = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
EDITED = "/* mine */"


def there(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@TOOLS
def test_a_second_run_makes_nothing(kind: Kind, deck: MakeDeck, tmp_path: Path) -> None:
    assert deck(kind, "fit").state is State.MISSING
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in there(tmp_path)}
    heard: list[Event] = []
    assert deck(kind, "fit", listen=heard.append).state is State.WHOLE
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in there(tmp_path)} == before


@TOOLS
def test_only_what_is_wanted_is_in_it_and_goes_when_it_is_not(
    kind: Kind, deck: MakeDeck, tmp_path: Path
) -> None:
    plan = deck(kind, "fit")
    assert "12-fit-01-start" in text_of(plan) and "12-fit-02-training" in text_of(plan)
    plan = deck(kind, "fit/training")
    assert "12-fit-01-start" not in text_of(plan) and "12-fit-02-training" in text_of(plan)
    assert not [name for name in there(tmp_path) if "fit-01-start" in name]


@TOOLS
def test_words_in_another_language_take_the_place_of_the_first(
    kind: Kind, deck: MakeDeck, tmp_path: Path
) -> None:
    def written() -> str:
        return "".join(
            (tmp_path / name).read_text(encoding="utf-8")
            for name in there(tmp_path)
            if Path(name).suffix in (".tex", ".json", ".md", ".qmd")
        )

    deck(kind, "fit")
    assert "predictions at epoch 0" in written()
    deck(kind, "fit", language="zh")
    assert "predictions at epoch 0" not in written()
    chinese = "第 0 轮的预测值"
    assert chinese in written() or chinese.encode("unicode-escape").decode() in written()


@TOOLS
def test_clips_keep_what_is_spoken(kind: Kind, deck: MakeDeck, tmp_path: Path) -> None:
    spoken = tmp_path / "spoken"
    spoken.mkdir()
    record(spoken / "fit-start.wav", tone(0.5))
    plan = deck(kind, "fit/start", narration=spoken)
    with av.open(plan.film.path.with_name("12-fit-01-start.mp4")) as container:
        assert len(container.streams.audio) == 1
    assert "muted" not in text_of(plan)


@TOOLS
def test_a_text_that_somebody_edited_is_left_as_it_is(
    kind: Kind, deck: MakeDeck, tmp_path: Path
) -> None:
    path = deck(kind, "fit/start").film.path
    path.write_text(EDITED, encoding="utf-8")
    with pytest.raises(BadOutput, match="another name"):
        deck(kind, "fit/start", lesson="Another lesson")
    assert path.read_text(encoding="utf-8") == EDITED

    path.rename(path.with_name("mine"))
    deck(kind, "fit/start", lesson="Another lesson")
    assert path.with_name("mine").read_text(encoding="utf-8") == EDITED
    assert EDITED not in path.read_text(encoding="utf-8")


def test_a_frame_that_somebody_edited_is_left_as_it_is(deck: MakeDeck) -> None:
    frame = deck(BEAMER, "fit").film.path.with_name("12-fit-01-start.tex")
    frame.write_text(EDITED, encoding="utf-8")
    with pytest.raises(BadOutput, match=r"12-fit-01-start\.tex"):
        deck(BEAMER, "fit", lesson="Another lesson")
    assert frame.read_text(encoding="utf-8") == EDITED


@TOOLS
def test_a_clip_that_somebody_changed_is_made_again(kind: Kind, deck: MakeDeck) -> None:
    clip = deck(kind, "fit/start").film.path.with_name("12-fit-01-start.mp4")
    whole = clip.read_bytes()
    clip.write_bytes(b"cut by hand")
    deck(kind, "fit/start")
    assert clip.read_bytes() == whole


def test_what_a_stopped_run_wrote_is_nobodys_edit(
    deck: MakeDeck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(made: Path, place: Path) -> None:
        if place.suffix == ".mp4" and place.parent.name == "deck":
            raise OSError(errno.ENOSPC, "No space left on device")
        move_whole(made, place)

    deck(MARP, "fit/start")
    with monkeypatch.context() as patched:
        patched.setattr(store, "move_whole", stopped)
        with pytest.raises(OSError, match="No space"):
            deck(MARP, "fit/start", lesson="Another lesson")
    assert "Another lesson" in text_of(deck(MARP, "fit/start", lesson="Another lesson"))


def test_another_tools_folder_is_not_written_over(deck: MakeDeck, tmp_path: Path) -> None:
    first = deck(QUARTO, "fit")
    before = there(tmp_path)
    with pytest.raises(BadOutput, match="choose another folder"):
        deck(MARP, "fit")
    assert there(tmp_path) == before
    assert deck(QUARTO, "fit").state is State.WHOLE
    assert "slides.md" not in text_of(first)
