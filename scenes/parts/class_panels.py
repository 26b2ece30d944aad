"""What runs say of classes at their end: a panel for each, the same samples in all of them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import Run
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import SMALL, Region
from scenes.drawing.scales import linear_scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import SmallPlane, shortened
from scenes.parts.class_marks import class_marks
from scenes.parts.confusion import MOST_CLASSES, Confusion, confusions
from scenes.parts.fitted_classes import has_plane
from scenes.parts.legend import CLASS_MARK, class_legend, short_names
from scenes.parts.marks import Rings
from scenes.parts.regions import Regions, probabilities_at
from scenes.parts.table import names_of

MARK, RING, RING_LINE = 7, 14, 3  # pixels: half a sample's mark; around one that is wrong
READING = 44  # pixels above a panel for how many samples are right


class ClassFits:
    """The same samples of the same classes, as several runs see them at their end.

    Attributes:
        planes: whether classes are regions of a plane; else there are confusion matrices.
        counts: how many of each class each run took for which, (runs, classes, classes).
        right: how many samples are right, for each run.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        classes = [run.classes for run in runs if run.classes]
        self.names, self.true = classes[0].names, classes[0].true
        self.planes = all(map(has_plane, runs))
        self.predicted = np.stack([each.predicted[-1] for each in classes])
        self.counts = confusions(self.true, self.predicted, len(self.names))
        self.right = [int(np.trace(each)) for each in self.counts]

    @property
    def data(self) -> list[Any]:
        """What panels show of the runs."""
        shown: list[Any] = [self.names, self.counts]
        if self.planes:
            inputs = self.runs[0].inputs
            networks = [[run.layers, run.parameters, run.hyperparameters] for run in self.runs]
            shown += [inputs, self.true, self.predicted, self.runs[0].feature_names, networks]
        return shown

    def panel(self, at: int, region: Region, words: Words, theme: Theme) -> "ClassPanel":
        """What one of the runs says."""
        head = Region(region.left, region.top, region.right, region.top + READING)
        body = Region(region.left, head.bottom, region.right, region.bottom)
        text = f"{words('accuracy')} = {self.right[at]} / {len(self.true)}"
        label = Label(text, SMALL, theme.truth, weight=BOLD).put(
            head.left + 2, head.y + CAP_HEIGHT * SMALL / 2
        )
        drawn = self._plane if self.planes else self._matrix
        return ClassPanel(*drawn(at, body, theme), label)

    def _plane(self, at: int, region: Region, theme: Theme) -> tuple[VMobject, VMobject]:
        run = self.runs[at]
        x, y = (linear_scale(values) for values in run.inputs.T)
        plane = SmallPlane(x, y, region, theme)
        regions = Regions(plane.region, len(self.names), theme).display(
            probabilities_at(run, run.hyperparameters, 0, plane.region, (x, y))
        )
        places = plane.places(*run.inputs.T)
        wrong = places[self.predicted[at] != self.true]
        marks = class_marks(places, self.true, len(self.names), MARK, theme)
        return VGroup(regions, plane), VGroup(marks, Rings(wrong, RING, RING_LINE, theme.ink))

    def _matrix(self, at: int, region: Region, theme: Theme) -> tuple[VMobject, VMobject]:
        most = int(self.counts.max())
        matrix = Confusion(self.names, most, region, theme, named=False)
        return VGroup(), matrix.display(self.counts[at])

    def legend(self, region: Region, words: Words, theme: Theme) -> VGroup:
        """The classes, and at the right what is where in a panel."""
        if self.planes:
            names = names_of(self.runs[0].feature_names, 2, "x")
            x, y = (shortened(name, region.width / 6) for name in names)
            note = words("across: {x}, up: {y}; ringed: wrong", x=x, y=y)
        else:
            note = words("down: true class, across: predicted class")
            if len(self.names) > MOST_CLASSES:
                cut = words("{shown} of {count} classes", shown=MOST_CLASSES, count=len(self.names))
                note = f"{cut}; {note}"
        label = Label(note, SMALL, theme.faint).put_in(region, 1)
        left = region.right - label.width_px - 4 * CLASS_MARK
        room = Region(region.left, region.top, left, region.bottom)
        names = short_names(self.names, room.width)
        return VGroup(class_legend(names, room, theme), label)


class ClassPanel:
    """One run's classes at its end.

    Attributes:
        ground: how the plane is divided; nothing where there is a matrix.
        front: samples, or the matrix, and how many are right.
    """

    def __init__(self, ground: VMobject, front: VMobject, label: Label) -> None:
        self.ground = ground
        self.front = VGroup(front, label)


def of_same_classes(runs: Sequence[Run]) -> bool:
    """Whether all runs learned classes, and the same ones."""
    names = [run.classes.names if run.classes else () for run in runs]
    return names[0] != () and all(each == names[0] for each in names)
