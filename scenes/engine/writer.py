"""The writer that keeps one video file open through all plays of a section."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from .encoder import Patch, SegmentEncoder, encodes

if TYPE_CHECKING:
    from manim.typing import PixelArray

    from .boxes import Box


class FastWriter(SceneFileWriter):
    """Takes changes instead of pictures and writes one file per section.

    Manim writes one file per play and starts each with a key frame; a section here has
    one, at its start. What ``SegmentEncoder`` does not write (transparent video, WebM,
    image sequences) is written by Manim, a file per play.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
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
        # Manim's writer checks for a failed encoder and hands on whatever it is given.
        super().write_frame(patches, repeat=repeat)  # type: ignore[arg-type]

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        if not self._takes_patches:
            return super()._create_segment_encoder(target)
        assert self.video_encoder is not None
        return SegmentEncoder(target=target, spec=self.video_encoder)

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        # A play that goes into the open file has none of its own, like a skipped one.
        super().add_partial_movie_file(None if self._current_encode_job else hash_animation)

    def begin_animation(self, allow_write: bool = False, **kwargs: Any) -> None:
        if self._current_encode_job is None:
            self._needs_all = True
            super().begin_animation(allow_write, **kwargs)

    def end_animation(self, allow_write: bool = False) -> None:
        if not self._takes_patches:
            super().end_animation(allow_write)

    def next_section(self, *args: Any, **kwargs: Any) -> None:
        self._close_section_file()
        super().next_section(*args, **kwargs)

    def finish(self) -> None:
        self._close_section_file()
        super().finish()

    def combine_files(
        self,
        input_files: list[str],
        output_file: Path,
        create_gif: bool = False,
        includes_sound: bool = False,
    ) -> None:
        if len(input_files) > 1 or create_gif or includes_sound:
            super().combine_files(input_files, output_file, create_gif, includes_sound)
        else:
            output_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(input_files[0], output_file)

    def _close_section_file(self) -> None:
        if self._current_encode_job is not None:
            self.close_partial_movie_stream()
