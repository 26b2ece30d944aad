"""The little curve of an activation, as the record's own arithmetic draws it."""

import numpy as np
from manim import Line, VGroup, VMobject

from epochreel.record.activations import Activation
from scenes.drawing.layout import Region, Values, point, points
from scenes.drawing.theme import Theme

REACH = 3.0  # of z on both sides of 0
STEPS = 97


def activation_curve(activation: Activation, units: int, region: Region, theme: Theme) -> VGroup:
    """What an activation makes of z from −REACH to REACH, over the axes through 0.

    Args:
        units: how many the layer has. Of one that looks at all of them, such as softmax, it is
            what the first unit puts out as its z grows, and the z of all others is 0.
    """
    z = np.zeros((STEPS, units))
    z[:, 0] = np.linspace(-REACH, REACH, STEPS)
    values = activation.of(z)[:, 0]
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
