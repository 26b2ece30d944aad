"""The page, 1920 x 1080 pixels from its top left, and how regions are cut from it.

What stands on a page is cut from CONTENT, or from PAGE, by who draws it. Manim's frame is 8 units
high, so a pixel of the page is UNIT of them at every resolution.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    def cut_left(self, width: float, gap: float = GAP) -> tuple["Region", "Region"]:
        """So many pixels of it on the left, and what is right of them behind a gap."""
        at = self.left + width
        return replace(self, right=at), replace(self, left=at + gap)

    def cut_right(self, width: float, gap: float = GAP) -> tuple["Region", "Region"]:
        """So many pixels of it on the right, and what is left of them before a gap."""
        at = self.right - width
        return replace(self, left=at), replace(self, right=at - gap)

    def cut_top(self, height: float, gap: float = GAP) -> tuple["Region", "Region"]:
        """So many pixels of it at the top, and what is below them under a gap."""
        at = self.top + height
        return replace(self, bottom=at), replace(self, top=at + gap)

    def cut_bottom(self, height: float, gap: float = GAP) -> tuple["Region", "Region"]:
        """So many pixels of it at the foot, and what is over them above a gap."""
        at = self.bottom - height
        return replace(self, top=at), replace(self, bottom=at - gap)

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
