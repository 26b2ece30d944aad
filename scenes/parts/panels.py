"""What runs predict at their end: a small plane for each, all with the same axes."""

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import Run
from scenes.drawing.layout import Region, Values
from scenes.drawing.sampling import evenly
from scenes.drawing.theme import Theme
from scenes.parts.axes import SmallPlane
from scenes.parts.columns import first_component
from scenes.parts.legend import Entry
from scenes.parts.marks import Discs
from scenes.parts.truth import Truth

MOST_DOTS, MOST_DOTS_ON_CURVE = 200, 40
DOT, VALUE = 7, 16  # pixels: radius of a prediction and of a true value
BAND, BAND_WIDTH = 0.35, 16.0  # of the truth, over which a prediction is seen: opacity and width


class Fits:
    """The last predictions of several runs that learned the same, on one pair of scales.

    Attributes:
        connected: whether each run's predictions are joined by a line.
        lined: whether the true values are.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        data = runs[0]
        rules = {run.rule for run in runs}
        self.truth = Truth(data.inputs, data.targets, data.rule if len(rules) == 1 else None)
        self.predictions = [first_component(run.predictions)[self.truth.order] for run in runs]
        self.connected = self.truth.one_input and len(self.truth.across) > 1
        self.lined = self.connected or self.truth.is_line
        self.y = self.truth.scale(np.stack(self.predictions))

    @property
    def leave_the_frame(self) -> bool:
        """Whether any prediction lies outside the scale."""
        return bool(self.y.outside(np.concatenate(self.predictions)).any())

    def entries(self, words: Words, theme: Theme) -> list[Entry]:
        """What the lines and dots of a panel are, for a legend."""
        truth, name = theme.truth, self.truth.name(words)
        return [
            Entry(name, truth, line=BAND_WIDTH, opacity=BAND)
            if self.lined
            else Entry(name, truth, dots=VALUE, opacity=BAND),
            Entry(words("prediction"), theme.ink, line=5 * self.connected, dots=DOT),
        ]


class FitPanel:
    """One run's last predictions over the truth.

    Attributes:
        ground: axes and truth.
        curve: the predictions as a line, where there is one input; else None.
        dots: the predictions one by one, where they are not too many.
    """

    def __init__(
        self, fits: Fits, predictions: Values, region: Region, color: str, theme: Theme
    ) -> None:
        across = fits.truth.across
        self.plane = plane = SmallPlane(fits.truth.x, fits.y, region, theme)
        self.ground = VGroup(plane, self._truth(fits, theme))
        inside = np.flatnonzero(fits.y.outside(predictions) == 0)
        most = MOST_DOTS
        self.curve = None
        # A line of which no two predictions are on the page would say nothing of them.
        if fits.connected and len(inside) > 1:
            self.curve = plane.growing([(across, predictions)], color)
            most *= len(predictions) <= MOST_DOTS_ON_CURVE
        inside = inside[evenly(len(inside), most)]
        self.dots = Discs(plane.places(across[inside], predictions[inside]), DOT, color)

    def _truth(self, fits: Fits, theme: Theme) -> VMobject:
        truth = fits.truth
        if fits.lined:
            band = self.plane.curve(*truth.line(), theme.truth, BAND_WIDTH)
            return band.set_stroke(opacity=BAND)
        return Discs(self.plane.places(truth.across, truth.targets), VALUE, theme.truth, BAND)


def panel_regions(count: int, region: Region, head: float) -> list[tuple[Region, Region]]:
    """For each of so many panels the place of its name, `head` pixels high, and its own."""
    across = count if count <= 3 else -(-count // 2)
    rows = region.rows([1] * -(-count // across), 20)
    cells = [cell for row in rows for cell in row.columns([1] * across, 16)][:count]
    return [
        (
            Region(cell.left, cell.top, cell.right, cell.top + head),
            Region(cell.left, cell.top + head, cell.right, cell.bottom),
        )
        for cell in cells
    ]
