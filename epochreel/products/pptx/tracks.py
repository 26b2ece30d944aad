"""The captions of a clip in a slide, one track for each language."""

import uuid

from pptx.opc.package import Part

from epochreel.lecture.languages import LANGUAGES, own_name, region_tag
from epochreel.products.captions import webvtt
from epochreel.products.footage import Footage
from epochreel.products.pptx.parts import TRACK, Parts
from epochreel.products.pptx.xml import Element, child, extension, first, found, new, qn

EXTENSION = "{3AFAAA56-56D3-431D-BCD4-E75A35582382}"
RELATIONSHIP = "http://schemas.microsoft.com/office/2017/04/relationships/track"


def write_tracks(media: Element, footage: Footage, part: Part, parts: Parts) -> None:
    """Give a `p14:media` of the slide `part` the footage's captions; other tracks stay."""
    tracks = _tracks(media)
    for language in {*LANGUAGES} - footage.cues.keys():
        for track in found(tracks, f"./p173:track[@id='{_id(language)}']"):
            tracks.remove(track)
    for language, cues in footage.cues.items():
        track = first(tracks, f"./p173:track[@id='{_id(language)}']")
        if track is None:
            lang, label = region_tag(language), own_name(language)
            track = new(f'<p173:track id="{_id(language)}" label="{label}" lang="{lang}"/>')
            tracks.append(track)
        text = webvtt(cues).encode()
        track.set(qn("r:embed"), part.relate_to(parts.media(TRACK, text), RELATIONSHIP))


def _tracks(media: Element) -> Element:
    there = extension(media, EXTENSION, "p14:extLst")
    information = first(there, "./p173:tracksInfo")
    if information is None:
        information = new('<p173:tracksInfo displayLoc="media"/>')
        there.append(information)
    return child(information, "p173:trackLst")


def _id(language: str) -> str:
    """The same in every deck: by it a later run knows which tracks are ours."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'epochreel:captions/{language}')}}}".upper()
