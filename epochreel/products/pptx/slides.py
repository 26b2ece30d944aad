"""The slides of a deck: copied, taken out, and given notes."""

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesMasterPart, SlideLayoutPart, SlideMasterPart, SlidePart
from pptx.presentation import Presentation
from pptx.slide import Slide

from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.sections import entries
from epochreel.products.pptx.xml import Element, discard, first, found, new, qn

SHARED = (NotesMasterPart, SlideLayoutPart, SlideMasterPart, SlidePart)
CREATED = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"  # the extension with a slide's own number


def copy_slide(presentation: Presentation, slide: Slide, parts: Parts) -> Slide:
    """A copy of a slide with its notes, behind it and in its section; without its comments.

    Pictures and media are shared; charts, diagrams and what is embedded are copied.
    """
    part = parts.copied(slide.part, _is_shared)
    assert isinstance(part, SlidePart)
    for number in found(part._element, f".//p:ext[@uri='{CREATED}']"):
        discard(number)
    listed = presentation.part._element.sldIdLst
    entry = listed.add_sldId(presentation.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE))
    first(listed, f"./p:sldId[@id='{slide.slide_id}']").addnext(entry)
    for each in entries(presentation, slide.slide_id):
        each.addnext(new(f'<p14:sldId id="{entry.id}"/>'))
    return Slide(part._element, part)


def move_before(presentation: Presentation, slide: Slide, other: Slide) -> None:
    """Put a slide before another, into that one's section."""
    listed = presentation.part._element.sldIdLst
    ids = (other.slide_id, slide.slide_id)
    there, entry = (first(listed, f"./p:sldId[@id='{each}']") for each in ids)
    there.addprevious(entry)
    for place in entries(presentation, other.slide_id):
        for each in entries(presentation, slide.slide_id):
            place.addprevious(each)


def remove_slide(presentation: Presentation, slide: Slide) -> None:
    """Take a slide out, and all that refers to it: links, custom shows, its section's entry."""
    for entry in entries(presentation, slide.slide_id):
        entry.getparent().remove(entry)
    own = {slide.part, *(slide.part.rels[each].target_part for each in _notes(slide.part))}
    for part in [each for each in slide.part.package.iter_parts() if each not in own]:
        _forget(part, slide.part)


def write_notes(slide: Slide, text: str) -> None:
    """Have the notes of a slide say this."""
    notes = slide.notes_slide
    _list_notes_master(slide.part.package.presentation_part.presentation)
    frame = notes.notes_text_frame
    if frame is not None and frame.text != text:
        frame.text = text


def notes_of(slide: Slide) -> str:
    """What the notes of a slide say."""
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return str(frame.text) if frame is not None else ""


def _is_shared(part: Part) -> bool:
    return isinstance(part, SHARED) or part.content_type.startswith(("image/", "audio/", "video/"))


def _notes(part: Part) -> list[str]:
    """The ids of a slide's relationships to its notes: one or none."""
    kind = RELATIONSHIP_TYPE.NOTES_SLIDE
    return [each for each, rel in part.rels.items() if rel.reltype == kind]


def _forget(part: Part, target: Part) -> None:
    """Take out of a part whatever refers to another."""
    rels = part.rels.items()
    gone = [key for key, rel in rels if not rel.is_external and rel.target_part is target]
    if not gone:
        return
    root: Element = part._element if isinstance(part, XmlPart) else parse_xml(part.blob)
    for reference in gone:
        part.rels.pop(reference)
        for element in found(root, f".//*[@r:*='{reference}']"):
            element.getparent().remove(element)
    if not isinstance(part, XmlPart):
        part.blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _list_notes_master(presentation: Presentation) -> None:
    """Name the notes' master in the presentation, which python-pptx relates to it only."""
    masters = presentation.part._element.find(qn("p:sldMasterIdLst"))
    if presentation.part._element.find(qn("p:notesMasterIdLst")) is None:
        kind = RELATIONSHIP_TYPE.NOTES_MASTER
        key = presentation.part.relate_to(presentation.part.notes_master_part, kind)
        masters.addnext(
            new(f'<p:notesMasterIdLst><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>')
        )
