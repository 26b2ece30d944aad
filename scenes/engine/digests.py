"""What a frame shows, as a digest: the same where the same would be painted."""

from __future__ import annotations

import marshal
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import cairo
import manim
import numpy as np
from manim import VMobject

if TYPE_CHECKING:
    from .camera import FastCamera
    from .looks import Look

SIZE = 16  # bytes


@cache
def painters() -> bytes:
    """A digest of what paints and encodes, this code included."""
    versions = (
        sys.version,
        manim.__version__,
        cairo.version,
        cairo.cairo_version_string(),
        av.__version__,
    )
    libraries = sorted(av.library_versions.items())
    code = sorted(Path(__file__).parent.glob("*.py"))
    return digest(
        *(str(version).encode() for version in (*versions, *libraries)),
        *(path.read_bytes() for path in code),
    )


class FrameDigests:
    """Digests of the frames of one play after the other, as ``camera`` would paint them."""

    def __init__(self, camera: FastCamera) -> None:
        self._camera = camera
        self._sees_background = True
        self._below = b""
        self._still: bytes | None = None
        # What has not changed since the frame before need not be digested again.
        self._known: dict[VMobject, tuple[tuple[Any, ...], bytes]] = {}

    def begin(self, still: Look | None) -> None:
        """A play begins, over what stands still, if anything does."""
        # Over it the background stays as it is now; else each frame has that of its time.
        self._sees_background = still is None
        self._see_background()
        still_ones = self._of(still) if still else b""
        self._still = None if still_ones is None else digest(self._below, still_ones)

    def of(self, moving: Look) -> bytes | None:
        """One frame of the play; None where something is shown whose look is not known here."""
        if self._sees_background:
            self._see_background()
        over = self._of(moving)
        if self._still is None or over is None:
            return None
        return digest(self._below, self._still, over)

    def _see_background(self) -> None:
        pixels = self._camera.background
        assert pixels is not None  # Manim's constructor sets it
        words = np.ascontiguousarray(pixels).view(np.uint32)
        one_colour = bool((words == words[0, 0]).all())
        self._below = pixels[0, 0].tobytes() if one_colour else digest(pixels.tobytes())

    def _of(self, look: Look) -> bytes | None:
        if not look.only_outlines:
            return None
        known, self._known = self._known, {}
        try:
            for outline, key in zip(look.outlines, look.keys, strict=True):
                entry = known.get(outline)
                if entry is None or entry[0] != key:
                    entry = (key, digest(key))
                self._known[outline] = entry
            return digest(tuple(look.lens or ()), *(found for _, found in self._known.values()))
        except ValueError:
            return None


def digest(*parts: Any) -> bytes:
    """A digest of bytes, numbers, None and tuples of them; ``ValueError`` of what has no value."""
    # Not as later versions of the format, which tell whether two equal ones are one object.
    return blake2b(marshal.dumps(parts, 2), digest_size=SIZE).digest()
