"""The little curve of an activation, as the record's own arithmetic draws it."""

import numpy as np
from manim import Line, VGroup, VMobject

from epochreel.record.activations import ACTIVATIONS, Activation
from scenes.drawing.layout import Region, Values, point, points
from scenes.drawing.outlines import rectangles
from scenes.drawing.theme import Theme

REACH = 3.0  # of z on both sides of 0
STEPS = 97
EXAMPLE = np.array([0.0, 1.0, 0.4])  # z of three neurons, for a function of all of them
BAR = 0.2  # of the region's width


def activation_curve(activation: Activation, region: Region, theme: Theme) -> VGroup:
    """What an activation makes of z from −REACH to REACH, over the axes through 0.

    A softmax, which no single z has a curve of, is drawn as bars: what it makes of three.
    """
    if activation is ACTIVATIONS["softmax"]:
        return _bars(activation.of(EXAMPLE), region, theme)
    z = np.linspace(-REACH, REACH, STEPS)
    values = activation.of(z)
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    span = high - low or 1.0

    def heights(outputs: Values) -> Values:
        return region.bottom - (outputs - low) / span * region.height

    across = np.linspace(region.left, region.right, STEPS)
    (foot,) = heights(np.zeros(1))
    axes = [
        Line(point(region.left, foot), point(region.right, foot)),
        Line(point(region.x, region.bottom), point(region.x, region.top)),
    ]
    curve = VMobject(stroke_color=theme.accent, stroke_width=4)
    curve.set_points_as_corners(points(across, heights(values)))
    return VGroup(*[axis.set_stroke(theme.line, 2) for axis in axes], curve)


def _bars(shares: Values, region: Region, theme: Theme) -> VGroup:
    """Shares of a whole side by side, the largest as high as the region."""
    half = BAR * region.width / 2
    middles = region.left + region.width * (np.arange(len(shares)) + 0.5) / len(shares)
    tops = region.bottom - shares / shares.max() * region.height
    foot = Line(point(region.left, region.bottom), point(region.right, region.bottom))
    bars = VMobject(fill_color=theme.accent, fill_opacity=1, stroke_width=0)
    bars.set_points(
        rectangles(middles - half, tops, middles + half, np.full(len(shares), region.bottom))
    )
    return VGroup(foot.set_stroke(theme.line, 2), bars)
