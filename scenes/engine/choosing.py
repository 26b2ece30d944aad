"""How much work x264 puts into a file, by how much of its first pictures is new."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .encoder import MUCH, SOME, Patch, SegmentEncoder

if TYPE_CHECKING:
    from manim._config.video_encoder import VideoEncoderSpec

# How many are looked at; they take as much memory as pictures that wait in Manim's queue.
LOOKED_AT = 9
# What of a picture is new where much moves. The first one does not count: all of it is new.
A_LOT = 0.1


class ChoosingEncoder(SegmentEncoder):
    """Keeps the first pictures back until it knows how to encode them."""

    def __init__(self, *, target: Path, spec: VideoEncoderSpec) -> None:
        super().__init__(target=target, spec=spec, tuning=MUCH)
        self._kept_back: list[tuple[list[Patch], int]] | None = []

    def write_frame(self, patches: Iterable[Patch], *, repeat: int = 1) -> None:
        if self._kept_back is None:
            super().write_frame(patches, repeat=repeat)
            return
        self._kept_back.append((list(patches), repeat))
        if len(self._kept_back) == LOOKED_AT:
            self._go_on()

    def finish(self) -> None:
        self._go_on()
        super().finish()

    def _go_on(self) -> None:
        """Encode what was kept back, and keep nothing back from now on."""
        kept_back, self._kept_back = self._kept_back or [], None
        whole = self.spec.width * self.spec.height
        new = [sum(_area(patch) for patch in patches) for patches, _ in kept_back[1:]]
        if sum(new) < A_LOT * whole * len(new):
            self.tune(SOME)
        for patches, repeat in kept_back:
            super().write_frame(patches, repeat=repeat)


def _area(patch: Patch) -> int:
    left, top, right, bottom = patch.box
    return (right - left) * (bottom - top)
