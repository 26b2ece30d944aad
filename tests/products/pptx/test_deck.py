"""A new deck: what is on each of its slides, and in a template's style."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from epochreel.errors import UnreadableDeck
from epochreel.products.pptx.deck import write_deck
from epochreel.products.pptx.design import MACROS
from epochreel.products.pptx.fill import fill
from epochreel.products.pptx.package import open_deck
from epochreel.products.pptx.slides import notes_of, remove_slide
from tests.products.pptx.conftest import MakeFootage
from tests.products.pptx.decks import AUDIO, SHARED_VIDEO, lecturers_deck
from tests.products.pptx.package_check import check, contents, xpath

Write = Callable[..., Any]
BEATS = ("title/title", "epochs/initial", "epochs/epoch-1", "epochs/epoch-2")


@pytest.fixture
def write(tmp_path: Path, footage: MakeFootage) -> Write:
    """Writes a deck of BEATS, checks it and opens it."""

    def make(**options: Any) -> Any:
        film = [footage(beat, beat.partition("/")[0].title(), said=beat) for beat in BEATS]
        plain: dict[str, Any] = {
            "full": False,
            "autoplay": False,
            "stacked": (),
            "template": None,
            "ratio": "16:9",
            "page": "#fbf7ef",
            "ink": "#1f2430",
            "lesson": "One neuron",
        }
        write_deck(film, tmp_path / "deck.pptx", **{**plain, **options})
        check(tmp_path / "deck.pptx")
        return Presentation(str(tmp_path / "deck.pptx"))

    return make


def pictures(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape._element.tag.endswith("}pic")]


def test_each_beat_has_a_slide_with_title_clip_and_notes(write: Write, tmp_path: Path) -> None:
    deck = write()

    properties = deck.core_properties
    assert (properties.title, properties.last_modified_by) == ("One neuron", "")
    assert not [kind for kind, _ in contents(tmp_path / "deck.pptx") if kind == "image/jpeg"]
    assert xpath(deck.part._element, "./p:notesMasterIdLst/p:notesMasterId")
    assert [slide.shapes.title.text for slide in deck.slides] == ["Title"] + 3 * ["Epochs"]
    assert [notes_of(slide) for slide in deck.slides] == [*BEATS]
    for slide, beat in zip(deck.slides, BEATS):
        title, clip = slide.shapes
        assert clip.name == f"epochreel:{beat}"
        assert xpath(clip._element, ".//p:cNvPr/@descr") == [f"{title.text_frame.text}: {beat}"]
        assert xpath(clip._element, ".//p173:track/@lang") == ["en-US", "zh-CN"]
        assert xpath(slide.element, "//p:cmd/@cmd") == ["playFrom(0.0)", "togglePause"]
        assert not xpath(slide.element, "//p:transition")
    sections = xpath(deck.part._element, "//p14:section")
    assert [section.get("name") for section in sections] == ["Title", "Epochs"]
    assert [len(xpath(section, ".//p14:sldId")) for section in sections] == [1, 3]


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_the_clip_is_large_below_the_title_and_both_are_on_the_slide(
    write: Write, ratio: str
) -> None:
    deck = write(ratio=ratio)
    across, down = map(int, ratio.split(":"))
    assert deck.slide_width / deck.slide_height == pytest.approx(across / down, rel=1e-5)
    for slide in deck.slides:
        title, clip = slide.shapes
        assert clip.width / clip.height == pytest.approx(16 / 9, rel=1e-5)
        assert clip.width >= 0.8 * deck.slide_width
        assert abs(2 * clip.left + clip.width - deck.slide_width) <= 2
        assert 0 <= title.top < title.top + title.height <= clip.top
        assert clip.top + clip.height <= deck.slide_height
    for layout in deck.slide_layouts:
        ends = [shape.left + shape.width for shape in layout.placeholders]
        assert 0.9 * deck.slide_width <= max(ends) <= deck.slide_width


def test_page_and_ink_are_the_lectures(write: Write, tmp_path: Path) -> None:
    write(page="#0b0e14", ink="#f5f5f5")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as deck:
        theme = etree.fromstring(deck.read("ppt/theme/theme1.xml"))
    colors = [xpath(theme, f"//a:clrScheme/a:{slot}/*/@val") for slot in ("lt1", "dk1")]
    assert colors == [["0B0E14"], ["F5F5F5"]]


def test_the_same_film_gives_the_same_file(write: Write, tmp_path: Path) -> None:
    write()
    first = (tmp_path / "deck.pptx").read_bytes()
    write()
    assert (tmp_path / "deck.pptx").read_bytes() == first


def test_clips_are_stored_as_they_are(write: Write, tmp_path: Path) -> None:
    write()
    with zipfile.ZipFile(tmp_path / "deck.pptx") as deck:
        clips = [each for each in deck.infolist() if each.filename.endswith(".mp4")]
        assert len(clips) == 4
        assert {each.compress_type for each in clips} == {zipfile.ZIP_STORED}
        assert deck.getinfo("ppt/presentation.xml").compress_type == zipfile.ZIP_DEFLATED


def test_full_clips_cover_the_title_that_an_outline_shows(write: Write) -> None:
    deck = write(full=True, ratio="4:3")
    for slide in deck.slides:
        title, clip = slide.shapes
        assert title.is_placeholder and title.text_frame.text
        assert (clip.left, clip.width) == (0, deck.slide_width)
        assert clip.width / clip.height == pytest.approx(16 / 9, rel=1e-5)
        assert (title.left, title.width) == (clip.left, clip.width)
        assert title.top >= clip.top
        assert title.top + title.height <= clip.top + clip.height

    assert {clip.height for slide in write(full=True).slides for clip in pictures(slide)} == {
        Inches(7.5)
    }


def test_autoplay_begins_with_the_slide(write: Write) -> None:
    for slide in write(autoplay=True).slides:
        nodes = xpath(slide.element, "//p:cTn[@nodeType='mainSeq']//p:cTn/@nodeType")
        assert nodes == ["afterEffect"]
        assert xpath(slide.element, "//p:cond[@evt='onBegin']")


def test_the_beats_of_a_stacked_scene_come_click_by_click(write: Write) -> None:
    deck = write(stacked={"epochs"})
    assert len(deck.slides) == 2
    slide = deck.slides[1]
    clips = pictures(slide)
    assert [clip.name for clip in clips] == [f"epochreel:{beat}" for beat in BEATS[1:]]
    assert len({(clip.left, clip.top, clip.width, clip.height) for clip in clips}) == 1
    nodes = xpath(slide.element, "//p:cTn[@nodeType='mainSeq']//p:cTn[@presetClass]")
    order = [(node.get("presetClass"), int(xpath(node, ".//@spid")[0])) for node in nodes]
    first, second, third = (clip.shape_id for clip in clips)
    assert order == [
        ("mediacall", first),
        ("entr", second),
        ("mediacall", second),
        ("entr", third),
        ("mediacall", third),
    ]
    assert notes_of(slide) == "\n".join(BEATS[1:])


def a_template(path: Path, layouts: list[int] | None = None) -> Path:
    """A lecturer's 4:3 deck with titles of another colour, of whose layouts those are left."""
    lecturers_deck(path)
    deck = Presentation(str(path))
    defaults = xpath(deck.slide_masters[0].element, "//p:titleStyle/a:lvl1pPr/a:defRPr")[0]
    for color in xpath(defaults, ".//a:schemeClr"):
        color.set("val", "accent2")
    if layouts is not None:
        for slide in [*deck.slides]:
            remove_slide(deck, slide)
        for layout in [deck.slide_layouts[n] for n in range(11) if n not in layouts]:
            deck.slide_layouts.remove(layout)
    deck.save(str(path))
    return path


