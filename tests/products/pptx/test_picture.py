"""A picture in a shape's place: where it stands, what of it stays, and what goes."""

import io
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from epochreel.products.pptx.clip import EXTENSION
from epochreel.products.pptx.fill import fill
from epochreel.products.pptx.geometry import Box
from epochreel.products.pptx.xml import extension, new, qn
from tests.products.pptx.conftest import MakeFootage, png
from tests.products.pptx.decks import BOX, lecturers_deck, mark
from tests.products.pptx.package_check import check, contents, xpath

Again = Callable[..., Any]


@pytest.fixture
def deck() -> Any:
    return Presentation()


@pytest.fixture
def again(tmp_path: Path, footage: MakeFootage) -> Again:
    """Fills a deck, checks it and opens it again."""

    def make(deck: Any, **film: Any) -> Any:
        deck.save(str(tmp_path / "in.pptx"))
        fill(tmp_path / "in.pptx", lambda m: footage(m.name, **film), [], tmp_path / "out.pptx")
        check(tmp_path / "out.pptx")
        return Presentation(str(tmp_path / "out.pptx"))

    return make


def blank(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[6])


def only_picture(deck: Any) -> Any:
    (picture,) = xpath(deck.slides[0].element, "//p:pic")
    return picture


def place_of(picture: Any) -> tuple[int, ...]:
    x, y, width, height = xpath(picture, "./p:spPr/a:xfrm/*/@*[name() != 'rot']")
    return int(x), int(y), int(width), int(height)


def crop_of(picture: Any) -> dict[str, str]:
    return {side: value for each in xpath(picture, ".//a:srcRect") for side, value in each.items()}


@pytest.mark.parametrize(
    ("box", "aspect", "inside"),
    [
        (Box(0, 0, 1600, 900), 16 / 9, Box(0, 0, 1600, 900)),
        (Box(100, 100, 1600, 1600), 16 / 9, Box(100, 450, 1600, 900)),
        (Box(100, 100, 3200, 900), 16 / 9, Box(900, 100, 1600, 900)),
        (Box(0, 0, 900, 900), 9 / 16, Box(197, 0, 506, 900)),
    ],
)
def test_a_picture_is_contained_in_the_middle(box: Box, aspect: float, inside: Box) -> None:
    assert box.contained(aspect) == inside
    assert inside.contained(inside.width / inside.height) == inside


def test_a_shape_becomes_a_picture_in_its_place(deck: Any, again: Again) -> None:
    slide = blank(deck)
    slide.shapes.add_textbox(*BOX).name = "below"
    shape = mark(slide.shapes.add_shape(1, *BOX), "epochreel:fit")
    shape.rotation = 30
    shape.click_action.hyperlink.address = "https://example.org"
    number = shape.shape_id
    slide.shapes.add_textbox(*BOX).name = "above"

    slide = again(deck).slides[0]
    below, picture, above = slide.shapes
    assert xpath(slide.element, "//a:hlinkClick/@action") == ["ppaction://media"]
    assert not [each for each in slide.part.rels.values() if each.is_external]
    assert [below.name, picture.name, above.name] == ["below", "epochreel:fit", "above"]
    assert (picture.shape_id, picture.rotation) == (number, 30)
    width, height = BOX[2], round(BOX[2] * 9 / 16)
    top = BOX[1] + (BOX[3] - height) // 2
    assert place_of(picture._element) == (BOX[0], top, width, height)
    described = xpath(picture._element, ".//p:cNvPr/@descr")
    assert described == ["Epochs: The loss falls."]


def test_a_placeholder_stays_one_and_takes_its_place_from_the_layout(
    deck: Any, again: Again
) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    body = slide.placeholders[1]
    body.text = "epochreel:fit?fit=cover"
    box = (body.left, body.top, body.width, body.height)

    picture = only_picture(again(deck))
    assert xpath(picture, ".//p:ph/@idx") == xpath(picture, ".//a:picLocks/@noGrp") == ["1"]
    assert place_of(picture) == box
    assert crop_of(picture).keys() == {"t", "b"} or crop_of(picture).keys() == {"l", "r"}


def test_cover_crops_the_longer_side_evenly(deck: Any, again: Again) -> None:
    square = (0, 0, Inches(4), Inches(4))
    mark(blank(deck).shapes.add_shape(1, *square), "epochreel:fit?fit=cover")

    picture = only_picture(again(deck))
    assert place_of(picture) == square
    assert crop_of(picture) == {"l": "21875", "r": "21875"}


