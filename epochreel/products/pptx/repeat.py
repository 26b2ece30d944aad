"""Slides that are there once for every beat: copied for new beats, taken out for old ones."""

from collections.abc import Collection, Sequence
from itertools import groupby

from pptx.presentation import Presentation
from pptx.slide import Slide

from epochreel.products.pptx.marks import Marked, marks_of
from epochreel.products.pptx.parts import Parts
from epochreel.products.pptx.slides import copy_slide, move_before, remove_slide


def repeat_slides(
    presentation: Presentation, beats: Sequence[str], every: Collection[str], parts: Parts
) -> tuple[dict[int, str], list[Marked]]:
    """Have the slides with a mark of every beat there for each of `beats`, in order.

    Slides of other beats stay as they are, but those of beats that are not among `every` go.
    Gives the beat of each slide that shows one of `beats`, by the slide's id, and the marks that
    went with their slides.
    """
    shown: dict[int, str] = {}
    removed: list[Marked] = []
    for series in _series(marks_of(presentation)):
        first = series[0].slide
        slides: dict[str, Slide] = {}
        for marked in series:
            beat = marked.mark.name or beats[0]
            # Somebody may have copied a slide: each copy shows its beat.
            slides[beat] = marked.slide
            if beat in beats:
                shown[marked.slide.slide_id] = beat
        previous: Slide | None = None
        for beat in beats:
            if beat not in slides:
                slides[beat] = copy_slide(presentation, previous or first, parts)
                shown[slides[beat].slide_id] = beat
                if previous is None:
                    move_before(presentation, slides[beat], first)
            previous = slides[beat]
        for marked in series:
            if marked.mark.name and marked.mark.name not in every:
                removed.append(marked)
                remove_slide(presentation, marked.slide)
    return shown, removed


def _series(marks: Sequence[Marked]) -> list[list[Marked]]:
    """Slides that came from one: the beat that a series begins with, later again, begins the next.

    A slide behind its like is a copy that somebody made.
    """
    series: list[list[Marked]] = []
    every = [marked for marked in marks if marked.mark.every]
    for _, on_slide in groupby(every, key=lambda marked: marked.number):
        here = [*on_slide]
        marked = next((each for each in here if each.mark.name), here[0])
        beat = marked.mark.name
        last = series[-1] if series else []
        again = last and beat == last[0].mark.name and beat != last[-1].mark.name
        if not last or beat is None or last[0].mark.name is None or again:
            series.append([])
        series[-1].append(marked)
    return series
