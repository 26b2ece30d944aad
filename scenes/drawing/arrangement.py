"""Where a network's matrices stand in a region, and how much of each is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from epochreel.numbers import MOST_DECIMALS
from scenes.drawing.layout import Region
from scenes.drawing.matrices import Measure, States
from scenes.drawing.sampling import WHOLE, extract

UNDER, ACROSS, DOWN = 8, 26, 16  # pixels from a kernel to its bias, to a next layer, to a next line
LEAST = 2  # rows and columns of a matrix of which only a part is shown
DECIMALS = (MOST_DECIMALS, 6, 4, 3)  # what is tried

Layer = Sequence[States]  # a kernel and its bias, if it has one


@dataclass(frozen=True)
class Placed:
    """A matrix and its top left corner, in pixels of the page."""

    measure: Measure
    left: float
    top: float


@dataclass(frozen=True)
class Limit:
    """How much is shown of a layer's matrices at most."""

    rows: int
    columns: int
    decimals: int


def arrange(layers: Sequence[Layer], region: Region, asked: int | None) -> dict[int, list[Placed]]:
    """Where the matrices go so that as much as can be is shown; by their layer's place.

    All of every matrix, with as many decimals as fit. Where that is too much, all matrices with
    few decimals, and of each as many rows and columns as there is room for. Where their corners
    are too much, the layers in the middle are left out.

    Args:
        asked: decimals at most, as a lecture asks.
    """
    tries = _Tries(layers, region, asked)
    decimals = sorted({min(each, MOST_DECIMALS if asked is None else asked) for each in DECIMALS})
    for most in reversed(decimals):
        if whole := tries.whole(most):
            return whole
    limits = tries.corners(decimals[0])
    while grown := tries.one_more(limits):
        limits = grown
    for most in decimals:
        finer = {at: replace(limit, decimals=most) for at, limit in limits.items()}
        limits = finer if tries.flow(finer) else limits
    return tries.flow(limits) or {}


class _Tries:
    """What fits a region, and what does not."""

    def __init__(self, layers: Sequence[Layer], region: Region, asked: int | None) -> None:
        self.layers, self.region, self.asked = layers, region, asked
        self._measures = cache(self._measured)

    def whole(self, decimals: int) -> dict[int, list[Placed]] | None:
        """All of every matrix."""
        sizes = chain.from_iterable(states.shape for layer in self.layers for states in layer)
        if max(sizes) > WHOLE:
            return None
        return self.flow({at: Limit(WHOLE, WHOLE, decimals) for at in range(len(self.layers))})

    def corners(self, decimals: int) -> dict[int, Limit]:
        """The least of as many layers as fit, the first and the last ones; of one at least."""
        count = len(self.layers)
        for shown in range(count, 0, -1):
            first = -(-shown // 2)
            kept = [*range(first), *range(count - (shown - first), count)]
            limits = {at: Limit(LEAST, LEAST, decimals) for at in kept}
            if self.flow(limits):
                break
        return limits

    def one_more(self, limits: Mapping[int, Limit]) -> dict[int, Limit] | None:
        """A column and a row more of every layer that has it and has room; None where none has."""
        grown = dict(limits)
        for at in limits:
            rows, columns = self.layers[at][0].shape
            for axis, size in (("columns", columns), ("rows", rows)):
                shown = getattr(grown[at], axis)
                more = {**grown, at: replace(grown[at], **{axis: shown + 1})}
                if shown < min(size, WHOLE) and self.flow(more):
                    grown = more
        return grown if grown != limits else None

    def flow(self, limits: Mapping[int, Limit]) -> dict[int, list[Placed]] | None:
        """From left to right, then down, a bias under its kernel; None where it is too much."""
        region = self.region
        places: dict[int, list[Placed]] = {}
        left, top, line_height = region.left, region.top, 0.0
        for at, limit in limits.items():
            measures = self._measures(at, limit)
            width = max(measure.width for measure in measures)
            height = sum(measure.height + UNDER for measure in measures) - UNDER
            if left > region.left and left + width > region.right:
                left, top, line_height = region.left, top + line_height + DOWN, 0.0
            if left + width > region.right or top + height > region.bottom:
                return None
            y = top
            places[at] = []
            for measure in measures:
                places[at].append(Placed(measure, left, y))
                y += measure.height + UNDER
            left, line_height = left + width + ACROSS, max(line_height, height)
        return places

    def _measured(self, at: int, limit: Limit) -> list[Measure]:
        return [
            Measure(
                states, extract(states.shape, limit.rows, limit.columns), limit.decimals, self.asked
            )
            for states in self.layers[at]
        ]
