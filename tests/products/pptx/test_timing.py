"""When a clip plays, next to whatever else happens on its slide."""

import io
from typing import Any

import pytest
from pptx import Presentation

from epochreel.products.pptx.timing import as_one, play, stop_playing
from epochreel.products.pptx.xml import new
from tests.products.pptx.conftest import png
from tests.products.pptx.decks import BOX, PARAGRAPH, timing
from tests.products.pptx.package_check import canonical, xpath

CLIP, OTHER = 2, 3


@pytest.fixture
def slide() -> Any:
    """Two pictures, whose ids are CLIP and OTHER."""
    deck = Presentation()
    made = deck.slides.add_slide(deck.slide_layouts[6])
    for _ in (CLIP, OTHER):
        made.shapes.add_picture(io.BytesIO(png("green")), *BOX)
    return made


def steps(slide: Any) -> list[list[str]]:
    """Of each step of the main sequence what happens, how it begins and to which shape."""
    return [
        [
            "{} {} {}".format(
                xpath(effect, "./p:cTn/@presetClass")[0],
                xpath(effect, "./p:cTn/@nodeType")[0],
                xpath(effect, ".//@spid")[0],
            )
            for effect in xpath(step, ".//p:par[p:cTn/@presetClass]")
        ]
        for step in xpath(slide.element, "//p:cTn[@nodeType='mainSeq']/p:childTnLst/p:par")
    ]


def test_a_clip_plays_on_a_click_and_pauses_on_a_click_on_it(slide: Any) -> None:
    slide.element.append(new("<p:extLst/>"))
    play(slide, CLIP, 4000)

    assert steps(slide) == [["mediacall clickEffect 2"]]
    assert xpath(slide.element, "//p:cmd/@cmd") == ["playFrom(0.0)", "togglePause"]
    assert xpath(slide.element, "//p:cmd[1]//p:cTn/@dur")[0] == "4000"
    assert xpath(slide.element, "//p:video//p:cond/@delay") == ["indefinite"]
    nodes = xpath(slide.element, "//p:cTn/@id")
    assert len({*nodes}) == len(nodes) == 12
    assert [each.tag.rpartition("}")[2] for each in slide.element[-2:]] == ["timing", "extLst"]


def test_a_clip_can_play_as_its_slide_comes(slide: Any) -> None:
    play(slide, CLIP, 4000, "slide")

    assert steps(slide) == [["mediacall afterEffect 2"]]
    main = xpath(slide.element, "//p:cTn[@nodeType='mainSeq']/@id")
    assert xpath(slide.element, "//p:cond[@evt='onBegin']/p:tn/@val") == main


def test_a_clip_can_come_and_play_at_one_click(slide: Any) -> None:
    play(slide, CLIP, 4000)
    play(slide, OTHER, 4000, "appear")

    assert steps(slide) == [
        ["mediacall clickEffect 2"],
        ["entr clickEffect 3", "mediacall withEffect 3"],
    ]


def test_what_happens_already_stays(slide: Any) -> None:
    builds = f'<p:bldP spid="{OTHER}" grpId="0" animBg="1"/>'
    slide.element.append(new(timing((OTHER, ""), builds=builds)))
    before = canonical_of(xpath(slide.element, "//p:cTn[@presetClass='entr']")[0])
    play(slide, CLIP, 4000)

    assert steps(slide) == [["entr clickEffect 3"], ["mediacall clickEffect 2"]]
    assert canonical_of(xpath(slide.element, "//p:cTn[@presetClass='entr']")[0]) == before
    assert xpath(slide.element, "//p:bldLst/p:bldP/@spid") == ["3"]
    assert len(xpath(slide.element, "//p:timing")) == 1
    stop_playing(slide, CLIP)
    assert steps(slide) == [["entr clickEffect 3"]]
    assert not xpath(slide.element, f"//p:timing//*[@spid='{CLIP}']")


