"""What runs predict at their end: a small plane for each, all with the same axes."""

from collections.abc import Sequence

import numpy as np
from manim import LineJointType, VGroup, VMobject

from epochreel.lecture.rule import parse_rule
from epochreel.record.view import Run
from scenes.drawing.layout import UNIT, Region, point
from scenes.drawing.scales import linear_scale, thinned
from scenes.drawing.text import Values
from scenes.drawing.theme import Theme
from scenes.parts.axes import SmallPlane
from scenes.parts.columns import first_component
from scenes.parts.growing import GrowingCurves, Pieces, pieces_inside, straight

MOST_DOTS, MOST_DOTS_ON_CURVE = 200, 40
BAND = 0.35  # opacity of the truth, over which a prediction is seen
ROUND = 0.5523  # where the handles of a quarter of a circle are


class Fits:
    """The last predictions of several runs that learned the same, on one pair of scales.

    With one input x runs across; with several, the true value does, and the truth is y = x. The
    truth fills half the height or more: predictions that are farther off leave the frame.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        data = runs[0]
        self.one_input = data.inputs.shape[1] == 1
        targets = first_component(data.targets)
        across = first_component(data.inputs) if self.one_input else targets
        order = np.argsort(across, kind="stable")
        self.across, self.targets = across[order], targets[order]
        self.predictions = [first_component(run.predictions)[order] for run in runs]
        self.connected = self.one_input and len(across) > 1
        self.x = linear_scale(across)
        low, high = targets.min(), targets.max()
        air = (high - low) / 2 or max(abs(low) / 2, 1.0)
        seen = [values.clip(low - air, high + air) for values in self.predictions]
        self.y = linear_scale(np.concatenate([targets, *seen]))
        rules = {run.rule for run in runs}
        self.rule = data.rule if len(rules) == 1 else None

    @property
    def leave_the_frame(self) -> bool:
        """Whether any prediction lies outside the scale."""
        shares = self.y.share(np.concatenate(self.predictions))
        return bool((np.abs(shares - 0.5) > 0.5).any())

    def truth(self) -> tuple[Values, Values]:
        """The line that predictions should be on."""
        if not self.one_input:
            ends = self.across[[0, -1]]
            return ends, ends
        if self.rule:
            x = np.linspace(self.across[0], self.across[-1], 200)
            y = parse_rule(self.rule)(x)
            return x[np.isfinite(y)], y[np.isfinite(y)]
        return self.across, self.targets


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
        self.plane = plane = SmallPlane(fits.x, fits.y, region, theme)
        self.ground = VGroup(plane, self._truth(fits, theme))
        inside = np.flatnonzero(np.abs(fits.y.share(predictions) - 0.5) <= 0.5)
        self.curve = None
        if fits.connected:
            pieces = self._pieces(fits.across, predictions)
            self.curve = GrowingCurves([pieces], plane.region, color, 5)
            inside = inside[: len(inside) * (len(predictions) <= MOST_DOTS_ON_CURVE)]
        inside = inside[:: max(1, -(-len(inside) // MOST_DOTS))]
        self.dots = Discs(plane.places(fits.across[inside], predictions[inside]), 7, color)

    def grow_to(self, share: float) -> None:
        """Show a share of the curve, from the left."""
        if self.curve:
            area = self.plane.region
            self.curve.grow_to(point(area.left + share * area.width, 0)[0])

    def _truth(self, fits: Fits, theme: Theme) -> VMobject:
        if fits.connected or not fits.one_input:
            band = VMobject(
                stroke_color=theme.truth,
                stroke_width=16,
                stroke_opacity=BAND,
                joint_type=LineJointType.ROUND,
            )
            starts, ends = self._pieces(*fits.truth())
            return band.set_points(straight(starts, ends, np.ones(len(starts))))
        return Discs(self.plane.places(fits.across, fits.targets), 16, theme.truth, BAND)

    def _pieces(self, x: Values, y: Values) -> Pieces:
        places = self.plane.places(x, y)
        return pieces_inside(places[thinned(places)], self.plane.region)


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


class Discs(VMobject):
    """A dot at each place (n, 3), all of them one mobject; `radius` in pixels."""

    def __init__(self, centres: Values, radius: float, color: str, opacity: float = 1.0) -> None:
        super().__init__(fill_color=color, fill_opacity=opacity, stroke_width=0)
        turns = np.pi / 2 * np.arange(5)
        corners = np.stack([np.cos(turns), np.sin(turns), np.zeros(5)], axis=1)
        along = np.stack([-np.sin(turns), np.cos(turns), np.zeros(5)], axis=1) * ROUND
        quarters = [corners[:-1], (corners + along)[:-1], (corners - along)[1:], corners[1:]]
        circle = np.stack(quarters, axis=1).reshape(-1, 3) * radius * UNIT
        self.set_points((centres[:, None] + circle).reshape(-1, 3))
        # For the fast engine, which keeps every dot's pixels.
        self.piece_ends = np.arange(1, max(len(centres), 1) + 1) * len(circle)
