"""A new deck: a slide for each piece of film, with its title, its clip and its words as notes."""

from collections.abc import Collection, Sequence
from itertools import groupby
from pathlib import Path

from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout

from epochreel.products.footage import Footage
from epochreel.products.pptx.design import (
    BODIES,
    Ratio,
    deck_of_template,
    layout_for_clips,
    plain_deck,
)
from epochreel.products.pptx.geometry import Box, box_of, own_xfrm, place, slide_box
from epochreel.products.pptx.marks import Mark, properties
from epochreel.products.pptx.package import save_deck
from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.picture import add_picture, free_id, show
from epochreel.products.pptx.sections import write_sections
from epochreel.products.pptx.slides import write_notes
from epochreel.products.pptx.timenodes import Start
from epochreel.products.pptx.xml import Element, first, new

_TITLE = """<p:sp><p:nvSpPr>
<p:cNvPr id="0" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>
<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>
<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"""


def write_deck(
    footage: Sequence[Footage],
    path: Path,
    *,
    full: bool,
    autoplay: bool,
    stacked: Collection[str],
    template: Path | None,
    ratio: Ratio,
    page: str,
    ink: str,
    lesson: str,
) -> None:
    """Write a deck with a section for each scene.

    Args:
        footage: what to show, in order.
        path: the .pptx file.
        full: each clip as large as its slide, in front of the title.
        autoplay: a slide's clip, or the first of several, plays as the slide comes.
        stacked: the scenes that are one slide each, on which a click brings the next beat.
        template: a deck whose masters and layouts are used; ratio and colours are its own then.
        ratio: of a slide's width to its height.
        page: the colour of the page, as `#rrggbb`.
        ink: the colour of text.
        lesson: the deck's title.

    Raises:
        UnreadableDeck: the template is no deck.
    """
    presentation = deck_of_template(template) if template else plain_deck(ratio, page, ink)
    presentation.core_properties.title = lesson
    layout, parts = layout_for_clips(presentation), Parts(presentation.part.package)
    sections = []
    for _, of_scene in groupby(footage, key=lambda each: each.scene):
        scene, slides = [*of_scene], []
        for clips in [scene] if scene[0].scene in stacked else [[each] for each in scene]:
            slide = _add_slide(presentation, layout, clips, full, autoplay, parts)
            slides.append(slide.slide_id)
        sections.append((scene[0].title, slides))
    write_sections(presentation, sections)
    save_deck(presentation, path)


def _add_slide(
    presentation: Presentation,
    layout: SlideLayout,
    clips: Sequence[Footage],
    full: bool,
    autoplay: bool,
    parts: Parts,
) -> Slide:
    slide: Slide = presentation.slides.add_slide(layout)
    body, title = _body(slide), _title(slide)
    for other in [*slide.placeholders]:
        if other.element not in (body, title):
            other.element.getparent().remove(other.element)
    first(title, "./p:txBody/a:p").append(new("<a:r><a:t/></a:r>"))
    first(title, ".//a:t").text = clips[0].title
    box = slide_box(slide) if full else _room(slide, body, title)
    if full or own_xfrm(title) is not None:
        width, height = clips[0].size
        place(title, box.contained(width / height))
    if body is not None and full:
        place(body, box)
    start: Start = "slide" if autoplay else "click"
    for clip in clips:
        shape = add_picture(slide, box) if body is None else body
        show(slide, shape, Mark(clip.name), clip, parts, start)
        body, start = None, "appear"
    write_notes(slide, "\n".join(clip.caption for clip in clips))
    return slide


def _body(slide: Slide) -> Element | None:
    """The placeholder for content, where there is one alone."""
    bodies = [each for each in slide.placeholders if each.placeholder_format.type in BODIES]
    return bodies[0].element if len(bodies) == 1 else None


def _title(slide: Slide) -> Element:
    """The title, behind everything: where a layout has none, an outline needs it all the same."""
    tree = slide.shapes.element
    if slide.shapes.title is not None:
        title = slide.shapes.title.element
    else:
        title = new(_TITLE)
        properties(title).set("id", free_id(slide))
        place(title, slide_box(slide))
    tree.insert_element_before(title, "p:sp", "p:pic", "p:graphicFrame")
    return title


def _room(slide: Slide, body: Element | None, title: Element) -> Box:
    """Where a clip goes: the place for content, else what the title leaves below it."""
    whole = slide_box(slide)
    if body is not None:
        return box_of(slide, body)
    above = box_of(slide, title)
    end = above.y + above.height
    if 2 * end > whole.height:
        return whole
    return Box(above.x, end, above.width, whole.height - end - above.x)
