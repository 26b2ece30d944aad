"""Decks: new ones, and those that lecturers have."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pptx
import pytest
from pptx.presentation import Presentation
from pptx.util import Inches

from epochreel.errors import BadMark, BadOutput, NothingMarked, NothingToShow, UnreadableDeck
from epochreel.products.filling import (
    Filled,
    check_marks,
    check_target,
    fill_deck,
    listed,
    read_marks,
)
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.products.slides import Layout, make_deck
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from scenes.drawing.theme import THEMES
from tests.products.conftest import FAST, drawn
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]
PLAIN = Layout()


def film_of(path: Path, *only: str, language: str = "en") -> Film:
    return Film(show_of(a_record(epochs=(0, 1, 2)), language), FAST, path, only)


def a_deck(folder: Path, *only: str, layout: Layout = PLAIN) -> tuple[Path, list[Event]]:
    heard: list[Event] = []
    path = folder / "deck.pptx"
    make_deck(film_of(path, *only), layout, Store(folder / "media"), Inline(), heard.append)
    return path, heard


def marked_deck(path: Path, *marks: str) -> Path:
    """A deck with a slide for each mark, which is in a text box."""
    presentation = pptx.Presentation()
    for mark in marks:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Mine"
        box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(4.5))
        box.text_frame.text = mark
    presentation.save(str(path))
    return path


def plans_of(folder: Path, deck: Path, language: str = "en") -> dict[str | None, FilmPlan]:
    store = Store(folder / "media")
    path = store.root / "slides" / "marks"
    return {
        name: plan_film(film_of(path, language=language), store, Inline(), print)
        for name in read_marks(deck).lectures
    }


def filled(
    folder: Path,
    deck: Path,
    *only: str,
    target: Path | None = None,
    language: str = "en",
    plans: Mapping[str | None, FilmPlan] | None = None,
) -> Filled:
    plans = plans or plans_of(folder, deck, language)
    store = Store(folder / "media")
    return fill_deck(read_marks(deck), plans, only, target or deck, store, Inline(), print)


def alt_texts(deck: Path) -> list[str]:
    """Of the last shape of each slide."""
    return [_described(slide.shapes[-1]).get("descr", "") for slide in _opened(deck).slides]


def _opened(deck: Path) -> Presentation:
    return pptx.Presentation(str(deck))


def _described(shape: object) -> Mapping[str, str]:
    (found,) = shape._element.xpath("./*/p:cNvPr")  # type: ignore[attr-defined]
    described: Mapping[str, str] = found.attrib
    return described


def clip_of(deck: Path, slide: int) -> bytes:
    part = _opened(deck).slides[slide].part
    (media,) = {
        relation.target_part
        for relation in part.rels.values()
        if relation.reltype.endswith("/media")
    }
    return bytes(media.blob)


def test_a_deck_has_a_slide_for_each_beat_with_its_words(tmp_path: Path) -> None:
    deck, heard = a_deck(tmp_path, "fit", "references")
    assert drawn(heard) == {"fit/start", "fit/training", "references/references"}

    slides = [*_opened(deck).slides]
    assert [slide.shapes.title.text for slide in slides] == ["The fit", "The fit", "References"]
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert alt_texts(deck) == [
        f"{slide.shapes.title.text}: {note}" for slide, note in zip(slides, notes)
    ]
    names = [_described(slide.shapes[-1])["name"] for slide in slides]
    assert names == [
        "epochreel:fit/start",
        "epochreel:fit/training",
        "epochreel:references/references",
    ]


def test_a_second_run_leaves_the_deck_and_another_layout_makes_it_again(tmp_path: Path) -> None:
    deck, _ = a_deck(tmp_path, "fit")
    first = deck.read_bytes()
    when = deck.stat().st_mtime_ns
    a_deck(tmp_path, "fit")
    assert deck.stat().st_mtime_ns == when

    _, heard = a_deck(tmp_path, "fit", layout=Layout(stacked=["fit"]))
    assert drawn(heard) == set()
    assert len(_opened(deck).slides) == 1
    a_deck(tmp_path, "fit")
    assert deck.read_bytes() == first


def test_the_deck_is_laid_out_as_asked_each_time(tmp_path: Path) -> None:
    seen = {}
    for name, layout in {
        "plain": PLAIN,
        "full": Layout(full=True),
        "autoplay": Layout(autoplay=True),
        "4:3": Layout(ratio="4:3"),
    }.items():
        deck = _opened(a_deck(tmp_path, "references", layout=layout)[0])
        clip = deck.slides[0].shapes[-1]
        starts = clip.part.slide.element.xpath(".//p:cTn[@presetClass='mediacall']/@nodeType")
        seen[name] = (clip.width == deck.slide_width, starts[0], deck.slide_width == Inches(10))
    assert seen == {
        "plain": (False, "clickEffect", False),
        "full": (True, "clickEffect", False),
        "autoplay": (False, "afterEffect", False),
        "4:3": (False, "clickEffect", True),
    }


def test_page_and_ink_are_the_themes(tmp_path: Path) -> None:
    deck, _ = a_deck(tmp_path, "references")
    with zipfile.ZipFile(deck) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    colors = {name: re.search(rf"<a:{name}>.*?val=\"(\w+)\"", theme) for name in ("lt1", "dk1")}
    found = {name: color and f"#{color[1]}" for name, color in colors.items()}
    assert found == {"lt1": THEMES["paper"].page, "dk1": THEMES["paper"].ink}


def test_a_template_that_changed_makes_the_deck_again(tmp_path: Path) -> None:
    template = marked_deck(tmp_path / "corporate.pptx", "one slide of its own")
    layout = Layout(template=template)
    deck, _ = a_deck(tmp_path, "references", layout=layout)
    before = deck.read_bytes()
    assert len(_opened(deck).slides) == 1

    presentation = _opened(template)
    presentation.slide_width = Inches(12)
    presentation.save(str(template))
    a_deck(tmp_path, "references", layout=layout)
    assert deck.read_bytes() != before
    assert _opened(deck).slide_width == Inches(12)


@pytest.mark.parametrize("whose", ["made", "changed"])
def test_a_deck_that_somebody_else_made_or_changed_is_left(whose: str, tmp_path: Path) -> None:
    deck = tmp_path / "deck.pptx"
    if whose == "changed":
        a_deck(tmp_path, "references")
        presentation = _opened(deck)
        presentation.slides[0].shapes.title.text = "My own title"
        presentation.save(str(deck))
    else:
        marked_deck(deck, "mine")
    before = deck.read_bytes()
    with pytest.raises(BadOutput, match=r"--into .*deck\.pptx"):
        a_deck(tmp_path, "references")
    assert deck.read_bytes() == before


def test_what_cannot_be_is_found_before_anything_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "no.pptx").write_bytes(b"PK no deck")
    with pytest.raises(UnreadableDeck, match=r"no\.pptx"):
        a_deck(tmp_path, layout=Layout(template=tmp_path / "no.pptx"))
    with pytest.raises(NothingToShow, match="compare"):
        a_deck(tmp_path, layout=Layout(stacked=["compare"]))
    assert not (tmp_path / "media").exists()


def test_marks_become_clips_and_a_copy_is_kept_the_first_time(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:fit/training", "epochreel:fit/start")
    before, aside = deck.read_bytes(), tmp_path / "talk.before-epochreel.pptx"
    first = filled(tmp_path, deck)
    assert (first.written, first.backup) == (True, aside)
    assert aside.read_bytes() == before
    assert [change.number for change in first.changes] == [1, 2]

    after = deck.read_bytes()
    again = filled(tmp_path, deck)
    assert (again.written, again.backup) == (False, None)
    assert deck.read_bytes() == after

    other = filled(tmp_path, deck, language="zh")
    assert (other.written, other.backup) == (True, None)
    assert aside.read_bytes() == before
    assert all(text.startswith("拟合: ") for text in alt_texts(deck))


def test_a_deck_can_be_filled_into_another_file(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:fit/start")
    before = deck.read_bytes()
    result = filled(tmp_path, deck, target=tmp_path / "new.pptx")
    assert result.written and result.backup is None
    assert deck.read_bytes() == before
    assert alt_texts(tmp_path / "new.pptx")[0].startswith("The fit: ")
    assert sorted(path.name for path in tmp_path.glob("*.pptx")) == ["new.pptx", "talk.pptx"]


def test_a_name_that_is_not_there_changes_nothing_and_the_nearest_are_named(
    tmp_path: Path,
) -> None:
    deck = marked_deck(
        tmp_path / "talk.pptx",
        "epochreel:fit/start",
        "epochreel:fit/trainign",
        "epochreel:refrences",
    )
    before = deck.read_bytes()
    with pytest.raises(BadMark) as refused:
        filled(tmp_path, deck)
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert "slide 2: epochreel:fit/trainign" in lines[1] and "fit/training" in lines[1]
    assert "slide 3: epochreel:refrences" in lines[2] and "references" in lines[2]
    assert deck.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.pptx")] == ["talk.pptx"]


def test_a_scene_is_one_clip_of_all_its_beats(tmp_path: Path) -> None:
    deck = marked_deck(
        tmp_path / "talk.pptx", "epochreel:fit", "epochreel:fit/start", "epochreel:fit/training"
    )
    filled(tmp_path, deck)
    whole, *parts = (frames(clip_of(deck, slide), tmp_path) for slide in range(3))
    assert whole == sum(parts)
    start, training = alt_texts(deck)[1:]
    assert alt_texts(deck)[0] == f"{start} {training.removeprefix('The fit: ')}"


def frames(clip: bytes, folder: Path) -> int:
    import av

    (folder / "clip.mp4").write_bytes(clip)
    with av.open(folder / "clip.mp4") as container:
        return sum(1 for _ in container.decode(video=0))


def test_every_beat_gets_a_slide_and_the_selection_says_which(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:*", "epochreel:references")
    filled(tmp_path, deck, "fit", "references")
    assert [text.partition(":")[0] for text in alt_texts(deck)] == [
        "The fit",
        "The fit",
        "References",
        "References",
    ]
    again = filled(tmp_path, deck, "fit")
    assert [change.what for change in again.changes] == ["filled", "filled"]
    assert len(_opened(deck).slides) == 4


def test_what_is_not_selected_stays_as_it_is(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:fit/start", "epochreel:references")
    filled(tmp_path, deck, "fit")
    assert alt_texts(deck)[0].startswith("The fit") and alt_texts(deck)[1] == ""
    assert _opened(deck).slides[1].shapes[-1].text_frame.text == "epochreel:references"


def test_marks_are_listed_with_what_they_become(tmp_path: Path) -> None:
    marks: Sequence[str] = (
        "epochreel:fit/start",
        "epochreel:fit?fit=cover",
        "epochreel:references?still",
        "epochreel:*",
        "epochreel:ftt",
    )
    deck = marked_deck(tmp_path / "talk.pptx", *marks)
    source, plans = read_marks(deck), plans_of(tmp_path, deck)
    lines = listed(source, plans)
    for number, (mark, line) in enumerate(zip(marks, lines, strict=True), start=1):
        assert line.startswith(f"slide {number}: {mark} -> ")
    start, every, still, repeated, unknown = (line.partition(" -> ")[2] for line in lines)
    assert start == "a clip of 2.8 s, inside the shape"
    assert every == "a clip of 7.2 s, fills the shape, cropped"
    assert still == "a picture, the last frame"
    assert repeated == f"{len(plans[None].beats)} slides, one for each beat"
    assert "not there" in unknown and "fit" in unknown
    with pytest.raises(BadMark, match="ftt"):
        check_marks(source, plans)


def test_a_deck_without_marks_tells_how_to_put_them(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "no mark")
    with pytest.raises(NothingMarked, match="epochreel:epochs/epoch-1"):
        read_marks(deck)


def test_another_deck_is_not_filled_over_and_one_that_is_open_is_left(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:fit/start")
    other = marked_deck(tmp_path / "mine.pptx", "mine")
    with pytest.raises(BadOutput, match="somebody else"):
        check_target(deck, other)
    check_target(deck, deck)
    filled(tmp_path, deck, target=tmp_path / "new.pptx")
    check_target(deck, tmp_path / "new.pptx")

    for lock in ("~$talk.pptx", ".~lock.talk.pptx#"):
        (tmp_path / lock).touch()
        with pytest.raises(BadOutput, match="is open in PowerPoint or LibreOffice"):
            check_target(deck, deck)
        (tmp_path / lock).unlink()


def test_a_deck_keeps_its_mode_and_so_does_its_copy(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "exam.pptx", "epochreel:fit/start")
    deck.chmod(0o600)
    backup = filled(tmp_path, deck).backup
    assert backup
    assert [path.stat().st_mode & 0o777 for path in (deck, backup)] == [0o600, 0o600]


def test_a_damaged_deck_is_told(tmp_path: Path) -> None:
    deck = marked_deck(tmp_path / "talk.pptx", "epochreel:fit/start")
    with zipfile.ZipFile(deck) as whole, zipfile.ZipFile(tmp_path / "d.pptx", "w") as damaged:
        for name in whole.namelist():
            if name != "ppt/slides/slide1.xml":
                damaged.writestr(name, whole.read(name))
    with pytest.raises(UnreadableDeck, match=r"d\.pptx"):
        read_marks(tmp_path / "d.pptx")
