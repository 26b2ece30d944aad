"""The terms of a loss as areas on a plane: a squared error is a square, an error's size a bar."""

import numpy as np

from scenes.drawing.layout import Values
from scenes.drawing.outlines import rectangles
from scenes.parts.axes import Plane

BAR = 8.0  # pixels: how wide a bar is

Sides = tuple[Values, Values, Values, Values]  # left, top, right, bottom in pixels, (n,) each


class TermShapes:
    """Outlines between true values and predictions, in the pixels of the plane's y axis.

    A square stands on the side of its sample where the plane has more room. What leaves the
    plane is cut off at its frame.

    Args:
        across: what runs along x, (n,).
        targets: the true values, (n,).
        squares: whether the terms are squared errors; else bars are all there is.
    """

    def __init__(self, plane: Plane, across: Values, targets: Values, *, squares: bool) -> None:
        self._plane, self._targets, self.squares = plane, targets, squares
        area = plane.region
        self.x = area.left + plane.x.share(across) * area.width
        self._to_right = self.x < area.x

    @property
    def per_unit(self) -> float:
        """The pixels of one unit of the y axis."""
        return self._plane.region.height / (self._plane.y.high - self._plane.y.low)

    def room(self) -> Values:
        """How wide the square of each sample may be, in pixels, (n,)."""
        area = self._plane.region
        return np.where(self._to_right, area.right - self.x, self.x - area.left)

    def bars(self, predictions: Values, share: float = 1.0) -> Values:
        """Bars from the true values, along a share of the way to the predictions: (16 * n, 3)."""
        return rectangles(*self._bars(predictions, share))

    def outlines(self, predictions: Values) -> Values:
        """The shapes whose areas, or of bars whose lengths, are the terms: (16 * n, 3)."""
        left, top, right, bottom = self._bars(predictions, 1.0)
        if self.squares:
            side = np.abs(self._height(predictions) - self._height(self._targets))
            left = np.where(self._to_right, self.x, self.x - side)
            right = left + side
            area = self._plane.region
            left, right = (edge.clip(area.left, area.right) for edge in (left, right))
        return rectangles(left, top, right, bottom)

    def _bars(self, predictions: Values, share: float) -> Sides:
        start = self._height(self._targets)
        end = start + share * (self._height(predictions) - start)
        area = self._plane.region
        top, bottom = (
            edge.clip(area.top, area.bottom)
            for edge in (np.minimum(start, end), np.maximum(start, end))
        )
        return self.x - BAR / 2, top, self.x + BAR / 2, bottom

    def _height(self, values: Values) -> Values:
        """How far below the page's top values are, in pixels."""
        area = self._plane.region
        return area.bottom - self._plane.y.share(values) * area.height
