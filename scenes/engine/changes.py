"""The writer that takes changes instead of pictures, and writes a file per play as Manim does."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from .choosing import ChoosingEncoder
from .encoder import Patch, encodes

if TYPE_CHECKING:
    from manim._config.video_encoder import VideoEncoderSpec
    from manim.typing import PixelArray

    from .boxes import Box


# How many films of plays may be encoded at once, the one that is drawn among them.
ENCODERS = 2


class ChangeWriter(SceneFileWriter):
    """Manim's writer with ``ChoosingEncoder`` in the place of Manim's encoder.

    What that one does not write (transparent video, WebM, image sequences) is written by Manim.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        most = max(ENCODERS, self.settings.max_inflight_encoders)
        self.settings = replace(self.settings, max_inflight_encoders=most)
        # Bytes of the changes handed on last, those that wait among them.
        self._handed_on: deque[int] = deque()
        self._takes_patches = self.video_encoder is not None and encodes(self.video_encoder)
        # A file's first picture is whole, and so is what follows a picture from elsewhere.
        self._needs_all = True

    def write_change(self, picture: PixelArray, boxes: Sequence[Box], repeat: int) -> None:
        """Show ``picture``, which differs from the last one within ``boxes`` only.

        The picture stays the caller's: what is needed of it is copied before returning.
        """
        if not self._takes_patches:
            super().write_frame(picture.copy(), repeat=repeat)
            return
        if self._needs_all:
            height, width = picture.shape[:2]
            boxes = [(0, 0, width, height)]
            self._needs_all = False
        self._queue([Patch.cut(picture, box) for box in boxes], repeat)

    def write_frame(self, pixels: PixelArray, *, repeat: int = 1) -> None:
        if not self._takes_patches:
            super().write_frame(pixels, repeat=repeat)
            return
        height, width = pixels.shape[:2]
        self._queue([Patch.cut(pixels, (0, 0, width, height))], repeat)
        self._needs_all = True

    def _queue(self, patches: list[Patch], repeat: int) -> None:
        self._make_room(sum(patch.pixels.nbytes for patch in patches))
        # Manim's writer checks for a failed encoder and hands on whatever it is given.
        super().write_frame(patches, repeat=repeat)  # type: ignore[arg-type]

    def _make_room(self, size: int) -> None:
        """Let as many changes wait as take the memory of the pictures that Manim lets wait.

        Small ones are many, so that drawing goes on to the next play, whose encoder then works
        beside this one's.
        """
        if (job := self._current_encode_job) is None or self.video_encoder is None:
            return
        waiting, handed_on = job.queue.qsize(), self._handed_on
        while len(handed_on) > waiting:
            handed_on.popleft()
        picture = 4 * self.video_encoder.width * self.video_encoder.height
        fits = sum(handed_on) + size <= self.settings.encoder_queue_size * picture
        job.queue.maxsize = waiting + 1 if fits else max(1, waiting)
        handed_on.append(size)

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        if not self._takes_patches:
            return super()._create_segment_encoder(target)
        assert self.video_encoder is not None
        return self._encoder(target, self.video_encoder)

    def _encoder(self, target: Path, spec: VideoEncoderSpec) -> VideoSegmentEncoder:
        return ChoosingEncoder(target=target, spec=spec)

    def begin_animation(self, allow_write: bool = False, **kwargs: Any) -> None:
        self._needs_all = True
        super().begin_animation(allow_write, **kwargs)
