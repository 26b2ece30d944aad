"""How a network's classes come to the truth: pictures that a scene shows state by state."""

from collections.abc import Iterator

import numpy as np
from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.record.classes import probabilities_of
from epochreel.record.network import can_follow, outputs
from epochreel.record.view import View
from scenes.drawing.layout import Region, Values
from scenes.drawing.sampling import evenly
from scenes.drawing.scales import Scale, linear_scale
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.class_marks import class_marks
from scenes.parts.confusion import Confusion, confusions
from scenes.parts.marks import Crossed
from scenes.parts.regions import Regions, lattice
from scenes.parts.table import names_of

MOST_STATES = 32  # in which a network is asked for a whole plane
MARK, CROSS = 10, 9


def has_plane(view: View) -> bool:
    """Whether classes are regions of a plane: of two inputs, by a network that can be followed."""
    return view.inputs.shape[1:] == (2,) and can_follow(view)


class ClassPlane:
    """The plane of two inputs, divided by the network, with every sample on it.

    Attributes:
        ground: the regions; axes and samples are in front of them.
        front: what stands still.
        moving: what changes from state to state.
    """

    def __init__(self, view: View, region: Region, words: Words, theme: Theme) -> None:
        assert view.classes
        self._view, self._classes = view, view.classes
        x, y = (linear_scale(values) for values in view.inputs.T)
        names = names_of(view.feature_names, 2, "x")
        self.plane = Plane(x, y, region, (names[0], names[1]), theme)
        count = len(view.classes.names)
        self.states = evenly(len(view.epochs), MOST_STATES)
        self._asked = list(self._ask(x, y))
        self.regions = Regions(self.plane.region, count, theme)
        places = self.plane.places(*view.inputs.T)
        self._places = places
        marks = class_marks(places, view.classes.true, count, MARK, theme)
        self.wrong = Crossed(np.zeros((0, 3)), CROSS, theme.ink)
        self.front = VGroup(self.plane, *marks)
        self.moving = VGroup(self.regions, self.front, self.wrong)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded states; samples that are taken for another are crossed."""
        behind = max(at for at, state in enumerate(self.states) if state <= progress + 1e-9)
        ahead = min(behind + 1, len(self.states) - 1)
        span = self.states[ahead] - self.states[behind]
        share = (progress - self.states[behind]) / span if span else 0.0
        self.regions.display((1 - share) * self._asked[behind] + share * self._asked[ahead])
        self.wrong.stand_at(self._places[~self._classes.right[int(progress)]])

    def _ask(self, x: Scale, y: Scale) -> Iterator[Values]:
        """In some of the states the probability of each class at every place of a lattice."""
        across, down = lattice(self.plane.region)
        first = x.low + across * (x.high - x.low)
        second = y.high - down * (y.high - y.low)
        inputs = np.stack(np.meshgrid(first, second), axis=2)
        for state in self.states:
            found = outputs(self._view, state, inputs.reshape(-1, 2))[-1]
            asked = probabilities_of(found, self._view.hyperparameters)
            yield asked.reshape(*inputs.shape[:2], -1)


class ClassMatrix:
    """The confusion matrix of all samples.

    Attributes:
        moving: all of it.
    """

    def __init__(self, view: View, region: Region, words: Words, theme: Theme) -> None:
        assert view.classes
        classes = view.classes
        self._counts = confusions(classes.true, classes.predicted, len(classes.names))
        self.matrix = Confusion(classes.names, self._counts, region, words, theme)
        self.moving: VGroup = self.matrix

    @property
    def left_out(self) -> int:
        """How many classes have no room."""
        return len(self._counts[0]) - self.matrix.shown

    def show_at(self, progress: float) -> None:
        """Show the recorded state that was last passed."""
        self.matrix.display(self._counts[int(progress)])
