"""Marks: how a shape in a deck says which piece of film belongs there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args
from unicodedata import normalize

from pptx.presentation import Presentation
from pptx.slide import Slide

from epochreel.errors import BadMark, shown
from epochreel.products.pptx.xml import Element, first, found, qn

PREFIX, EVERY = "epochreel:", "*"
Fit = Literal["contain", "cover"]
OPTIONS = {**{f"fit={fit}": {"fit": fit} for fit in get_args(Fit)}, "still": {"still": True}}
GROUP = qn("p:grpSp")
STRAY = " \t\r\n\u200b\u2060\ufeff\"'“”‘’"
TITLES = ("title", "ctrTitle")
SHAPES = {qn("p:sp"), qn("p:pic"), qn("p:graphicFrame")}

_NAME = r"[^\s#?&=*/]+(?:/[^\s#?&=*/]+)?"
_GRAMMAR = re.compile(
    rf"(?:(?:(?P<lecture>[^#?*\r\n]+)#)?(?P<name>{_NAME})|(?P<every>\*)(?:=(?P<beat>{_NAME}))?)"
    r"(?:\?(?P<options>.*))?"
)


@dataclass(frozen=True)
class Mark:
    """What a shape shows.

    Attributes:
        name: as `--only` names it: `epochs/epoch-2`, or `epochs` for a whole scene; None where
            `every` is so and no beat has been put there yet.
        lecture: the file or the name of the lecture that it is of, if that is another one.
        every: its slide is there once for every beat.
        fit: the whole picture inside the shape's box, or the box filled and the rest cropped.
        still: the last frame as a picture, instead of the clip.
    """

    name: str | None
    lecture: str | None = None
    every: bool = False
    fit: Fit = "contain"
    still: bool = False

    @staticmethod
    def parse(text: str) -> "Mark | None":
        """The mark that a text is; None where it is none.

        Raises:
            BadMark: it begins as a mark and is none.
        """
        # As an input method, a quotation or an automatic capital may have left it.
        text = normalize("NFKC", text).strip(STRAY)
        if not text.lower().startswith(PREFIX):
            return None
        read = _GRAMMAR.fullmatch(text[len(PREFIX) :].strip())
        if not read:
            raise _bad(text, f"after {PREFIX} comes no scene")
        options: dict[str, object] = {}
        for option in (read["options"] or "").split("&") if read["options"] is not None else ():
            meant = OPTIONS.get(option.strip().lower())
            if meant is None:
                raise _bad(text, f"there is no option {shown(option)}")
            if options.keys() & meant:
                raise _bad(text, f"{shown(option)} is one option too many")
            options |= meant
        name = (read["name"] or read["beat"] or "").lower() or None
        lecture = read["lecture"] and read["lecture"].strip()
        return Mark(name, lecture, every=bool(read["every"]), **options)  # type: ignore[arg-type]

    def __str__(self) -> str:
        name = "=".join(filter(None, (EVERY if self.every else None, self.name)))
        lecture = f"{self.lecture}#" if self.lecture else ""
        options = ["fit=cover"] * (self.fit == "cover") + ["still"] * self.still
        return f"{PREFIX}{lecture}{name}{'?' if options else ''}{'&'.join(options)}"


@dataclass(frozen=True)
class Marked:
    """A shape with a mark, and the slide that it is on, counted from 1."""

    number: int
    slide: Slide
    shape: Element
    mark: Mark


def marks_of(presentation: Presentation) -> list[Marked]:
    """The marks on a deck's slides, in order, those in groups included.

    Raises:
        BadMark: a text begins as a mark and is none, or one is on a group.
    """
    marked = []
    for number, slide in enumerate(presentation.slides, start=1):
        for shape in _shapes(slide.shapes.element):
            try:
                mark = _mark_of(shape)
            except BadMark as error:
                raise BadMark(
                    f"Slide {number}: {error}", field=error.field, value=error.value
                ) from None
            if mark:
                marked.append(Marked(number, slide, shape, mark))
    return marked


def properties(shape: Element) -> Element:
    """The `p:cNvPr` of a shape: its id, name and alt text."""
    return first(shape, "./*/p:cNvPr")


def named_mark(shape: Element) -> Mark | None:
    """The mark in a shape's name, where filling leaves it."""
    return Mark.parse(properties(shape).get("name", ""))


def _mark_of(shape: Element) -> Mark | None:
    """The first mark of alt text, text and name; whoever types one into the alt text means it."""
    paragraphs = (found(each, ".//a:t/text()") for each in found(shape, "./p:txBody/a:p"))
    text = "\n".join("".join(paragraph) for paragraph in paragraphs)
    for each in (properties(shape).get("descr", ""), text, properties(shape).get("name", "")):
        mark = Mark.parse(each)
        if mark and shape.tag == GROUP:
            raise _bad(each, "it is on a group; put it on a shape inside")
        if mark and _is_title(shape):
            raise _bad(each, "it is in a slide's title; put it on another shape")
        if mark:
            return mark
    return None


def _is_title(shape: Element) -> bool:
    placeholder = first(shape, "./*/p:nvPr/p:ph")
    return placeholder is not None and placeholder.get("type") in TITLES


def _shapes(container: Element) -> Iterator[Element]:
    for each in container:
        if each.tag in SHAPES or each.tag == GROUP:
            yield each
        if each.tag == GROUP:
            yield from _shapes(each)
        elif each.tag == qn("mc:AlternateContent"):
            # One shape in several forms: the first is what PowerPoint of today shows.
            yield from _shapes(each[0])


def _bad(text: str, why: str) -> BadMark:
    return BadMark(
        f"The mark {shown(text)} cannot be used: {why}. A mark is {PREFIX}SCENE, "
        f"{PREFIX}SCENE/BEAT, {PREFIX}{EVERY} for every beat, or {PREFIX}LECTURE#SCENE/BEAT; "
        f"options come after a ?, joined with &: {', '.join(OPTIONS)}.",
        field="mark",
        value=text,
    )
