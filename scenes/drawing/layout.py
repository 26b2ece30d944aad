"""Where things stand: named regions of a 1920 x 1080 page, in its pixels from the top left.

The only file with literal positions. Manim's frame is 8 units high, so a pixel of the page is
UNIT of them at every resolution.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

Point = npt.NDArray[np.float64]
Values = npt.NDArray[np.float64]

PAGE_WIDTH, PAGE_HEIGHT = 1920, 1080
UNIT = 8 / PAGE_HEIGHT

# Font sizes in pixels. A digit or capital is 0.733 of it high, so SMALL gives the 20 px that
# are the least a back row can read.
SMALL, BODY, LARGE, HUGE = 28, 34, 46, 84
GAP, MARGIN = 24, 56
ROW = 38  # from one row of numbers to the next
THINNEST, WIDEST = 0.4, 9.0  # of a network's edge, in Manim's hundredths of a unit


def point(x: float, y: float) -> Point:
    """The place x pixels right of and y pixels below the page's top left corner."""
    return np.array([(x - PAGE_WIDTH / 2) * UNIT, (PAGE_HEIGHT / 2 - y) * UNIT, 0.0])


def points(x: Point, y: Point) -> Point:
    """Places for arrays of pixels; the coordinates come as a last axis of three."""
    across, up = (x - PAGE_WIDTH / 2) * UNIT, (PAGE_HEIGHT / 2 - y) * UNIT
    return np.stack([across, up, np.zeros_like(across)], axis=-1)


def pixels(place: Point) -> tuple[float, float]:
    """Where on the page a place is: how far from the left and from the top."""
    return float(place[0] / UNIT + PAGE_WIDTH / 2), float(PAGE_HEIGHT / 2 - place[1] / UNIT)


@dataclass(frozen=True)
class Region:
    """A rectangle of the page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> Point:
        return point(self.x, self.y)

    def inset(self, across: float, down: float | None = None) -> "Region":
        """This region less a margin on every side."""
        down = across if down is None else down
        return Region(self.left + across, self.top + down, self.right - across, self.bottom - down)

    def columns(self, shares: Sequence[float], gap: float = GAP) -> list["Region"]:
        """Side by side, as wide as their shares."""
        one = (self.width - gap * (len(shares) - 1)) / sum(shares)
        regions, left = [], self.left
        for share in shares:
            regions.append(Region(left, self.top, left + one * share, self.bottom))
            left += one * share + gap
        return regions

    def rows(self, shares: Sequence[float], gap: float = GAP) -> list["Region"]:
        """One below the other, as high as their shares."""
        one = (self.height - gap * (len(shares) - 1)) / sum(shares)
        regions, top = [], self.top
        for share in shares:
            regions.append(Region(self.left, top, self.right, top + one * share))
            top += one * share + gap
        return regions


PAGE = Region(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
BAR = Region(0, 0, PAGE_WIDTH, 84)
CONTENT = Region(MARGIN, BAR.bottom + 30, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 40)


@dataclass(frozen=True)
class TitleRegions:
    """The course in a card, the lesson below it, links at the foot; all in the page's middle."""

    page: Region = Region(180, 100, PAGE_WIDTH - 180, PAGE_HEIGHT - 100)
    padding: float = 100  # above the names in the card, and below them
    gap: float = 60
    names_width: float = 1420
    names_gap: float = 40


@dataclass(frozen=True)
class ReferenceRegions:
    """A heading, and below it a list: numbers that end where their column does, and texts."""

    heading: Region = Region(176, 154, PAGE_WIDTH - 176, 230)
    numbers: Region = Region(176, 258, 226, 1000)
    texts: Region = Region(246, 258, PAGE_WIDTH - 176, 1000)


