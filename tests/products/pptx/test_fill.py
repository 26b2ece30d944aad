"""A lecturer's deck with film at its marks: nothing else in it is touched."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from epochreel.errors import UnreadableDeck
from epochreel.products.footage import Footage
from epochreel.products.pptx.fill import Change, fill
from epochreel.products.pptx.marks import Mark
from epochreel.products.pptx.package import open_deck, save_deck
from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.slides import copy_slide, notes_of
from epochreel.products.pptx.xml import NAMESPACES
from tests.products.pptx.conftest import MakeFootage
from tests.products.pptx.decks import AUDIO, SHARED_VIDEO, lecturers_deck
from tests.products.pptx.package_check import check, contents, xpath

Fill = Callable[..., list[Change]]
MARKED = "//p:pic/p:nvPicPr/p:cNvPr/@name[starts-with(., 'epochreel:')]"
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "lecture.pptx"
    lecturers_deck(path)
    return path


@pytest.fixture
def filled(footage: MakeFootage) -> Fill:
    """Fills a deck; `said` makes the film another."""

    def make(
        source: Path, path: Path, *beats: str, said: str = "It falls.", every: Sequence[str] = ()
    ) -> list[Change]:
        def of(mark: Mark) -> Footage:
            assert mark.name
            return footage(mark.name, said=said)

        film = [footage(beat, said=f"{beat}: {said}") for beat in beats]
        return fill(source, of, film, path, every)

    return make


def test_every_mark_is_filled_and_nothing_else_changes(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    check(deck)
    changes = filled(deck, tmp_path / "out.pptx", "epochs/epoch-1", "epochs/epoch-2")

    check(tmp_path / "out.pptx")
    assert [(each.what, each.number, str(each.mark)) for each in changes] == [
        ("filled", 1, "epochreel:epochs/epoch-1"),
        ("filled", 2, "epochreel:epochs/epoch-2?still"),
        ("filled", 3, "epochreel:fit"),
        ("filled", 5, "epochreel:fit/training?fit=cover"),
        ("filled", 6, "epochreel:*=epochs/epoch-1"),
        ("filled", 7, "epochreel:*=epochs/epoch-2"),
    ]
    before, after = contents(deck), contents(tmp_path / "out.pptx")
    gone, come = before - after, after - before
    assert Counter(kind.rpartition(".")[2] for kind, _ in gone) == {"slide+xml": 5, "main+xml": 1}
    assert Counter(kind.rpartition(".")[2] for kind, _ in come) == {
        "slide+xml": 6,
        "main+xml": 1,
        "notesSlide+xml": 2,
        "chart+xml": 1,
        "sheet": 1,
        "video/mp4": 5,
        "image/png": 2,
        "text/vtt": 3,
    }
    assert after[("audio/mpeg", AUDIO)] == after[("video/mp4", SHARED_VIDEO)] == 1


def test_the_same_film_again_gives_the_same_file(deck: Path, tmp_path: Path, filled: Fill) -> None:
    beats = ["epochs/epoch-1", "epochs/epoch-2"]
    filled(deck, tmp_path / "one.pptx", *beats)
    filled(tmp_path / "one.pptx", tmp_path / "two.pptx", *beats)

    assert (tmp_path / "one.pptx").read_bytes() == (tmp_path / "two.pptx").read_bytes()


def test_another_film_takes_the_place_of_the_last_one(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    filled(deck, tmp_path / "one.pptx", "epochs/epoch-1")
    filled(tmp_path / "one.pptx", tmp_path / "two.pptx", "epochs/epoch-1", said="It rises.")
    filled(deck, tmp_path / "direct.pptx", "epochs/epoch-1", said="It rises.")

    check(tmp_path / "two.pptx")
    assert contents(tmp_path / "two.pptx") == contents(tmp_path / "direct.pptx")


def test_beats_come_and_go_at_their_place_and_in_their_section(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    filled(deck, tmp_path / "one.pptx", "e/2", "e/3")
    changes = filled(tmp_path / "one.pptx", tmp_path / "two.pptx", "e/1", "e/2", "e/4")

    check(tmp_path / "two.pptx")
    removed = [each for each in changes if each.what == "removed"]
    assert removed == [Change("removed", 7, Mark("e/3", every=True))]
    slides = [*Presentation(str(tmp_path / "two.pptx")).slides]
    names = [xpath(slide.element, MARKED) for slide in slides[5:]]
    assert names == [[f"epochreel:*=e/{number}"] for number in (1, 2, 4)] + [[]]
    assert [notes_of(slide) for slide in slides[5:8]] == [f"e/{n}: It falls." for n in (1, 2, 4)]
    assert all(slide.shapes.title.text == "Each epoch" for slide in slides[5:8])
    charts = {
        next(s.chart.part.partname for s in each.shapes if s.has_chart) for each in slides[5:8]
    }
    assert len(charts) == 3
    sections = xpath(slides[0].part.package.presentation_part._element, "//p14:section")
    assert [len(xpath(each, ".//p14:sldId")) for each in sections] == [5, 3, 1]


def test_notes_that_somebody_wrote_stay_with_every_beat(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    presentation = Presentation(str(deck))
    presentation.slides[5].notes_slide.notes_text_frame.text = "Ask them first."
    presentation.save(str(deck))
    filled(deck, tmp_path / "one.pptx", "e/1", "e/2")
    filled(tmp_path / "one.pptx", tmp_path / "two.pptx", "e/1", "e/2", "e/3", said="It rises.")

    check(tmp_path / "two.pptx")
    slides = [*Presentation(str(tmp_path / "two.pptx")).slides]
    assert {notes_of(slide) for slide in slides[5:8]} == {"Ask them first."}
    assert notes_of(slides[1]) == "Mind the gap."


def test_a_slide_that_goes_takes_with_it_what_leads_to_it(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    filled(deck, tmp_path / "one.pptx", "e/1", "e/2")
    presentation = Presentation(str(tmp_path / "one.pptx"))
    assert xpath(presentation.slides[7].element, "//a:hlinkClick[@action]")
    filled(tmp_path / "one.pptx", tmp_path / "two.pptx", "e/2")

    check(tmp_path / "two.pptx")
    last = Presentation(str(tmp_path / "two.pptx")).slides[6]
    assert not xpath(last.element, "//a:hlinkClick[@action]")


def test_two_slides_of_every_beat_are_repeated_each_for_itself(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    presentation = Presentation(str(deck))
    presentation.slides[6].shapes[0].text_frame.text = "epochreel:*?still"
    presentation.save(str(deck))
    filled(deck, tmp_path / "one.pptx", "e/1", "e/2")
    filled(tmp_path / "one.pptx", tmp_path / "two.pptx", "e/1", "e/2", "e/3")

    check(tmp_path / "two.pptx")
    slides = [*Presentation(str(tmp_path / "two.pptx")).slides]
    names = [xpath(slide.element, MARKED) for slide in slides[5:]]
    assert names == [[f"epochreel:*=e/{n}{end}"] for end in ("", "?still") for n in (1, 2, 3)]


def test_slides_of_beats_that_are_not_selected_stay_as_they_are(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    every = ("e/1", "e/2", "e/3")
    filled(deck, tmp_path / "one.pptx", *every)
    changes = filled(
        tmp_path / "one.pptx", tmp_path / "two.pptx", "e/2", said="It rises.", every=every
    )

    check(tmp_path / "two.pptx")
    assert [(each.what, each.number) for each in changes if each.mark.every] == [("filled", 7)]
    slides = [*Presentation(str(tmp_path / "two.pptx")).slides][5:8]
    assert [notes_of(slide) for slide in slides] == [
        "e/1: It falls.",
        "e/2: It rises.",
        "e/3: It falls.",
    ]


@pytest.mark.parametrize("copied", [5, 6, 7])
def test_a_copy_of_one_slide_shows_its_beat_and_no_more(
    copied: int, deck: Path, tmp_path: Path, filled: Fill
) -> None:
    beats = ("e/1", "e/2", "e/3")
    filled(deck, tmp_path / "one.pptx", *beats)
    presentation = open_deck(tmp_path / "one.pptx")
    copy_slide(presentation, presentation.slides[copied], Parts(presentation.part.package))
    save_deck(presentation, tmp_path / "copied.pptx")
    filled(tmp_path / "copied.pptx", tmp_path / "two.pptx", *beats)

    check(tmp_path / "two.pptx")
    slides = [*Presentation(str(tmp_path / "two.pptx")).slides][5:9]
    names = [xpath(slide.element, MARKED)[0] for slide in slides]
    shown = sorted([*beats, beats[copied - 5]])
    assert names == [f"epochreel:*={beat}" for beat in shown]


def test_without_beats_their_slides_wait(deck: Path, tmp_path: Path, filled: Fill) -> None:
    changes = filled(deck, tmp_path / "one.pptx")

    assert [each.number for each in changes] == [1, 2, 3, 5]
    slide = Presentation(str(tmp_path / "one.pptx")).slides[5]
    assert "epochreel:*" in [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
    ]


def test_comments_stay_with_the_slide_that_they_are_on(
    deck: Path, tmp_path: Path, filled: Fill
) -> None:
    presentation = Presentation(str(deck))
    part = presentation.slides[5].part
    kind = f"{SLIDE.rpartition('.')[0]}.comments+xml"
    text = f'<p:cmLst xmlns:p="{NAMESPACES["p"]}"/>'.encode()
    comments = Part(PackURI("/ppt/comments/comment1.xml"), kind, part.package, text)
    part.relate_to(comments, RELATIONSHIP_TYPE.COMMENTS)
    presentation.save(str(deck))
    filled(deck, tmp_path / "out.pptx", "e/1", "e/2")

    check(tmp_path / "out.pptx")
    assert sum(each == kind for each, _ in contents(tmp_path / "out.pptx").elements()) == 1


def test_what_is_no_deck_is_refused(deck: Path, tmp_path: Path, filled: Fill) -> None:
    whole = deck.read_bytes()
    middle = whole.index(b"ppt/slides/slide1.xml") + 60
    damaged = whole[:middle] + bytes(40) + whole[middle + 40 :]
    with zipfile.ZipFile(deck) as opened:
        officious = opened.read("[Content_Types].xml").replace(b".presentation.main", b".sheet")
    workbook = io.BytesIO()
    with zipfile.ZipFile(deck) as opened, zipfile.ZipFile(workbook, "w") as other:
        for name in opened.namelist():
            types = name == "[Content_Types].xml"
            other.writestr(name, officious if types else opened.read(name))
    encrypted = b"\xd0\xcf\x11\xe0 encrypted"
    for data in (b"", b"%PDF-1.7", encrypted, whole[:-100], damaged, workbook.getvalue()):
        (tmp_path / "lecture.pptx").write_bytes(data)
        with pytest.raises(UnreadableDeck, match="cannot be read as a PowerPoint deck"):
            filled(tmp_path / "lecture.pptx", tmp_path / "out.pptx")
    assert not (tmp_path / "out.pptx").exists()
