"""Sizes and frame rates of a film."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Video:
    """Pixels and frames per second."""

    width: int
    height: int
    frame_rate: int


QUALITIES = {
    "draft": Video(854, 480, 15),
    "low": Video(854, 480, 30),
    "medium": Video(1280, 720, 30),
    "high": Video(1920, 1080, 60),
    "4k": Video(3840, 2160, 60),
}
