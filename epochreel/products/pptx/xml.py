"""The XML of a deck: its namespaces, a search in it, and elements from their text."""

import re
from typing import Any

from lxml import etree
from pptx.oxml import parse_xml

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p173": "http://schemas.microsoft.com/office/powerpoint/2017/3/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
Element = Any  # lxml comes without types


def qn(name: str) -> str:
    """A prefixed name as lxml writes it: `p:pic` as `{http://...}pic`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def found(element: Element, path: str) -> list[Any]:
    """What an XPath leads to."""
    # Not the element's own method: python-pptx overrides it and knows fewer namespaces.
    result: list[Any] = etree._Element.xpath(element, path, namespaces=NAMESPACES)
    return result


def first(element: Element, path: str) -> Element:
    """The first element that an XPath leads to, or None."""
    return next(iter(found(element, path)), None)


def new(text: str) -> Element:
    """An element from its text, in which the namespaces need no declaration."""
    used = {*re.findall(rf"\b({'|'.join(NAMESPACES)}):", text)}
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in sorted(used))
    return parse_xml(re.sub(r"(?<=^<)[\w:]+", rf"\g<0>{declared}", text, count=1))


def child(parent: Element, name: str, successors: tuple[str, ...] = ()) -> Element:
    """The child of that name; made where it is not there, before the first of `successors`."""
    there = parent.find(qn(name))
    if there is not None:
        return there
    made = new(f"<{name}/>")
    after = next((each for each in parent if each.tag in {qn(each) for each in successors}), None)
    if after is None:
        parent.append(made)
    else:
        after.addprevious(made)
    return made


def extension(parent: Element, uri: str, listed_in: str = "p:extLst") -> Element:
    """In the list of an element's extensions, that with this URI; made where it is not there."""
    listed = child(parent, listed_in)
    there = first(listed, f"./p:ext[@uri='{uri}']")
    if there is None:
        there = new(f'<p:ext uri="{uri}"/>')
        listed.append(there)
    return there


def discard(element: Element) -> None:
    """Take an element out, and the lists that hold nothing any more then."""
    parent = element.getparent()
    parent.remove(element)
    if not len(parent) and etree.QName(parent).localname in {"ext", "extLst"}:
        discard(parent)
