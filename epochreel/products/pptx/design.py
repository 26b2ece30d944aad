"""A deck without slides: plain and in a lecture's colours, or as somebody's template has it."""

from pathlib import Path
from typing import Literal

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Inches, Pt

from epochreel.errors import UnreadableDeck
from epochreel.products.pptx.geometry import Box, place
from epochreel.products.pptx.package import open_deck
from epochreel.products.pptx.slides import remove_slide
from epochreel.products.pptx.xml import Element, first, found, new, qn

Ratio = Literal["16:9", "4:3"]
WIDTHS = {"16:9": Inches(40 / 3), "4:3": Inches(10)}
HEIGHT, MARGIN, TITLE_HEIGHT = Inches(7.5), Inches(0.2), Inches(0.9)
TITLE_SIZE = Pt(32)
DESIGNED_FOR = Inches(10)  # the width of python-pptx's own template
MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
BODIES = [PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.MEDIA_CLIP, PP_PLACEHOLDER.BODY]
FOOTERS = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


def plain_deck(ratio: Ratio, page: str, ink: str) -> Presentation:
    """A deck without slides: the title in a line at the top, and all below it for a clip.

    Args:
        ratio: of a slide's width to its height.
        page: the colour of the page, as `#rrggbb`.
        ink: the colour of text.
    """
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = WIDTHS[ratio], HEIGHT
    package = presentation.part.package
    for key in [
        key for key, rel in package._rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        package.drop_rel(key)
    presentation.core_properties.last_modified_by = ""
    master = presentation.slide_masters[0]
    for each in (master, *presentation.slide_layouts):
        _widen(each.element, WIDTHS[ratio] / DESIGNED_FOR)
    width = WIDTHS[ratio] - 2 * MARGIN
    boxes = {
        "title": Box(MARGIN, MARGIN, width, TITLE_HEIGHT - MARGIN),
        "body": Box(MARGIN, TITLE_HEIGHT, width, HEIGHT - TITLE_HEIGHT - MARGIN),
    }
    for kind, box in boxes.items():
        place(first(master.element, f".//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='{kind}']"), box)
    size = first(master.element, "./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr")
    size.set("sz", str(round(TITLE_SIZE.pt * 100)))
    _paint(master.part.part_related_by(RELATIONSHIP_TYPE.THEME), {"lt1": page, "dk1": ink})
    return presentation


def deck_of_template(path: Path) -> Presentation:
    """A template's masters and layouts, and none of its slides, shows and macros.

    Raises:
        UnreadableDeck: it is no deck.
    """
    presentation = open_deck(path)
    for slide in [*presentation.slides]:
        remove_slide(presentation, slide)
    part = presentation.part
    for shows in part._element.findall(qn("p:custShowLst")):
        part._element.remove(shows)
    for key in [key for key, rel in part.rels.items() if rel.reltype == MACROS]:
        part.rels.pop(key)
    part._content_type = CONTENT_TYPE.PML_PRESENTATION_MAIN
    return presentation


def layout_for_clips(presentation: Presentation) -> SlideLayout:
    """The layout with a title and one place for content; else with a title; else any.

    Raises:
        UnreadableDeck: there is none at all.
    """
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    if not layouts:
        raise UnreadableDeck(
            "The template has no layout to put clips on. Take another, or save this one in "
            "PowerPoint.",
            field="--template",
        )
    best: SlideLayout = min(layouts, key=lambda layout: _misfit(_kinds(layout)))
    return best


def _misfit(kinds: list[PP_PLACEHOLDER]) -> int:
    titles, bodies = ([each for each in kinds if each in group] for group in (TITLES, BODIES))
    if titles and len(kinds) == 2 and bodies:
        return BODIES.index(bodies[0])
    if titles and len(kinds) == 1:
        return len(BODIES)
    return len(BODIES) + (1 if titles else 2)


def _kinds(layout: SlideLayout) -> list[PP_PLACEHOLDER]:
    kinds = (each.placeholder_format.type for each in [*layout.placeholders])
    return [kind for kind in kinds if kind not in FOOTERS]


def _widen(element: Element, factor: float) -> None:
    for xfrm in found(element, ".//p:sp/p:spPr/a:xfrm"):
        for name, key in (("a:off", "x"), ("a:ext", "cx")):
            side = xfrm.find(qn(name))
            side.set(key, str(round(int(side.get(key)) * factor)))


def _paint(theme: Part, colors: dict[str, str]) -> None:
    """Give a theme's colours for page and text these values."""
    root = parse_xml(theme.blob)
    for name, color in colors.items():
        slot = first(root, f".//a:clrScheme/a:{name}")
        slot[:] = [new(f'<a:srgbClr val="{color.removeprefix("#").upper()}"/>')]
    theme.blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
