"""The writer that keeps one video file open through all plays of a section."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim.scene.video_segment_encoder import VideoSegmentEncoder

from .changes import ChangeWriter
from .encoder import SegmentEncoder

if TYPE_CHECKING:
    from manim._config.video_encoder import VideoEncoderSpec


class FastWriter(ChangeWriter):
    """Writes one file per section.

    Manim writes one file per play and starts each with a key frame; a section here has
    one, at its start. What ``SegmentEncoder`` does not write comes in a file per play.
    """

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        # A play that goes into the open file has none of its own, like a skipped one.
        super().add_partial_movie_file(None if self._current_encode_job else hash_animation)

    def begin_animation(self, allow_write: bool = False, **kwargs: Any) -> None:
        if self._current_encode_job is None:
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

    def _encoder(self, target: Path, spec: VideoEncoderSpec) -> VideoSegmentEncoder:
        return SegmentEncoder(target=target, spec=spec)

    def _close_section_file(self) -> None:
        if self._current_encode_job is not None:
            self.close_partial_movie_stream()


class SectionWriter(FastWriter):
    """Writes the sections' files, and neither a film of all of them nor an index."""

    def finish(self) -> None:
        self._close_section_file()
        self.join_all_encode_jobs()
        self.finish_last_section()
        for section in self.sections:
            if section.video is not None:
                path = self.sections_output_dir / section.video
                self.combine_files(section.get_clean_partial_movie_files(), path)