@pytest.mark.parametrize("fit", ["contain", "cover"])
def test_a_shape_without_a_size_gives_the_whole_slide(deck: Any, again: Again, fit: str) -> None:
    mark(blank(deck).shapes.add_textbox(0, 0, Inches(1), 0), f"epochreel:fit?fit={fit}")

    _, _, width, _ = place_of(only_picture(again(deck)))
    assert width == deck.slide_width


def test_in_a_stretched_group_a_clip_has_its_aspect_on_the_slide(deck: Any, again: Again) -> None:
    group = blank(deck).shapes.add_group_shape()
    mark(group.shapes.add_shape(1, 0, 0, Inches(4), Inches(4)), "epochreel:fit")
    group.width = group.width * 2

    _, _, width, height = place_of(only_picture(again(deck)))
    assert 2 * width / height == pytest.approx(16 / 9, rel=1e-4)


def test_what_was_done_to_a_picture_stays(deck: Any, again: Again) -> None:
    mark(blank(deck).shapes.add_shape(1, *BOX), "epochreel:fit")
    deck = again(deck)
    picture = deck.slides[0].shapes[0]
    picture.left, picture.top, picture.width, picture.height = 1, 2, Inches(3), Inches(3)
    picture.crop_left = 0.25
    picture.line.width = 12700
    effects = new('<a:effectLst><a:softEdge rad="12700"/></a:effectLst>')
    picture._element.spPr.append(effects)
    media = xpath(picture._element, ".//p14:media")[0]
    media.insert(0, new('<p14:trim st="500" end="1000.5"/>'))
    media.insert(1, new('<p14:bmkLst><p14:bmk name="Here" time="2000"/></p14:bmkLst>'))
    own = xpath(media, ".//p173:trackLst")[0]
    own.append(new('<p173:track id="{00000000-0000-0000-0000-000000000001}" label="Mine"/>'))

    after = only_picture(again(deck, said="It rises."))
    assert place_of(after) == (1, 2, Inches(3), Inches(3))
    assert crop_of(after) == {"l": "25000"}
    assert xpath(after, ".//a:ln/@w") == ["12700"] and xpath(after, ".//a:softEdge")
    assert xpath(after, ".//p14:trim/@end") == ["1000.5"]
    assert xpath(after, ".//p14:bmk/@name") == ["Here"]
    assert xpath(after, ".//p173:track/@label") == ["English", "中文", "Mine"]
    assert xpath(after, "//p:cmd[@cmd='playFrom(0.0)']//p:cTn/@dur") == ["2500"]


def test_a_trim_that_leaves_nothing_goes(deck: Any, again: Again) -> None:
    mark(blank(deck).shapes.add_shape(1, *BOX), "epochreel:fit")
    deck = again(deck)
    xpath(only_picture(deck), ".//p14:media")[0].insert(0, new('<p14:trim st="1500" end="1000"/>'))

    after = again(deck, seconds=2.5)
    assert not xpath(only_picture(after), ".//p14:trim")


def test_film_of_another_aspect_is_fitted_into_where_the_last_one_was(
    deck: Any, again: Again
) -> None:
    mark(blank(deck).shapes.add_shape(1, *BOX), "epochreel:fit")
    deck = again(deck)
    *_, height = place_of(only_picture(deck))

    after = place_of(only_picture(again(deck, size=(240, 180))))
    assert after[3] == height and after[2] == round(height * 4 / 3)


