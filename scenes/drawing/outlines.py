"""Straight lines and outlines of many shapes at once, as curves of four points each."""

import numpy as np

from scenes.drawing.layout import Values, points


def closed(corners: Values) -> Values:
    """Sides from corner to corner of each shape and back to its first.

    Args:
        corners: (..., corners, 3).

    Returns:
        One curve for each corner, (4 * curves, 3).
    """
    starts, ends = corners[..., None, :], np.roll(corners, -1, axis=-2)[..., None, :]
    thirds = np.linspace(0, 1, 4)[:, None]
    sides: Values = starts + (ends - starts) * thirds
    return sides.reshape(-1, 3)


def rectangles(left: Values, top: Values, right: Values, bottom: Values) -> Values:
    """Rectangles from their sides in pixels of the page, (n,) each: (16 * n, 3)."""
    x = np.stack([left, right, right, left], axis=1)
    y = np.stack([top, top, bottom, bottom], axis=1)
    return closed(points(x, y))


def straight(starts: Values, ends: Values, share: Values) -> Values:
    """Straight curves from each start along a share of the way to its end: (4 * n, 3)."""
    way = (ends - starts) * share[:, None]
    thirds = np.linspace(0, 1, 4)[:, None]
    return (starts[:, None] + way[:, None] * thirds).reshape(-1, 3)
