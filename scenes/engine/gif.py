"""Animated GIFs: a palette of their own, and small enough to be put on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from manim.typing import PixelArray

MOST_BYTES = 10_000_000
# What is tried until one fits: the size, as a share, and every how many frames one is taken.
ATTEMPTS = ((1.0, 1), (0.75, 1), (0.75, 2), (0.5, 2), (0.5, 4), (0.25, 4))
CENTISECOND = Fraction(1, 100)  # GIF's unit of time


class GifEncoder:
    """An endless GIF of at most ``MOST_BYTES``, for which size and frame rate give way."""

    def __init__(self, path: Path, rate: int) -> None:
        self._path, self._rate = path, rate
        # The palette is known when all is drawn. A picture that stands is here once.
        self._pictures: list[npt.NDArray[np.uint8]] = []
        self._starts: list[int] = []
        self._frames = 0

    def show(self, picture: PixelArray, repeat: int) -> None:
        self._pictures.append(np.array(picture[:, :, :3], np.uint8))
        self._starts.append(self._frames)
        self._frames += repeat

    def close(self) -> None:
        for share, step in ATTEMPTS:
            self._write(share, self._taken(step))
            if self._path.stat().st_size <= MOST_BYTES:
                break

    def _taken(self, step: int) -> Sequence[int]:
        """Which pictures: those that stand at every ``step``-th frame, and the last."""
        last = len(self._pictures) - 1
        at = [
            int(np.searchsorted(self._starts, frame, "right")) - 1
            for frame in range(0, self._frames, step)
        ]
        return [*dict.fromkeys([*at, last])]

    def _write(self, share: float, taken: Sequence[int]) -> None:
        end = self._centiseconds(self._frames)
        options = {"final_delay": str(end - self._centiseconds(self._starts[taken[-1]]))}
        with av.open(self._path, "w", format="gif", options=options) as container:
            stream = container.add_stream("gif", rate=100)
            stream.width, stream.height = self._size(share)
            stream.pix_fmt = "pal8"
            for frame in self._indexed(share, taken):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))

    def _indexed(self, share: float, taken: Sequence[int]) -> Iterator[av.VideoFrame]:
        """The pictures in a palette made from all of them."""
        height, width = self._pictures[0].shape[:2]
        graph = av.filter.Graph()
        source = graph.add_buffer(
            width=width,
            height=height,
            format=av.VideoFormat("rgb24"),
            time_base=CENTISECOND,
            name="pictures",
        )
        to_width, to_height = self._size(share)
        scale = graph.add("scale", f"{to_width}:{to_height}:flags=area")
        split = graph.add("split")
        # In its mode `diff` the filter leaves out what the last picture brings.
        palette = graph.add("palettegen", "stats_mode=full")
        # Flat colours need no dithering, which would make every frame differ from the next.
        use = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
        sink = graph.add("buffersink")
        source.link_to(scale)
        scale.link_to(split)
        split.link_to(palette, 0, 0)
        split.link_to(use, 1, 0)
        palette.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        for at in taken:
            frame = av.VideoFrame.from_ndarray(self._pictures[at], format="rgb24")
            frame.pts, frame.time_base = self._centiseconds(self._starts[at]), CENTISECOND
            source.push(frame)
        source.push(None)
        while True:
            try:
                yield cast(av.VideoFrame, sink.pull())
            except (av.BlockingIOError, av.EOFError):
                return

    def _size(self, share: float) -> tuple[int, int]:
        height, width = self._pictures[0].shape[:2]
        return round(width * share), round(height * share)

    def _centiseconds(self, frame: int) -> int:
        return round(100 * frame / self._rate)
