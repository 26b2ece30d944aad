"""The clip in a picture: its video, its captions, and that it plays."""

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide

from epochreel.products.footage import Footage
from epochreel.products.pptx.marks import properties
from epochreel.products.pptx.parts import VIDEO, Parts
from epochreel.products.pptx.timenodes import Start
from epochreel.products.pptx.timing import play, stop_playing
from epochreel.products.pptx.tracks import write_tracks
from epochreel.products.pptx.xml import Element, discard, extension, first, found, new, qn

EXTENSION = "{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"
PLAYS = "ppaction://media"
_SOURCES = " or ".join(
    f"self::a:{kind}"
    for kind in ("audioCd", "wavAudioFile", "audioFile", "videoFile", "quickTimeFile")
)


def put(slide: Slide, picture: Element, footage: Footage, parts: Parts, start: Start) -> None:
    """Put a clip into a picture, or exchange the one that is there.

    How it was trimmed stays, unless nothing would be left of it; so do its bookmarks.
    """
    part = slide.part
    video = parts.media(VIDEO, footage.video.read_bytes())
    described = properties(picture)
    if first(described, f"./a:hlinkClick[@action='{PLAYS}']") is None:
        for link in described.findall(qn("a:hlinkClick")):
            described.remove(link)
        described.insert(0, new(f'<a:hlinkClick r:id="" action="{PLAYS}"/>'))
    source = first(picture, "./p:nvPicPr/p:nvPr/a:videoFile")
    more = first(picture, "./p:nvPicPr/p:nvPr")
    if source is None:
        _remove_sources(more)
        source = new("<a:videoFile/>")
        more.insert(0 if more.find(qn("p:ph")) is None else 1, source)
    source.set(qn("r:link"), part.relate_to(video, RELATIONSHIP_TYPE.VIDEO))
    there = extension(more, EXTENSION)
    media = first(there, "./p14:media")
    if media is None:
        media = new("<p14:media/>")
        there.append(media)
    media.attrib.pop(qn("r:link"), None)
    media.set(qn("r:embed"), part.relate_to(video, RELATIONSHIP_TYPE.MEDIA))
    write_tracks(media, footage, part, parts)
    duration = round(1000 * footage.seconds)
    play(slide, int(described.get("id")), duration - _trimmed(media, duration), start)


def remove(slide: Slide, picture: Element) -> None:
    """Let a picture be without a clip."""
    for link in found(properties(picture), f"./a:hlinkClick[@action='{PLAYS}']"):
        discard(link)
    more = first(picture, "./p:nvPicPr/p:nvPr")
    _remove_sources(more)
    for there in found(more, f"./p:extLst/p:ext[@uri='{EXTENSION}']"):
        discard(there)
    stop_playing(slide, int(properties(picture).get("id")))


def _remove_sources(more: Element) -> None:
    for source in found(more, f"./*[{_SOURCES}]"):
        more.remove(source)


def _trimmed(media: Element, duration: int) -> int:
    """How many milliseconds are cut off a clip."""
    trim = media.find(qn("p14:trim"))
    if trim is None:
        return 0
    cut = sum(round(float(trim.get(end, 0))) for end in ("st", "end"))
    if cut < duration:
        return cut
    media.remove(trim)
    return 0
