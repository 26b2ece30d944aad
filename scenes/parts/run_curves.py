"""The losses of several runs as curves on one plane, and where each of them ends."""

from collections.abc import Sequence

import numpy as np
from manim import Dot, VGroup, VMobject

from epochreel.record.view import Run
from scenes.drawing.layout import UNIT, Point
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.growing import GrowingCurves, Pieces
from scenes.parts.marks import Pointers, crosses

TIP = 22  # pixels: how high a triangle is that points out of the frame
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
        # So many curves stay cheap: the more there are, the coarser each of them is.
        column = max(1.0, len(runs) / COARSEST)
        pieces = [plane.pieces(*run.curve, column) for run in runs]
        self.ends = [_end(run, drawn, plane) for run, drawn in zip(runs, pieces)]
        self._leaves = [run.curve[1][-1] > plane.y.high for run in runs]
        rest = [drawn for at, drawn in enumerate(pieces) if at not in named]
        area = plane.region
        super().__init__(
            *([GrowingCurves(rest, area, theme.line, 2.5)] if rest else []),
            *[GrowingCurves([pieces[at]], area, color, 5) for at, color in zip(named, theme.runs)],
        )

    def end_marks(self) -> list[VMobject]:
        """Where runs with names end, or leave the frame for good; a cross where any diverges."""
        lost = [run.diverged_at is not None for run in self.runs]
        others = [end for at, end in enumerate(self.ends) if at not in self.named and lost[at]]
        marks: list[VMobject] = [crosses(others, self.theme.line, 3, 9)] if others else []
        for at, color in zip(self.named, self.theme.runs):
            if self._leaves[at]:
                marks.append(Pointers(self.ends[at][None], TIP, color, up=True))
            elif lost[at]:
                marks.append(crosses([self.ends[at]], color, 6))
            else:
                marks.append(Dot(self.ends[at], radius=9 * UNIT, color=color))
        return marks


def _end(run: Run, pieces: Pieces, plane: Plane) -> Point:
    """Where a run's curve ends: at the edge, if it leaves the frame for good."""
    epochs, losses = run.curve
    if losses[-1] > plane.y.high and len(pieces[1]):
        return np.asarray(pieces[1][-1])
    return plane.at(epochs[-1], min(max(losses[-1], plane.y.low), plane.y.high))