def test_of_a_template_come_its_masters_and_none_of_its_slides(
    write: Write, tmp_path: Path
) -> None:
    template = a_template(tmp_path / "template.pptx")
    deck = write(template=template)

    assert len(deck.slides) == 4
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title and Content"}
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(7.5))
    after = contents(tmp_path / "deck.pptx")
    assert not {("audio/mpeg", AUDIO), ("video/mp4", SHARED_VIDEO)} & after.keys()
    assert not [kind for kind, _ in after if "chart" in kind or "diagram" in kind]
    assert not xpath(deck.part._element, "//p:custShowLst")
    kept = [each for each in contents(template) if "slideMaster" in each[0]]
    assert kept and after.keys() >= {*kept}
    for slide in deck.slides:
        title, clip = slide.shapes
        assert not xpath(title._element, ".//a:xfrm | .//a:rPr/@sz")
        assert clip.width / clip.height == pytest.approx(16 / 9, rel=1e-5)


@pytest.mark.parametrize("layout", [5, 6, 3], ids=["title only", "blank", "two places"])
def test_a_template_without_a_place_for_content_will_do(
    write: Write, tmp_path: Path, layout: int
) -> None:
    deck = write(template=a_template(tmp_path / "template.pptx", [layout]))
    for slide in deck.slides:
        title, clip = slide.shapes
        assert slide.shapes.title.text_frame.text in {"Title", "Epochs"}
        assert clip.width >= 0.8 * deck.slide_width
        if layout != 6:
            assert title.top + title.height <= clip.top


