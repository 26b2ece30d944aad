"""What a shape says that it shows."""

from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from epochreel.errors import BadMark
from epochreel.products.pptx.marks import Mark, marks_of
from tests.products.pptx.decks import BOX, mark

MARKS = {
    "epochreel:epochs/epoch-1": Mark("epochs/epoch-1"),
    "epochreel:epochs": Mark("epochs"),
    "epochreel:*": Mark(None, every=True),
    "epochreel:*=epochs/epoch-2?still": Mark("epochs/epoch-2", every=True, still=True),
    "epochreel:iris.toml#fit": Mark("fit", "iris.toml"),
    "epochreel:../my lectures/iris.toml#fit/training?fit=cover&still": Mark(
        "fit/training", "../my lectures/iris.toml", fit="cover", still=True
    ),
    "epochreel:C:\\lectures\\iris.toml#fit": Mark("fit", "C:\\lectures\\iris.toml"),
}


@pytest.mark.parametrize(("text", "meant"), MARKS.items())
def test_a_mark_reads_back_as_it_is_written(text: str, meant: Mark) -> None:
    assert Mark.parse(text) == meant
    assert str(meant) == text


def test_a_mark_is_read_as_powerpoint_and_people_write_it() -> None:
    assert Mark.parse("\n Epochreel: epochs?Still&fit=contain\t") == Mark("epochs", still=True)
    assert Mark.parse("The loss of epochreel:epochs") is None
    assert Mark.parse("") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("epochreel:", "comes no scene"),
        ("epochreel: a tool for films", "comes no scene"),
        ("epochreel:epochs/epoch-1/2", "comes no scene"),
        ("epochreel:iris.toml#*", "comes no scene"),
        ("epochreel:fit\nand more", "comes no scene"),
        ("epochreel:fit?fit=stretch", "no option 'fit=stretch'"),
        ("epochreel:fit?", "no option ''"),
        ("epochreel:fit?fit=cover&fit=contain", "one option too many"),
    ],
)
def test_what_begins_as_a_mark_and_is_none_is_said(text: str, why: str) -> None:
    with pytest.raises(BadMark, match=why) as refused:
        Mark.parse(text)
    for option in ("fit=contain", "fit=cover", "still"):
        assert option in str(refused.value)


@pytest.fixture
def deck() -> Any:
    return Presentation()


def test_marks_are_found_wherever_they_stand(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.placeholders[1].text = "epochreel:in/placeholder"
    group = slide.shapes.add_group_shape().shapes.add_group_shape()
    mark(group.shapes.add_shape(1, *BOX), "epochreel:in/group")
    mark(slide.shapes.add_table(1, 1, *BOX), "epochreel:in/table")
    slide.shapes.add_textbox(*BOX).name = "epochreel:in/name"
    deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(
        *BOX
    ).text_frame.text = "epochreel:on/second"

    found = [(each.number, each.mark.name) for each in marks_of(deck)]
    assert found == [
        (1, "in/placeholder"),
        (1, "in/group"),
        (1, "in/table"),
        (1, "in/name"),
        (2, "on/second"),
    ]


def test_alt_text_goes_before_text_and_text_before_name(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(1), Inches(1))
    box.name = "epochreel:by/name"
    assert [each.mark.name for each in marks_of(deck)] == ["by/name"]
    box.text_frame.text = "epochreel:by/text"
    assert [each.mark.name for each in marks_of(deck)] == ["by/text"]
    mark(box, "epochreel:by/alt")
    assert [each.mark.name for each in marks_of(deck)] == ["by/alt"]


def test_layouts_and_notes_have_no_marks(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.notes_slide.notes_text_frame.text = "epochreel:fit"
    deck.slide_layouts[1].placeholders[1].text = "epochreel:fit"
    deck.slide_masters[0].placeholders[1].text = "epochreel:fit"

    assert marks_of(deck) == []


def test_a_mark_on_a_group_is_no_place_for_film(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    mark(slide.shapes.add_group_shape(), "epochreel:fit")

    with pytest.raises(BadMark, match=r"Slide 1: .* is on a group"):
        marks_of(deck)


def test_a_bad_mark_says_on_which_slide_it_is(deck: Any) -> None:
    deck.slides.add_slide(deck.slide_layouts[6])
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(*BOX).text_frame.text = "epochreel:fit?fill"

    with pytest.raises(BadMark, match=r"Slide 2: .*no option 'fill'"):
        marks_of(deck)


@pytest.mark.parametrize(
    "text",
    [
        "epochreel：epochs/epoch-2？still",
        "“epochreel:epochs/epoch-2?still”",
        "\u200bEpochreel: Epochs/Epoch-2?still\ufeff",
    ],
)
def test_what_an_input_method_or_an_automatic_capital_makes_of_a_mark_is_read(text: str) -> None:
    assert Mark.parse(text) == Mark("epochs/epoch-2", still=True)


def test_a_slides_title_is_no_place_for_a_clip() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "epochreel:fit"
    with pytest.raises(BadMark, match=r"Slide 1: .* title"):
        marks_of(deck)
