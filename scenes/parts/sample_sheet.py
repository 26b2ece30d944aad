"""Images of the data on a page: a row of them for each class, or all in rows."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.drawing.layout import GAP, SMALL, Region, Values, point
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.class_marks import class_colors, class_mark
from scenes.parts.pictures import Pictures, grey, picture_places
from scenes.parts.table import MARK, named

WIDEST_NAME = 320.0
MOST_IN_ROW, MOST_CLASSES, MOST_LOOSE = 14, 12, 28
LARGEST, BLOCKS_APART = 200.0, 110.0  # pixels
MUCH = 1.2
Labels = npt.NDArray[np.int64]


class SampleSheet:
    """Images and what each is.

    Attributes:
        pictures: the images.
        names: of the classes beside their rows, or the true values under the images.
        samples: which are shown.
        classes_shown: of how many classes.
    """

    def __init__(
        self,
        inputs: Values,
        region: Region,
        theme: Theme,
        *,
        classes: tuple[Sequence[str], Labels] | None,
        values: Sequence[str] = (),
    ) -> None:
        images = grey(inputs)
        shape = images.shape[1:]
        self.names = VGroup()
        if classes:
            self._by_class(images, region, theme, *classes)
            return
        self.classes_shown = 0
        self.samples = [*range(min(len(images), MOST_LOOSE))]
        places = picture_places(len(self.samples), region, shape, 2.4 * GAP)
        self.pictures = Pictures(images[self.samples], places, theme)
        for sample, place in zip(self.samples, places):
            label = Label(values[sample], SMALL, theme.truth)
            self.names.add(label.put(place.x, place.bottom + 1.3 * SMALL, 0.5))

    def _by_class(
        self, images: Values, region: Region, theme: Theme, names: Sequence[str], true: Labels
    ) -> None:
        there = [at for at in range(len(names)) if (true == at).any()][:MOST_CLASSES]
        self.classes_shown = len(there)
        longest_name = max(text_width(names[at], SMALL) for at in there)
        names_width = min(longest_name, WIDEST_NAME) + 3 * MARK + 2 * GAP
        longest = min(MOST_IN_ROW, max(int((true == at).sum()) for at in there))
        bands = _bands(len(there), longest, images.shape[2] / images.shape[1], names_width, region)
        self.samples, places = [], []
        colors = class_colors(theme, len(names))
        for at, band in zip(there, bands):
            members = np.flatnonzero(true == at)[:longest]
            self.samples += members.tolist()
            images_from = replace(band, left=band.left + names_width)
            places += images_from.columns([1] * longest)[: len(members)]
            mark = class_mark(point(band.left + MARK, band.y)[None], at, MARK, colors[at])
            base, right = band.y + CAP_HEIGHT * SMALL / 2, band.left + names_width - GAP
            self.names.add(mark, named(names[at], band.left + 3 * MARK, base, right, theme.ink))
        self.pictures = Pictures(images[self.samples], places, theme)


def _bands(
    count: int, longest: int, shape: float, names_width: float, region: Region
) -> list[Region]:
    """Where the name and the images of each class are: one below the other, or in two blocks.

    In two blocks where images are much larger there.

    Args:
        longest: how many images a class has at most.
        shape: how wide an image is, of its height.
    """
    found: list[tuple[float, list[Region]]] = []
    for blocks in (1, 2):
        rows = region.rows([1] * -(-count // blocks))
        room = (region.width - BLOCKS_APART * (blocks - 1)) / blocks - names_width
        size = min(rows[0].height, (room / longest - GAP) / shape, LARGEST)
        used = names_width + longest * (size * shape + GAP) - GAP
        left = region.x - (blocks * (used + BLOCKS_APART) - BLOCKS_APART) / 2
        bands = [
            Region(start, row.y - size / 2, start + used, row.y + size / 2)
            for start in (left + at * (used + BLOCKS_APART) for at in range(blocks))
            for row in rows
        ]
        found.append((size, bands[:count]))
    (one, below), (two, beside) = found
    return beside if two > MUCH * one else below
