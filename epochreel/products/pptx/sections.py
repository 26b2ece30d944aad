"""The sections of a deck."""

import uuid
from collections.abc import Sequence

from pptx.presentation import Presentation

from epochreel.products.pptx.xml import Element, extension, found, new

EXTENSION = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def entries(presentation: Presentation, slide_id: int) -> list[Element]:
    """A slide's entry in the sections: one, or none in a deck without sections."""
    return found(presentation.part._element, f".//p14:sectionLst//p14:sldId[@id='{slide_id}']")


def write_sections(
    presentation: Presentation, sections: Sequence[tuple[str, Sequence[int]]]
) -> None:
    """Divide a deck anew into sections: of each the name and the ids of its slides."""
    place = extension(presentation.part._element, EXTENSION)
    listed = new("<p14:sectionLst/>")
    for number, (name, slides) in enumerate(sections):
        own = str(uuid.uuid5(uuid.NAMESPACE_URL, f"epochreel:sections/{number}/{name}")).upper()
        section = new(f'<p14:section id="{{{own}}}"><p14:sldIdLst/></p14:section>')
        section.set("name", name)
        for each in slides:
            section[0].append(new(f'<p14:sldId id="{each}"/>'))
        listed.append(section)
    place[:] = [listed]
