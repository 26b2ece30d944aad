"""Whether a deck is one that PowerPoint opens without a repair, and what is in it."""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from openxml_audit import validate_pptx

from epochreel.products.pptx.xml import NAMESPACES

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def check(path: Path) -> None:
    """Fail where something is wrong with a deck."""
    with zipfile.ZipFile(path) as deck:
        names = deck.namelist()
        assert len({name.lower() for name in names}) == len(names), "two parts of one name"
        reached = set(_reached(deck))
        parts = {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"}
        assert parts == reached, "parts that nothing leads to"
        types = content_types(deck)
        for name in parts:
            suffix = {"mp4": "video/mp4", "png": "image/png", "vtt": "text/vtt"}
            if (end := name.rpartition(".")[2]) in suffix:
                assert types[name] == suffix[end]
        slides = [name for name in parts if name.startswith("ppt/slides/slide")]
        roots = [etree.fromstring(deck.read(name)) for name in slides]
        for root in roots:
            _check_slide(root)
        created = [number for root in roots for number in xpath(root, "//p14:creationId/@val")]
        assert len({*created}) == len(created), "two slides that say they are one"
        listed = xpath(etree.fromstring(deck.read("ppt/presentation.xml")), "//p:sldId/@id")
        entries = xpath(etree.fromstring(deck.read("ppt/presentation.xml")), "//p14:sldId/@id")
        assert len(listed) == len(slides), "slides that are in no list"
        assert not entries or entries == listed, "sections that hold other slides"
    result = validate_pptx(path)
    assert not result.errors, result.errors


def contents(path: Path) -> Counter[tuple[str, bytes]]:
    """The type and the content of every part, whatever its name and its relationships' ids."""
    with zipfile.ZipFile(path) as deck:
        types = content_types(deck)
        return Counter(
            (types[name], canonical(deck.read(name)))
            for name in deck.namelist()
            if not name.endswith(".rels") and name != "[Content_Types].xml"
        )


def canonical(data: bytes) -> bytes:
    try:
        text = etree.tostring(etree.fromstring(data), method="c14n")
        return re.sub(rb'"rId\d+"', b'"rId"', text)
    except etree.XMLSyntaxError:
        return data


def content_types(deck: zipfile.ZipFile) -> dict[str, str]:
    root = etree.fromstring(deck.read("[Content_Types].xml"))
    defaults = {
        each.get("Extension"): each.get("ContentType") for each in root.iter(f"{TYPES}Default")
    }
    overrides = {
        each.get("PartName"): each.get("ContentType") for each in root.iter(f"{TYPES}Override")
    }
    return {
        name: overrides.get(f"/{name}") or defaults.get(name.rpartition(".")[2], "")
        for name in deck.namelist()
    }


def xpath(element: Any, path: str) -> list[Any]:
    found: list[Any] = etree._Element.xpath(element, path, namespaces=NAMESPACES)
    return found


def _reached(deck: zipfile.ZipFile) -> Iterator[str]:
    """Every part that relationships lead to; each must be there."""
    waiting, seen = [""], set()
    while waiting:
        part = waiting.pop()
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        known = etree.fromstring(deck.read(rels)) if rels in deck.namelist() else etree.Element("x")
        rows = known.findall(f"{{{RELATIONSHIPS}}}Relationship")
        if part.endswith(".xml"):
            referred = {*xpath(etree.fromstring(deck.read(part)), "//@r:*")} - {""}
            assert referred <= {row.get("Id") for row in rows}, f"dangling in {part}"
        for row in rows:
            if row.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, row.get("Target")))[1:]
            assert target in deck.namelist(), f"{part} leads to {target}, which is not there"
            if target not in seen:
                seen.add(target)
                waiting.append(target)
                yield target


def _check_slide(slide: Any) -> None:
    ids = xpath(slide, "/p:sld/p:cSld//p:cNvPr[not(ancestor::mc:Fallback)]/@id")
    assert len({*ids}) == len(ids), "two shapes of one id"
    direct, in_choice = (
        xpath(slide, f"/p:sld/{way}p:timing") for way in ("", "mc:AlternateContent/mc:Choice/")
    )
    assert len(direct) + len(in_choice) <= 1, "two timings"
    for timing in xpath(slide, "//p:timing"):
        nodes = xpath(timing, ".//p:cTn/@id")
        assert len({*nodes}) == len(nodes), "two time nodes of one id"
        assert {*xpath(timing, ".//@spid")} <= {*ids}, "timing of a shape that is not there"
        assert not xpath(timing, ".//p:childTnLst[not(*)]"), "nothing to happen"
        pictures = {*xpath(slide, "//p:pic/p:nvPicPr/p:cNvPr/@id")}
        assert not pictures & {*xpath(timing, ".//p:spTgt[*]/@spid")}, "lines of a picture"
        assert not pictures & {*xpath(timing, "./p:bldLst/*/@spid")}, "a picture in builds"
    for clip in xpath(slide, "//p:pic[.//a:videoFile]"):
        own = xpath(clip, "./p:nvPicPr/p:cNvPr/@id")[0]
        media = xpath(slide, f"//p:video[.//p:spTgt/@spid='{own}']")
        assert len(media) == max(1, len(xpath(slide, "//p:timing"))), "a clip without controls"
