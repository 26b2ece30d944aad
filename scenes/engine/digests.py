"""What a frame shows, as a digest: the same where the same would be painted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import cairo
import manim
from manim import Mobject, VMobject

from .drawables import key_of

if TYPE_CHECKING:
    from manim.typing import PixelArray

    from .camera import FastCamera

SIZE = 16  # bytes


@cache
def painters() -> bytes:
    """A digest of what paints and encodes, this code included."""
    found = blake2b(digest_size=SIZE)
    versions = (manim.__version__, cairo.version, cairo.cairo_version_string(), av.__version__)
    _feed(found, (*versions, repr(sorted(av.library_versions.items()))))
    for path in sorted(Path(__file__).parent.glob("*.py")):
        _feed(found, path.read_bytes())
    return found.digest()


class FrameDigests:
    """Digests of the frames of one play after the other, as ``camera`` would paint them."""

    def __init__(self, camera: FastCamera) -> None:
        self._camera = camera
        self._background: PixelArray | None = None
        self._below = b""
        self._still: bytes | None = None

    def begin(self, still: Iterable[Mobject]) -> None:
        """A play begins, over these mobjects that stand still."""
        self._see_background()
        self._still = self._of(still)

    def of(self, moving: Iterable[Mobject]) -> bytes | None:
        """One frame of the play; None where something is shown whose look is not known here."""
        if self._camera.background is not self._background:
            self._see_background()
        over = self._of(moving)
        if self._still is None or over is None:
            return None
        return digest(self._below, self._still, over)

    def _see_background(self) -> None:
        self._background = pixels = self._camera.background
        assert pixels is not None  # Manim's constructor sets it
        one_colour = bool((pixels == pixels[0, 0]).all())
        # Copied: a background may be written to in place, which counts from the next play on.
        self._below = pixels[0, 0].tobytes() if one_colour else digest(pixels.tobytes())

    def _of(self, mobjects: Iterable[Mobject]) -> bytes | None:
        camera = self._camera
        found = blake2b(digest_size=SIZE)
        _feed(found, (camera.matrix(), camera.cairo_line_width_multiple))
        for mobject in camera.get_mobjects_to_display(mobjects):
            if isinstance(mobject, VMobject) and not mobject.get_background_image():
                _feed(found, key_of(mobject))
            elif camera.type_or_raise(mobject) is not Mobject:  # of which Manim draws nothing
                return None
        return found.digest()


def digest(*parts: bytes) -> bytes:
    """A digest of several."""
    found = blake2b(digest_size=SIZE)
    _feed(found, parts)
    return found.digest()


def _feed(found: blake2b, value: Any) -> None:
    """Add a value so that no two different ones are the same bytes."""
    if isinstance(value, tuple):
        found.update(b"(%d" % len(value))
        for part in value:
            _feed(found, part)
        return
    data = value if isinstance(value, bytes) else repr(value).encode()
    found.update(b"%c%d:" % (b"b" if isinstance(value, bytes) else b"r", len(data)))
    found.update(data)
