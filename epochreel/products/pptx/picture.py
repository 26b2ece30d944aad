"""A piece of film in a shape's place: the picture, and where it stands."""

import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide

from epochreel.products.footage import Footage
from epochreel.products.pptx import clip
from epochreel.products.pptx.geometry import (
    Box,
    box_of,
    contain,
    cover,
    own_xfrm,
    place,
    stretch,
    uncrop,
)
from epochreel.products.pptx.marks import Mark, named_mark, properties
from epochreel.products.pptx.parts import PICTURE, Parts, without_unused
from epochreel.products.pptx.timenodes import Start
from epochreel.products.pptx.timing import as_one
from epochreel.products.pptx.xml import Element, discard, first, found, new, qn

_PICTURE = """<p:pic>
<p:nvPicPr><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr></p:nvPicPr>
<p:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></p:blipFill>
<p:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"""


def show(
    slide: Slide, shape: Element, mark: Mark, footage: Footage, parts: Parts, start: Start = "click"
) -> Element:
    """Let a shape show a piece of film; gives the picture that it is then.

    Its place, order and id stay. A picture that a mark's name says is ours keeps whatever was done
    to it: it is placed anew only where the film has another aspect, or the mark another fit.
    """
    with without_unused(slide.part):
        shape = _alone(shape)
        earlier = named_mark(shape) if shape.tag == qn("p:pic") else None
        aspect = footage.size[0] / footage.size[1]
        picture = shape if shape.tag == qn("p:pic") else _picture_for(slide, shape)
        if earlier is None or earlier.fit != mark.fit:
            uncrop(picture)
            _fit(slide, picture, mark, aspect)
        elif own_xfrm(picture) is None or not _looks_like(slide, picture, footage.size):
            _fit(slide, picture, mark, aspect)
        properties(picture).set("name", str(mark))
        properties(picture).set("descr", footage.alt_text)
        _set_poster(slide, picture, footage.last if mark.still else footage.first, parts)
        if mark.still:
            clip.remove(slide, picture)
        else:
            clip.put(slide, picture, footage, parts, start)
    return picture


def add_picture(slide: Slide, box: Box) -> Element:
    """A picture without a picture yet, in front of what is on the slide."""
    picture = new(_PICTURE)
    described = picture.find(qn("p:nvPicPr"))
    described.insert(0, new(f'<p:cNvPr id="{free_id(slide)}" name=""/>'))
    described.append(new("<p:nvPr/>"))
    place(picture, box)
    slide.shapes.element.insert_element_before(picture, "p:extLst")
    return picture


def free_id(slide: Slide) -> str:
    """An id that no shape on the slide has."""
    return str(max(int(each) for each in found(slide.element, ".//p:cNvPr/@id")) + 1)


def _alone(shape: Element) -> Element:
    """The shape without the other forms of it, for older programs."""
    choice = shape.getparent()
    if choice.tag == qn("mc:Choice"):
        forms = choice.getparent()
        forms.getparent().replace(forms, shape)
    return shape


def _picture_for(slide: Slide, shape: Element) -> Element:
    """A picture without a picture yet, in the place of a shape of another kind."""
    picture = new(_PICTURE)
    described = picture.find(qn("p:nvPicPr"))
    described.insert(0, properties(shape))
    described.append(first(shape, "./*/p:nvPr"))
    if first(described, "./p:nvPr/p:ph") is not None:
        first(described, ".//a:picLocks").set("noGrp", "1")
    xfrm = own_xfrm(shape)
    if xfrm is not None:
        kept = new("<a:xfrm/>")
        kept.attrib.update(xfrm.attrib)
        kept.extend(xfrm[:])
        picture.find(qn("p:spPr")).insert(0, kept)
    shape.getparent().replace(shape, picture)
    as_one(slide, int(properties(picture).get("id")))
    return picture


def _fit(slide: Slide, picture: Element, mark: Mark, aspect: float) -> None:
    box, aspect = box_of(slide, picture), aspect / stretch(picture)
    if mark.fit == "cover":
        place(picture, box)
        cover(picture, box, aspect)
    else:
        contain(picture, box, aspect)


def _looks_like(slide: Slide, picture: Element, size: tuple[int, int]) -> bool:
    """Whether what a picture shows now has the aspect of `size`."""
    try:
        part = slide.part.related_part(first(picture, "./p:blipFill/a:blip").get(qn("r:embed")))
        with Image.open(io.BytesIO(part.blob)) as image:
            width, height = image.size
    except (KeyError, OSError, UnidentifiedImageError):
        return False
    # To the pixel: an even size may be rounded.
    return abs(width * size[1] - height * size[0]) <= max(height, size[1])


def _set_poster(slide: Slide, picture: Element, file: Path, parts: Parts) -> None:
    """Show a PNG file."""
    part = parts.media(PICTURE, file.read_bytes())
    blip = first(picture, "./p:blipFill/a:blip")
    blip.attrib.pop(qn("r:link"), None)
    blip.set(qn("r:embed"), slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    # A vector form or an artistic effect's original would be of the earlier picture.
    for other in found(blip, "./a:extLst/a:ext[.//@r:*]"):
        discard(other)
