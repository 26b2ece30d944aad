"""Boxes of pixels: which overlap, and which are painted in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Left, top, right, bottom in pixels; right and bottom are just outside.
Box = tuple[int, int, int, int]

NOTHING: Box = (0, 0, 0, 0)
# Above this many separate boxes, finding who overlaps whom costs more than it saves.
MOST_BOXES = 200


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a pixel."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box with all of at least one ``boxes`` in it."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def common(one: Box, other: Box) -> Box:
    """The pixels of both boxes; a box without area where there are none."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return (left, top, max(left, min(one[2], other[2])), max(top, min(one[3], other[3])))


def merged(boxes: Sequence[Box]) -> list[Box]:
    """Non-overlapping boxes that cover ``boxes``."""
    whole = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    if len(whole) > MOST_BOXES:
        return [around(whole)]
    apart: list[Box] = []
    for box in whole:
        while touching := [other for other in apart if overlap(box, other)]:
            apart = [other for other in apart if other not in touching]
            box = around([box, *touching])
        apart.append(box)
    return apart