def test_a_new_mark_in_the_alt_text_goes_before_the_old_one(deck: Any, again: Again) -> None:
    mark(blank(deck).shapes.add_shape(1, 0, 0, Inches(4), Inches(4)), "epochreel:fit?fit=cover")
    deck = again(deck)
    mark(deck.slides[0].shapes[0], "epochreel:data")

    picture = only_picture(again(deck))
    assert xpath(picture, ".//p:cNvPr/@name") == ["epochreel:data"]
    assert crop_of(picture) == {}
    assert place_of(picture) == (0, Inches(4) * 7 // 32, Inches(4), Inches(2.25))


def test_clip_and_still_take_turns_and_leave_nothing(
    deck: Any, again: Again, tmp_path: Path
) -> None:
    mark(blank(deck).shapes.add_shape(1, *BOX), "epochreel:fit")
    deck = again(deck)
    first = contents(tmp_path / "out.pptx")
    mark(deck.slides[0].shapes[0], "epochreel:fit?still")
    deck = again(deck)
    kinds = {kind for kind, _ in contents(tmp_path / "out.pptx")}
    assert not {"video/mp4", "text/vtt"} & kinds
    slide = deck.slides[0].element
    assert not xpath(
        slide, "//p:timing | //a:videoFile | //p14:media | //a:hlinkClick | //p:extLst"
    )
    mark(deck.slides[0].shapes[0], "epochreel:fit")
    again(deck)

    assert contents(tmp_path / "out.pptx") == first


def test_a_clip_of_ones_own_is_exchanged_where_it_is_alone(
    deck: Any, again: Again, tmp_path: Path
) -> None:
    movie = blank(deck).shapes.add_movie(
        io.BytesIO(b"old"), *BOX, io.BytesIO(png("green")), "video/mp4"
    )
    mark(movie, "epochreel:fit")
    blank(deck).shapes.add_movie(io.BytesIO(b"other"), *BOX, io.BytesIO(png("green")), "video/mp4")

    again(deck)
    after = contents(tmp_path / "out.pptx")
    assert ("video/mp4", b"old") not in after
    assert after[("video/mp4", b"other")] == 1
    assert after[("image/png", png("green"))] == 1


def test_two_clips_on_a_slide_are_exchanged_and_then_stay(
    deck: Any, again: Again, tmp_path: Path
) -> None:
    slide = blank(deck)
    for number in range(2):
        movie = io.BytesIO(f"old {number}".encode())
        poster = io.BytesIO(png("green", (16, 9 + number)))
        mark(slide.shapes.add_movie(movie, *BOX, poster, "video/mp4"), f"epochreel:fit/{number}")
    deck = again(deck)
    first = (tmp_path / "out.pptx").read_bytes()
    again(deck)

    assert (tmp_path / "out.pptx").read_bytes() == first


def test_a_clip_that_was_a_link_to_a_file_is_in_the_deck_then(deck: Any, again: Again) -> None:
    picture = mark(blank(deck).shapes.add_picture(io.BytesIO(png("green")), *BOX), "epochreel:fit")
    kinds = (RELATIONSHIP_TYPE.VIDEO, RELATIONSHIP_TYPE.MEDIA)
    part = deck.slides[0].part
    video, media = (part.relate_to("file:///film.mp4", kind, is_external=True) for kind in kinds)
    more = picture._element.nvPicPr.nvPr
    more.append(new(f'<a:videoFile r:link="{video}"/>'))
    extension(more, EXTENSION).append(new(f'<p14:media r:link="{media}"/>'))

    after = again(deck)
    assert not [each for each in after.slides[0].part.rels.values() if each.is_external]
    assert not xpath(only_picture(after), ".//p14:media/@r:link")


def test_a_vector_form_of_an_earlier_picture_goes(deck: Any, again: Again) -> None:
    picture = mark(blank(deck).shapes.add_picture(io.BytesIO(png("green")), *BOX), "epochreel:fit")
    blip = xpath(picture._element, ".//a:blip")[0]
    key = blip.get(qn("r:embed"))
    svg = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    blip.append(
        new(
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip xmlns:asvg="{svg}" r:embed="{key}"/></a:ext></a:extLst>'
        )
    )

    assert not xpath(only_picture(again(deck)), ".//a:blip/*")


def test_a_chart_or_a_diagram_that_becomes_a_picture_takes_its_parts_with_it(
    tmp_path: Path, footage: MakeFootage
) -> None:
    lecturers_deck(tmp_path / "in.pptx")
    deck = Presentation(str(tmp_path / "in.pptx"))
    for number in (0, 4):
        (frame,) = (
            shape
            for shape in deck.slides[number].shapes
            if shape.has_chart or shape.name == "Diagram"
        )
        mark(frame, "epochreel:fit")
    deck.save(str(tmp_path / "in.pptx"))
    fill(tmp_path / "in.pptx", lambda m: footage(m.name), [], tmp_path / "out.pptx")

    check(tmp_path / "out.pptx")
    gone = contents(tmp_path / "in.pptx") - contents(tmp_path / "out.pptx")
    kinds = [kind for kind, _ in gone.elements()]
    assert sum("chart" in kind for kind in kinds) == 1
    assert sum("diagram" in kind for kind in kinds) == 5


def test_a_shape_in_several_forms_becomes_one_picture(deck: Any, again: Again) -> None:
    slide = blank(deck)
    shape = mark(slide.shapes.add_textbox(*BOX), "epochreel:fit")._element
    forms = new(
        '<mc:AlternateContent><mc:Choice Requires="p14"/><mc:Fallback/></mc:AlternateContent>'
    )
    shape.addprevious(forms)
    forms[1].append(deepcopy(shape))
    forms[0].append(shape)

    after = again(deck).slides[0]
    assert not xpath(after.element, "//mc:AlternateContent")
    assert len(after.shapes) == 1
