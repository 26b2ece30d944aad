"""Images of the data on a page: a row of them for each class, or all in rows."""

from collections.abc import Sequence

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
        rows = Region(region.left + names_width, region.top, region.right, region.bottom)
        bands = rows.rows([1] * len(there), gap=GAP / 2)
        height, width = images.shape[1:]
        size = min(bands[0].height, rows.width / MOST_IN_ROW * height / width - GAP / 2)
        across = min(MOST_IN_ROW, max(1, int((rows.width + GAP) // (size * width / height + GAP))))
        longest = min(across, max(int((true == at).sum()) for at in there))
        wide = size * width / height
        used = names_width + longest * (wide + GAP) - GAP
        start = region.x - used / 2
        self.samples, places = [], []
        colors = class_colors(theme, len(names))
        for at, band in zip(there, bands):
            members = np.flatnonzero(true == at)[:across]
            self.samples += members.tolist()
            for number in range(len(members)):
                left = start + names_width + number * (wide + GAP)
                places.append(Region(left, band.top, left + wide, band.bottom))
            mark = class_mark(point(start + MARK, band.y)[None], at, MARK, colors[at])
            base = band.y + CAP_HEIGHT * SMALL / 2
            right = start + names_width - GAP
            self.names.add(mark, named(names[at], start + 3 * MARK, base, right, theme.ink))
        self.pictures = Pictures(images[self.samples], places, theme)