@dataclass(frozen=True)
class EpochRegions:
    """The page of the epochs scene; columns share the base lines of their rows."""

    counter: Region = Region(MARGIN, 108, 620, 176)
    loss: Region = Region(640, 108, 1180, 176)
    inputs: Region = Region(MARGIN, 190, 176, 1040)
    network: Region = Region(210, 190, 1170, 548)
    legend: Region = Region(286, 556, 1170, 590)
    parameters: Region = Region(204, 662, 1192, 1022)
    note: Region = Region(204, 1022, 1192, 1056)
    predictions: Region = Region(1216, 190, 1420, 1040)
    targets: Region = Region(1440, 190, 1570, 1040)
    residuals: Region = Region(1600, 190, PAGE_WIDTH - MARGIN, 1040)

    def beside(self, inputs: float, results: float) -> Self:
        """The same with the network between two places, in pixels from the left.

        Args:
            inputs: where the columns of inputs end.
            results: where those of results start.
        """
        if (inputs, results) == (self.inputs.right, self.predictions.left):
            return self
        left, right = inputs + 34, results - 46
        parameters = Region(left, self.parameters.top + 24, right, self.parameters.bottom)
        return replace(
            self,
            inputs=replace(self.inputs, right=inputs),
            network=replace(self.network, left=left, right=right),
            legend=replace(self.legend, left=left, right=right),
            parameters=parameters,
            note=replace(self.note, left=MARGIN, right=PAGE_WIDTH - MARGIN),
        )


@dataclass(frozen=True)
class ClassRegions(EpochRegions):
    """The same page where predictions are probabilities of classes."""

    counter: Region = Region(MARGIN, 108, 400, 176)
    loss: Region = Region(424, 108, 830, 176)
    accuracy: Region = Region(830, 108, PAGE_WIDTH - MARGIN, 176)
    inputs: Region = Region(MARGIN, 186, 176, 1026)
    network: Region = Region(210, 186, 1104, 600)
    legend: Region = Region(210, 604, 1104, 634)
    explained: Region = Region(210, 688, 1104, 800)
    parameters: Region = Region(210, 844, 1104, 1022)
    note: Region = Region(MARGIN, 1032, PAGE_WIDTH - MARGIN, 1064)
    predictions: Region = Region(1150, 186, 1560, 1026)
    targets: Region = Region(1590, 186, 1800, 1026)
    residuals: Region = Region(1806, 186, PAGE_WIDTH - MARGIN, 1026)

    def beside(self, inputs: float, results: float) -> Self:
        found = super().beside(inputs, results)
        explained = replace(self.explained, left=found.legend.left, right=found.legend.right)
        return replace(found, explained=explained)


@dataclass(frozen=True)
class CodeRegions:
    """The two calls as code, with room for what is said of them."""

    loss_note: Region = Region(160, 170, 1760, 270)
    compile: Region = Region(160, 290, 1760, 550)
    optimizer_note: Region = Region(160, 570, 1760, 670)
    fit: Region = Region(160, 740, 1760, 900)
    fit_note: Region = Region(160, 920, 1760, 1000)


@dataclass(frozen=True)
class NetworkRegions:
    """All layers, and at the foot of the page how many parameters they have."""

    chain: Region = Region(MARGIN, 104, PAGE_WIDTH - MARGIN, 976)
    total: Region = Region(MARGIN, 992, PAGE_WIDTH - MARGIN, 1044)


@dataclass(frozen=True)
class CompareRegions:
    """Several runs: their curves beside a list of their names; then a panel for each of them.

    A name is as wide in the list as a panel of the narrowest grid, so that it can move there.
    """

    plane: Region = Region(MARGIN, 134, 1360, 1024)
    names: Region = Region(1424, 136, PAGE_WIDTH - MARGIN, 1044)
    legend: Region = Region(MARGIN, 108, PAGE_WIDTH - MARGIN, 152)
    panels: Region = Region(MARGIN, 176, PAGE_WIDTH - MARGIN, 1044)


TITLE_PAGE = TitleRegions()
REFERENCE_PAGE = ReferenceRegions()
EPOCH_PAGE = EpochRegions()
CLASS_PAGE = ClassRegions()
CODE_PAGE = CodeRegions()
LONG_CODE_PAGE = CodeRegions(
    loss_note=Region(160, 104, 1760, 184),
    compile=Region(160, 194, 1760, 644),
    optimizer_note=Region(160, 654, 1760, 734),
    fit=Region(160, 754, 1760, 914),
)
NETWORK_PAGE = NetworkRegions()
COMPARE_PAGE = CompareRegions()
