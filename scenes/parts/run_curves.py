"""The losses of several runs as curves on one plane, and where each of them ends."""

from collections.abc import Sequence

import numpy as np
from manim import Dot, VGroup, VMobject

from epochreel.record.view import Run
from scenes.drawing.layout import UNIT, Point
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.growing import GrowingCurves, Pieces, dashes
from scenes.parts.marks import crosses

COARSEST = 10  # curves of which each is drawn as fine as one alone


class RunCurves(VGroup):
    """A curve for each run that has a name, in front of one mobject for all others.

    Args:
        named: which runs have names, in the order of their colours.

    Attributes:
        ends: where each run's curve ends, if need be at the edge of the plane.
    """

    def __init__(
        self, runs: Sequence[Run], named: Sequence[int], plane: Plane, theme: Theme
    ) -> None:
        self.runs, self.named, self.theme = runs, named, theme
        self.ends = [_end(run, plane) for run in runs]
        # So many curves stay cheap: the more there are, the coarser each of them is.
        column = max(1.0, len(runs) / COARSEST)
        pieces = [_pieces(run, end, plane, column) for run, end in zip(runs, self.ends)]
        rest = [drawn for at, drawn in enumerate(pieces) if at not in named]
        area = plane.region
        super().__init__(
            *([GrowingCurves(rest, area, theme.line, 2.5)] if rest else []),
            *[GrowingCurves([pieces[at]], area, color, 5) for at, color in zip(named, theme.runs)],
        )

    def end_marks(self) -> list[VMobject]:
        """A dot where a run with a name ends, and a cross where any run diverges."""
        lost = [run.diverged_at is not None for run in self.runs]
        others = [end for at, end in enumerate(self.ends) if at not in self.named and lost[at]]
        marks: list[VMobject] = [crosses(others, self.theme.line, 3, 9)] if others else []
        for at, color in zip(self.named, self.theme.runs):
            if lost[at]:
                marks.append(crosses([self.ends[at]], color, 6))
            else:
                marks.append(Dot(self.ends[at], radius=9 * UNIT, color=color))
        return marks


def _end(run: Run, plane: Plane) -> Point:
    """Where a run's curve ends, if need be at the edge of the frame above or below it."""
    epochs, losses = run.curve
    return plane.at(epochs[-1], min(max(losses[-1], plane.y.low), plane.y.high))


def _pieces(run: Run, end: Point, plane: Plane, column: float) -> Pieces:
    """A run's curve, dashed along the edge from where it leaves the frame for good."""
    epochs, losses = run.curve
    starts, ends = plane.pieces(epochs, losses, column)
    if not len(ends) or losses[-1] <= plane.y.high:
        return starts, ends
    beyond = dashes(np.array([ends[-1, 0], *end[1:]]), end)
    return np.concatenate([starts, beyond[0]]), np.concatenate([ends, beyond[1]])
