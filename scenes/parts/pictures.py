"""Samples that are images, as pictures: a square for each pixel, darker where its value is high."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject, interpolate_color

from scenes.drawing.layout import Region, Values
from scenes.drawing.outlines import rectangles
from scenes.drawing.theme import Theme

SHADES = 16
OVER = 0.35  # pixels by which squares reach over their edges, so that none shows between two


def is_image(shape: Sequence[int]) -> bool:
    """Whether samples of such a shape are images: rows of pixels, of one value or of colours."""
    return len(shape) == 2 or (len(shape) == 3 and shape[2] in (1, 3, 4))


def grey(images: Values) -> Values:
    """Images (m, height, width), from those or from some with channels, which are averaged."""
    return images if images.ndim == 3 else images[..., :3].mean(axis=3)


class Pictures(VGroup):
    """Images side by side, one shade of all of them a mobject.

    Args:
        images: (m, height, width).
        regions: where each is; it fills as much of it as its shape lets it.
        ends: the values that are lightest and darkest; by default the ends of these images.
    """

    def __init__(
        self,
        images: Values,
        regions: Sequence[Region],
        theme: Theme,
        ends: tuple[float, float] | None = None,
    ) -> None:
        low, high = ends or (float(images.min()), float(images.max()))
        shades = np.clip((images - low) / ((high - low) or 1.0) * (SHADES - 1), 0, SHADES - 1)
        light, dark = ManimColor(theme.panel), ManimColor(theme.ink)
        boxes = [_boxes(each, region) for each, region in zip(shades.round().astype(int), regions)]
        found = np.concatenate(boxes) if boxes else np.zeros((0, 5))
        super().__init__(
            *[
                _Squares(found[found[:, 0] == shade, 1:]).set_fill(
                    interpolate_color(light, dark, shade / (SHADES - 1)), 1
                )
                for shade in range(SHADES)
            ]
        )


def _boxes(shades: npt.NDArray[np.int64], region: Region) -> Values:
    """Runs of one shade along the rows of an image: shade, left, top, right, bottom in pixels."""
    height, width = shades.shape
    size = min(region.width / width, region.height / height)
    left, top = region.x - size * width / 2, region.y - size * height / 2
    ends = np.ones((height, width), dtype=bool)
    ends[:, :-1] = shades[:, 1:] != shades[:, :-1]
    starts = np.ones((height, width), dtype=bool)
    starts[:, 1:] = ends[:, :-1]
    rows, first = np.nonzero(starts)
    last = np.nonzero(ends)[1]
    return np.stack(
        [
            shades[rows, first].astype(float),
            left + first * size - OVER,
            top + rows * size - OVER,
            left + (last + 1) * size + OVER,
            top + (rows + 1) * size + OVER,
        ],
        axis=1,
    )


class _Squares(VMobject):
    """Rectangles (m, 4) of left, top, right and bottom, as one mobject."""

    def __init__(self, boxes: Values) -> None:
        super().__init__(stroke_width=0)
        self.set_points(rectangles(*boxes.T))
        # For the fast engine, which keeps every square's pixels.
        self.piece_ends = np.arange(1, max(len(boxes), 1) + 1) * 16


def picture_places(count: int, region: Region, shape: Sequence[int], gap: float) -> list[Region]:
    """Places for so many images of a shape in rows from the left, as large as they fit.

    Args:
        gap: pixels between two.
    """
    height, width = shape
    best = (0.0, 1)
    for across in range(1, count + 1):
        rows = -(-count // across)
        size = min(
            (region.width - gap * (across - 1)) / across / width,
            (region.height - gap * (rows - 1)) / rows / height,
        )
        best = max(best, (size, across))
    size, across = best
    wide, high = size * width, size * height
    rows = -(-count // across)
    left = region.x - (across * (wide + gap) - gap) / 2
    top = region.y - (rows * (high + gap) - gap) / 2
    return [
        Region(
            left + at % across * (wide + gap),
            top + at // across * (high + gap),
            left + at % across * (wide + gap) + wide,
            top + at // across * (high + gap) + high,
        )
        for at in range(count)
    ]
