"""Slides that are there once for every beat: copied for new beats, taken out for old ones."""

from collections.abc import Sequence
from itertools import groupby

from pptx.presentation import Presentation
from pptx.slide import Slide

from epochreel.products.pptx.marks import Marked, marks_of
from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.slides import copy_slide, move_before, remove_slide


def repeat_slides(
    presentation: Presentation, beats: Sequence[str], parts: Parts
) -> tuple[dict[int, str], list[Marked]]:
    """Have the slides with a mark of every beat there once for each, in order.

    Gives the beat of each slide, by the slide's id, and the marks that went with their slides.
    """
    shown: dict[int, str] = {}
    removed: list[Marked] = []
    for group in _groups(marks_of(presentation)):
        first = next(iter(group.values())).slide
        slides = {beat or beats[0]: marked.slide for beat, marked in group.items()}
        previous: Slide | None = None
        for beat in beats:
            if beat not in slides:
                slides[beat] = copy_slide(presentation, previous or first, parts)
                if previous is None:
                    move_before(presentation, slides[beat], first)
            previous = slides[beat]
            shown[previous.slide_id] = beat
        for marked in group.values():
            if marked.mark.name and marked.mark.name not in beats:
                removed.append(marked)
                remove_slide(presentation, marked.slide)
    return shown, removed


def _groups(marks: Sequence[Marked]) -> list[dict[str | None, Marked]]:
    """Slides that came from one, by beat: a beat that is there already begins the next."""
    groups: list[dict[str | None, Marked]] = []
    every = [marked for marked in marks if marked.mark.every]
    for _, on_slide in groupby(every, key=lambda marked: marked.number):
        here = [*on_slide]
        marked = next((each for each in here if each.mark.name), here[0])
        beat = marked.mark.name
        if not groups or None in groups[-1] or beat is None or beat in groups[-1]:
            groups.append({})
        groups[-1][beat] = marked
    return groups
