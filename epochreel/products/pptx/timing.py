"""What happens on a slide, and when: a clip plays on a click, and a click on it pauses it.

Whatever else happens on it stays.
"""

from pptx.slide import Slide

from epochreel.products.pptx.timenodes import (
    MAIN_SEQUENCE,
    TIMING,
    Start,
    media,
    pausing,
    playing,
)
from epochreel.products.pptx.xml import Element, child, first, found, new, qn


def play(slide: Slide, shape: int, duration: int, start: Start = "click") -> None:
    """Have the clip in a shape play; where its playing is arranged already, that stays.

    Args:
        shape: its id.
        duration: of what is played, in milliseconds.
        start: on the next click; with the slide, where nothing else happens before; or on the
            next click, unseen until then.
    """
    for timing in _timings(slide) or [_add_timing(slide)]:
        commands = _commands(timing, shape)
        for command in commands:
            command.set("dur", str(duration))
        if not found(timing, f".//p:video[{_aims(shape)}]"):
            root = _root(timing)
            if not commands:
                sequence = _main_sequence(timing, root)
                step = playing(shape, duration, start, sequence.get("id"))
                child(sequence, "p:childTnLst", ("p:subTnLst",)).append(_numbered(step, timing))
            root.append(_numbered(media(shape), timing))
            if not commands:
                root.append(_numbered(pausing(shape), timing))


def stop_playing(slide: Slide, shape: int) -> None:
    """Take out what plays and pauses the clip in a shape; its other effects stay."""
    for timing in _timings(slide):
        for node in found(timing, f".//*[self::p:video or self::p:audio][{_aims(shape)}]"):
            _discard(node)
        for effect in found(
            timing, f".//p:par[p:cTn/@presetClass='mediacall'][.//p:cmd[{_aims(shape)}]]"
        ):
            _discard_effect(effect)


def as_one(slide: Slide, shape: int) -> None:
    """Let the effects on paragraphs or series of a shape be on the shape, once of each class."""
    for timing in _timings(slide):
        seen = set()
        for effect in found(timing, f".//p:par[p:cTn/@presetClass][.//p:spTgt/@spid='{shape}']"):
            node = first(effect, "./p:cTn")
            parts = found(effect, f".//p:spTgt[@spid='{shape}']/*")
            if parts and node.get("presetClass") in seen:
                _discard_effect(effect)
                continue
            seen.add(node.get("presetClass"))
            node.attrib.pop("grpId", None)
            for part in (*parts, *found(node, "./p:iterate")):
                part.getparent().remove(part)
        for build in found(timing, f"./p:bldLst/*[@spid='{shape}']"):
            listed = build.getparent()
            listed.remove(build)
            if not len(listed):
                timing.remove(listed)


def _timings(slide: Slide) -> list[Element]:
    """Its timing: one, or where there is a choice of two, both."""
    return found(slide.element, "./p:timing | ./mc:AlternateContent/*/p:timing")


def _add_timing(slide: Slide) -> Element:
    timing = _numbered(TIMING)
    last = first(slide.element, "./p:extLst")
    if last is None:
        slide.element.append(timing)
    else:
        last.addprevious(timing)
    return timing


def _root(timing: Element) -> Element:
    """The list of the time nodes that a slide begins with."""
    root = first(timing, "./p:tnLst/p:par/p:cTn")
    if root is None:  # it lists builds only
        timing.insert(0, first(_numbered(TIMING), "./p:tnLst"))
        root = first(timing, "./p:tnLst/p:par/p:cTn")
    return child(root, "p:childTnLst", ("p:subTnLst",))


def _main_sequence(timing: Element, root: Element) -> Element:
    there = first(root, "./p:seq/p:cTn[@nodeType='mainSeq']")
    if there is None:
        root.insert(0, _numbered(MAIN_SEQUENCE, timing))
        there = first(root, "./p:seq/p:cTn[@nodeType='mainSeq']")
    return there


def _commands(timing: Element, shape: int) -> list[Element]:
    """The time nodes of what plays the clip in a shape."""
    command = f"p:cmd[starts-with(@cmd, 'playFrom')][{_aims(shape)}]"
    return found(timing, f".//{command}/p:cBhvr/p:cTn")


def _aims(shape: int) -> str:
    """The condition on a node that it is about a shape."""
    return f"./*/p:tgtEl/p:spTgt/@spid='{shape}'"


def _numbered(text: str, timing: Element | None = None) -> Element:
    """A node from its text, with ids that are free in the timing where it goes."""
    node = new(text)
    ids = [] if timing is None else found(timing, ".//p:cTn/@id")
    for number, each in enumerate(found(node, "descendant-or-self::p:cTn"), start=1):
        each.set("id", str(max(map(int, ids), default=0) + number))
    return node


def _discard_effect(effect: Element) -> None:
    """Take out an effect; what happened with it or after it begins in its stead."""
    step = first(effect, "ancestor::p:par[not(p:cTn/@nodeType)][last()]")
    effects = [] if step is None else found(step, ".//p:cTn[@presetClass]")
    node = first(effect, "./p:cTn")
    if len(effects) > 1 and effects[0] is node:
        effects[1].set("nodeType", node.get("nodeType"))
    _discard(effect)


def _discard(node: Element) -> None:
    """Take out a time node, and what holds nothing any more then."""
    holder = node.getparent()
    holder.remove(node)
    if len(holder):
        return
    if holder.tag == qn("p:childTnLst"):
        _discard(holder.getparent().getparent())
    elif holder.tag == qn("p:tnLst"):
        holder.getparent().getparent().remove(holder.getparent())
    elif holder.tag in {qn("mc:Choice"), qn("mc:Fallback"), qn("mc:AlternateContent")}:
        _discard(holder)
