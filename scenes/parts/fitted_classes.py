"""How a network's classes come to the truth: pictures that a scene shows state by state."""

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.record.network import Network, can_follow
from epochreel.record.view import View
from scenes.drawing.layout import GAP, SMALL, Region
from scenes.drawing.measure import text_width
from scenes.drawing.scales import linear_scale
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.class_marks import class_marks
from scenes.parts.confusion import Confusion, confusions
from scenes.parts.held_out import HeldOutClasses
from scenes.parts.in_between import InBetween
from scenes.parts.legend import TO_NEXT, Entry, class_legend, entry_width, legend, short_names
from scenes.parts.marks import Rings
from scenes.parts.moment import nearest_state
from scenes.parts.regions import Regions, probabilities_at
from scenes.parts.table import names_of

MOST_STATES = 40  # in which a network is asked for a whole plane
MARK, SMALL_MARK = 10, 6  # pixels: half a sample's mark, and where there are many
MANY = 500  # samples from which on marks are smaller
RING, RING_LINE = 20, 4  # pixels: around a sample that is taken for another class
PALE = 0.75  # how solid samples held out are
LARGER = 1.5  # times the width of the other is that of the matrix of what it is trained on


def has_plane(network: Network) -> bool:
    """Whether classes are regions of a plane: of two inputs, by a network that can be followed."""
    return network.inputs.shape[1:] == (2,) and bool(network.layers) and can_follow(network)


class ClassPlane:
    """The plane of two inputs, divided by the network, with every sample on it.

    Attributes:
        regions: the classes of all places; axes and samples are in front of them.
        front: what stands still.
        wrong: a ring around each sample that is taken for another class.
        moving: all of these.
    """

    def __init__(
        self,
        view: View,
        held_out: HeldOutClasses | None,
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        assert view.classes
        self._classes, self._held_out = view.classes, held_out
        inputs = view.inputs
        if view.validation:
            inputs = np.concatenate([inputs, view.validation.inputs])
        self.scales = linear_scale(inputs[:, 0]), linear_scale(inputs[:, 1])
        x, y = names_of(view.feature_names, 2, "x")
        self.plane = Plane(*self.scales, region, (x, y), theme)
        count = len(view.classes.names)
        self._probabilities = InBetween(
            view.epochs,
            MOST_STATES,
            lambda state: probabilities_at(
                view, view.hyperparameters, state, self.plane.region, self.scales
            ),
        )
        self.regions = Regions(self.plane.region, count, theme)
        self.places = self.plane.places(*view.inputs.T)
        size = MARK if len(self.places) <= MANY else SMALL_MARK
        marks = [*class_marks(self.places, view.classes.true, count, size, theme)]
        self._held_out_places = np.zeros((0, 3))
        if held_out and view.validation:
            self._held_out_places = self.plane.places(*view.validation.inputs.T)
            others = self._held_out_places, held_out.true
            marks = [*class_marks(*others, count, 0.8 * size, theme, PALE), *marks]
        self.wrong = Rings(np.zeros((0, 3)), RING, RING_LINE, theme.ink)
        self.front = VGroup(self.plane, *marks)
        self.legend = self._legend(region, words, theme)
        self.moving = VGroup(self.regions, self.front, self.wrong)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded states; samples that are taken for another are ringed."""
        self.regions.display(self._probabilities.at(progress))
        state = nearest_state(progress)
        wrong = [self.places[~self._classes.right[state]]]
        if self._held_out:
            taken = self._held_out.predicted(state) != self._held_out.true
            wrong.append(self._held_out_places[taken])
        self.wrong.stand_at(np.concatenate(wrong))

    def _legend(self, region: Region, words: Words, theme: Theme) -> VGroup:
        """Below the axis the classes, and at their right what else is marked."""
        area, x_name = self.plane.region, text_width(self.plane.names[0], SMALL)
        right = area.right - x_name - 2 * TO_NEXT
        row = Region(area.left, area.bottom + 46, right, area.bottom + 90)
        entries = [Entry(words("wrong"), theme.ink, ring=RING * 0.8)]
        if self._held_out:
            entries.append(
                Entry(words("small: validation"), theme.faint, dots=0.8 * MARK, opacity=PALE)
            )
        needed = sum(map(entry_width, entries))
        classes = Region(row.left, row.top, row.right - needed, row.bottom)
        names = class_legend(short_names(self._classes.names, classes.width), classes, theme)
        return VGroup(names, legend(entries, row, theme, align=1))


class ClassMatrix:
    """The confusion matrix of all samples, and at its right that of those held out.

    Attributes:
        moving: all of it.
        note: how many of the classes have room, where not all have.
    """

    def __init__(
        self,
        view: View,
        held_out: HeldOutClasses | None,
        region: Region,
        words: Words,
        theme: Theme,
    ) -> None:
        assert view.classes
        classes = view.classes
        self._held_out = held_out = held_out if held_out and held_out.followed else None
        names = classes.names
        self._counts = confusions(classes.true, classes.predicted, len(names))
        titles = [words("predicted class")]
        places = [region]
        if held_out:
            titles = [
                words("predicted class, training"),
                words("predicted class, validation"),
            ]
            places = region.columns([LARGER, 1], 2 * GAP)
        most = [self._counts.max(), held_out.count if held_out else 0]
        self.matrices = [
            Confusion(
                names,
                int(largest),
                place,
                theme,
                across=title,
                down="" if at else words("true class"),
                named=not at,
            )
            for at, (largest, place, title) in enumerate(zip(most, places, titles))
        ]
        self.note = self._note(names, region, words, theme)
        self.moving = VGroup(*self.matrices)

    def show_at(self, progress: float) -> None:
        """Show the nearest recorded state."""
        state = nearest_state(progress)
        self.matrices[0].display(self._counts[state])
        if self._held_out:
            self.matrices[1].display(self._held_out.counts(state))

    def _note(self, names: Sequence[str], region: Region, words: Words, theme: Theme) -> VGroup:
        shown = self.matrices[0].shown
        if shown == len(names):
            return VGroup()
        note = words("{shown} of {count} classes", shown=shown, count=len(names))
        return VGroup(Label(note, SMALL, theme.faint).put(region.x, region.bottom + 26, 0.5))