def test_a_template_whose_placeholders_have_no_numbers_has_a_place_for_the_clip(
    write: Write, tmp_path: Path
) -> None:
    """LibreOffice numbers none of a layout's placeholders."""
    path = a_template(tmp_path / "libre.pptx", [1])
    deck = Presentation(str(path))
    (layout,) = deck.slide_layouts
    for placeholder in xpath(layout.element, ".//p:ph"):
        placeholder.attrib.pop("idx", None)
    deck.save(str(path))
    title, body = (box_of_layout(layout, number) for number in (0, 1))

    for slide in write(template=path).slides:
        (clip,) = pictures(slide)
        assert clip.top >= title.top + title.height
        assert body.left <= clip.left and body.width >= clip.width > body.width / 2


def box_of_layout(layout: Any, number: int) -> Any:
    """A placeholder of the layout, which takes its place from the master."""
    return layout.slide_master.placeholders[number]


@pytest.mark.parametrize("kind", [CONTENT_TYPE.PML_TEMPLATE_MAIN, CONTENT_TYPE.PML_PRES_MACRO_MAIN])
def test_a_template_file_and_one_with_macros_give_a_plain_deck(
    write: Write, tmp_path: Path, kind: str
) -> None:
    deck = open_deck(a_template(tmp_path / "template.pptx"))
    deck.part._content_type = kind
    macros = "application/vnd.ms-office.vbaProject"
    part = Part(PackURI("/ppt/vbaProject.bin"), macros, deck.part.package, b"Sub Main")
    deck.part.relate_to(part, MACROS)
    deck.save(str(tmp_path / "template.pptm"))

    assert len(write(template=tmp_path / "template.pptm").slides) == 4
    kinds = {kind for kind, _ in contents(tmp_path / "deck.pptx")}
    assert macros not in kinds and CONTENT_TYPE.PML_PRESENTATION_MAIN in kinds


def test_what_is_no_template_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "template.potx").write_bytes(b"PK")
    with pytest.raises(UnreadableDeck, match=r"template\.potx"):
        write(template=tmp_path / "template.potx")


def test_a_deck_can_be_filled_again(write: Write, tmp_path: Path, footage: MakeFootage) -> None:
    write()
    changes = fill(
        tmp_path / "deck.pptx", lambda mark: footage(mark.name, said="New"), [], tmp_path / "n.pptx"
    )

    check(tmp_path / "n.pptx")
    assert [change.mark.name for change in changes] == [*BEATS]
