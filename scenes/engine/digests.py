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
from manim import Mobject

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
    """Digests of the frames of one play, as ``camera`` would paint them."""

    def __init__(self, camera: FastCamera) -> None:
        self.camera = camera
        self._seen = 0
        self._background = b""
        self._still: bytes | None = None
        self._has_still = False
        # What has not changed since the frame before need not be digested again.
        self._known: dict[Mobject, tuple[tuple[Any, ...], bytes]] = {}

    def begin(self, still: Look | None) -> None:
        """The play begins, over what stands still, if anything does."""
        self._has_still = still is not None
        if still:
            self._still = self._over(self._on(still), still)

    def of(self, moving: Look) -> bytes | None:
        """One frame of the play; None where something is shown whose look is not known here."""
        # Over what stands still the background stays; else each frame has that of its time.
        below = self._still if self._has_still else self._on(moving)
        return self._over(below, moving)

    def _on(self, look: Look) -> bytes:
        """The background that is under it."""
        if look.background != self._seen:
            self._seen = look.background
            pixels = self.camera.seen_background
            words = pixels.view(np.uint32)
            one_colour = bool((words == words[0, 0]).all())
            self._background = pixels[0, 0].tobytes() if one_colour else digest(pixels.tobytes())
        return self._background

    def _over(self, below: bytes | None, look: Look) -> bytes | None:
        if below is None or not look.has_keys:
            return None
        known, self._known = self._known, {}
        try:
            for mobject, key in zip(look.mobjects, look.keys, strict=True):
                entry = known.get(mobject)
                if entry is None or entry[0] != key:
                    entry = (key, digest(key))
                self._known[mobject] = entry
            shown = (found for _, found in self._known.values())
            return digest(below, tuple(look.lens or ()), *shown)
        except ValueError:
            return None


def digest(*parts: Any) -> bytes:
    """A digest of bytes, numbers, None and tuples of them; ``ValueError`` of what has no value."""
    # Not as later versions of the format, which tell whether two equal ones are one object.
    return blake2b(marshal.dumps(parts, 2), digest_size=SIZE).digest()
