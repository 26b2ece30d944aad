"""The parts of a deck's package: new ones, copies, and those that nothing refers to any more."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pptx.opc.oxml import CT_Relationships
from pptx.opc.package import Part, PartFactory, XmlPart
from pptx.opc.packuri import PackURI
from pptx.package import Package

from epochreel.products.pptx.xml import Element, found

FOLDER = "/ppt/media/"
VIDEO = (f"{FOLDER}media1.mp4", "video/mp4")
PICTURE = (f"{FOLDER}image1.png", "image/png")
TRACK = (f"{FOLDER}track1.vtt", "text/vtt")
COMMENTS = ".comments+xml"
DIAGRAM = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"


class Parts:
    """Adds parts to a package; what a part that is there holds is never changed."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._media: dict[tuple[str, bytes], Part] = {}
        self._names: set[str] = set()
        for part in package.iter_parts():
            if part.partname.startswith(FOLDER):
                self._media.setdefault(_content(part.content_type, part.blob), part)

    def media(self, kind: tuple[str, str], data: bytes) -> Part:
        """The part with these bytes: one, however many slides show it."""
        name, content_type = kind
        content = _content(content_type, data)
        if content not in self._media:
            self._media[content] = self._new(name, content_type, data)
        return self._media[content]

    def copied(self, part: Part, shared: Callable[[Part], bool]) -> Part:
        """A copy of a part and of all that it leads to, but for what is shared with it.

        Comments are left: each is of one slide.
        """
        copies = {part: self._copy(part)}
        waiting = [part]
        while waiting:
            original = waiting.pop()
            relationships, targets = CT_Relationships.new(), {}
            for rel in original.rels.values():
                # Each under its old id, by which a part may refer to it that is bytes here.
                if rel.is_external:
                    relationships.add_rel(rel.rId, rel.reltype, rel.target_ref, True)
                    continue
                target = rel.target_part
                if target.content_type.endswith(COMMENTS):
                    continue
                if target not in copies and not shared(target):
                    copies[target] = self._copy(target)
                    waiting.append(target)
                target = copies.get(target, target)
                targets[target.partname] = target
                relationships.add_rel(rel.rId, rel.reltype, target.partname)
            copies[original].load_rels_from_xml(relationships, targets)
        return copies[part]

    def _copy(self, part: Part) -> Part:
        return self._new(part.partname, part.content_type, part.blob)

    def _new(self, like: str, content_type: str, data: bytes) -> Part:
        """A part whose name is `like` another, with a number that is free."""
        taken = self._names | {part.partname.lower() for part in self._package.iter_parts()}
        stem, suffix = re.fullmatch(r"(.*?)\d*(\.\w+)", like).groups()  # type: ignore[union-attr]
        number = 1
        while f"{stem}{number}{suffix}".lower() in taken:
            number += 1
        name = PackURI(f"{stem}{number}{suffix}")
        self._names.add(name.lower())
        return PartFactory(name, content_type, self._package, data)


@contextmanager
def without_unused(part: XmlPart) -> Iterator[None]:
    """Drop the relationships that the part's XML refers to before the block and not after it.

    Only those: some, such as a slide's layout or its notes, are never referred to.
    """
    before = _references(part._element)
    yield
    for reference in before - _references(part._element):
        if reference in part.rels:
            _drop(part, reference)


def _drop(part: XmlPart, reference: str) -> None:
    rel = part.rels.pop(reference)
    if rel.is_external or not rel.reltype.endswith("/diagramData"):
        return
    # The drawing of a diagram is named in its data only.
    for other in [*part.rels.values()]:
        if other.reltype == DIAGRAM and f'relId="{other.rId}"'.encode() in rel.target_part.blob:
            part.rels.pop(other.rId)


def _references(element: Element) -> set[str]:
    return {*found(element, ".//@r:*")}


def _content(content_type: str, data: bytes) -> tuple[str, bytes]:
    return content_type, hashlib.sha256(data).digest()