def test_both_forms_of_a_timing_get_the_clip_and_no_third_comes(slide: Any) -> None:
    one = timing((OTHER, ""))
    slide.element.append(
        new(
            f'<mc:AlternateContent><mc:Choice Requires="p14">{one}</mc:Choice>'
            f"<mc:Fallback>{one}</mc:Fallback></mc:AlternateContent>"
        )
    )
    play(slide, CLIP, 4000)

    assert not xpath(slide.element, "/p:sld/p:timing")
    for form in xpath(slide.element, "//p:timing"):
        assert len(xpath(form, f".//p:video//p:spTgt[@spid='{CLIP}']")) == 1
        assert len(xpath(form, ".//p:cmd")) == 2
    assert len(xpath(slide.element, "//p:timing")) == 2


def test_the_way_somebody_has_a_clip_play_stays(slide: Any) -> None:
    play(slide, CLIP, 4000, "slide")
    before = steps(slide)
    play(slide, CLIP, 2500)
    assert steps(slide) == before
    assert xpath(slide.element, "//p:cmd[@cmd='playFrom(0.0)']//p:cTn/@dur") == ["2500"]
    assert len(xpath(slide.element, "//p:cmd")) == 2

    # As PowerPoint has it where a clip plays only when it is clicked.
    main = xpath(slide.element, "//p:seq[p:cTn/@nodeType='mainSeq']")[0]
    main.getparent().remove(main)
    play(slide, CLIP, 3000)
    assert steps(slide) == []
    assert xpath(slide.element, "//p:cmd/@cmd") == ["togglePause"]
    play(slide, OTHER, 3000)
    sequences = xpath(slide.element, "//p:seq/p:cTn/@nodeType")
    assert sequences == ["mainSeq", "interactiveSeq", "interactiveSeq"]


def test_builds_without_effects_are_no_hindrance(slide: Any) -> None:
    builds = new(f'<p:timing><p:bldLst><p:bldP spid="{OTHER}" grpId="0"/></p:bldLst></p:timing>')
    slide.element.append(builds)
    play(slide, CLIP, 4000)

    assert steps(slide) == [["mediacall clickEffect 2"]]
    assert [each.tag.rpartition("}")[2] for each in builds] == ["tnLst", "bldLst"]


def test_what_went_with_a_clip_begins_in_its_stead(slide: Any) -> None:
    play(slide, CLIP, 4000)
    play(slide, OTHER, 4000, "appear")
    with_it = xpath(slide.element, "//p:par[p:cTn/@presetClass='entr']")[0]
    with_it[0].set("nodeType", "withEffect")
    xpath(slide.element, f"//p:par[p:cTn/@presetClass][.//@spid='{CLIP}']")[0].addnext(with_it)
    stop_playing(slide, CLIP)

    assert steps(slide)[0] == ["entr clickEffect 3"]
    stop_playing(slide, OTHER)
    assert steps(slide) == [["entr clickEffect 3"]]


def test_paragraphs_that_came_one_by_one_come_as_one(slide: Any) -> None:
    builds = (
        f'<p:bldP spid="{CLIP}" grpId="0" build="p"/><p:bldP spid="{OTHER}" grpId="0" build="p"/>'
    )
    lines = [(CLIP, PARAGRAPH.format(0)), (CLIP, PARAGRAPH.format(1)), (OTHER, PARAGRAPH.format(0))]
    slide.element.append(new(timing(*lines, builds=builds)))
    as_one(slide, CLIP)

    assert steps(slide) == [["entr clickEffect 2"], ["entr clickEffect 3"]]
    assert xpath(slide.element, "//p:txEl/ancestor::p:spTgt/@spid") == ["3"]
    assert xpath(slide.element, "//p:bldP/@spid") == ["3"]
    assert len(xpath(slide.element, "//p:cTn/@grpId")) == 1
    as_one(slide, OTHER)
    assert not xpath(slide.element, "//p:bldLst")


def test_where_nothing_happens_any_more_there_is_no_timing(slide: Any) -> None:
    before = canonical_of(slide.element)
    play(slide, CLIP, 4000)
    stop_playing(slide, CLIP)

    assert canonical_of(slide.element) == before


def canonical_of(element: Any) -> bytes:
    from lxml import etree

    return canonical(etree.tostring(element))
