"""A deck that somebody else made, with film where its marks are."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from epochreel.products.footage import Footage
from epochreel.products.pptx.marks import Mark, Marked, marks_of, properties
from epochreel.products.pptx.package import open_deck, save_deck
from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.picture import show
from epochreel.products.pptx.repeat import repeat_slides
from epochreel.products.pptx.slides import notes_of, write_notes


@dataclass(frozen=True)
class Change:
    """What was done at a mark.

    Attributes:
        what: `filled`; `removed` with its slide, whose beat is no more.
        number: of the slide, counted from 1: in the deck that was written, or where it was.
    """

    what: Literal["filled", "removed"]
    number: int
    mark: Mark


def fill(
    source: Path,
    footage: Callable[[Mark], Footage | None],
    beats: Sequence[Footage],
    path: Path,
    every: Collection[str] | None = None,
) -> list[Change]:
    """Write a deck with film at its marks to `path`; all else is as it was.

    Args:
        footage: what belongs at a mark, or None to leave it; not asked for marks of every beat.
        beats: what the slides of those marks are repeated for; where it is empty they stay.
        every: all beats that there are, if `beats` is a selection: slides of the others stay.

    Raises:
        UnreadableDeck: the source is no deck.
        BadMark: one of its marks cannot be read.
    """
    presentation = open_deck(source)
    parts = Parts(presentation.part.package)
    changes = []
    of_beat = {beat.name: beat for beat in beats}
    shown: dict[int, str] = {}
    if beats:
        shown, removed = repeat_slides(presentation, [*of_beat], every or of_beat, parts)
        changes = [Change("removed", each.number, each.mark) for each in removed]
    for marked in marks_of(presentation):
        mark = marked.mark
        if mark.every and (beat := shown.get(marked.slide.slide_id)):
            mark = replace(mark, name=beat)
            _fill_for_beat(marked, mark, of_beat[beat], parts)
        elif not mark.every and (piece := footage(mark)):
            show(marked.slide, marked.shape, mark, piece, parts)
        else:
            continue
        changes.append(Change("filled", marked.number, mark))
    save_deck(presentation, path)
    return changes


def _fill_for_beat(marked: Marked, mark: Mark, footage: Footage, parts: Parts) -> None:
    """Fill a mark of every beat; notes that nobody wrote say what is said in the film."""
    notes = notes_of(marked.slide)
    ours = properties(marked.shape).get("descr", "").endswith(f": {notes}")
    if ours or not notes.strip():
        write_notes(marked.slide, footage.caption)
    show(marked.slide, marked.shape, mark, footage, parts)
