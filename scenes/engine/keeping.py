"""Plays that show what a file shows already are not drawn again.

Every frame is animated and its look known (see ``digests``), but painted and encoded are only those
from the first one on that no file has. A play that begins like another begins with a copy of it.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from manim import logger

from .changes import ChangeWriter
from .choosing import ChoosingEncoder
from .digests import digest, painters
from .holding import byte_stream
from .kept import KeptPlays, Start, keep

if TYPE_CHECKING:
    from manim._config.video_encoder import VideoEncoderSpec
    from manim.scene.video_segment_encoder import VideoSegmentEncoder
    from manim.typing import PixelArray


class KeepingEncoder(ChoosingEncoder):
    """Goes on from the ``start`` of another file, and puts its own to where it is found again."""

    def __init__(self, *, start: Start | None, **asked: Any) -> None:
        super().__init__(**asked)
        self._start = start
        self._kept_as: tuple[Path, list[bytes]] | None = None

    def keep_as(self, path: Path, links: list[bytes]) -> None:
        """Say what the file shows, once that is known; ``finish`` then puts it to ``path``."""
        self._kept_as = path, links

    def _write(self, access_unit: bytes, is_keyframe: bool) -> None:
        self._copy_start()
        super()._write(access_unit, is_keyframe)

    def _copy_start(self) -> None:
        start, self._start = self._start, None
        if start is None:
            return
        self._container.start_encoding()  # whose parameter sets the copied frames need
        with av.open(start.path, "r") as container:
            source = container.streams.video[0]
            configuration = source.codec_context.extradata or b""
            for packet in islice(container.demux(source), start.frames):
                super()._write(byte_stream(bytes(packet), configuration), packet.is_keyframe)

    def finish(self) -> None:
        self._copy_start()
        super().finish()
        if self._kept_as:
            keep(self.target, *self._kept_as)


class KeepingWriter(ChangeWriter):
    """Opens a play's file with the first of its frames that no file of the folder has."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        suffix = self.output_spec.segment_extension
        assert suffix  # of a film; there is nothing to keep of others
        self._kept = KeptPlays(self.partial_movie_directory, suffix)
        self._root = digest(painters(), repr(self.video_encoder).encode())
        self._playing = False
        # None where something was shown whose look is not known.
        self._links: list[bytes] | None = []
        self._start: Start | None = None

    def begin_animation(self, allow_write: bool = False, **kwargs: Any) -> None:
        self._playing, self._needs_all = allow_write, True
        self._links, self._start = [], None

    def to_draw(self, frame: bytes | None, count: int) -> int:
        """How many of the next frames, ``count`` of this digest, have to be drawn and written."""
        drawn = 0
        for _ in range(count):
            self._add(frame)
            found = self._kept.find(self._links[-1]) if self._links else None
            if found and self._current_encode_job is None:
                self._start = found
                continue
            if self._current_encode_job is None:
                self._open()
            drawn += 1
        return drawn

    def write_frame(self, pixels: PixelArray, *, repeat: int = 1) -> None:
        if self._playing:
            self.to_draw(None, repeat)
        super().write_frame(pixels, repeat=repeat)

    def end_animation(self, allow_write: bool = False) -> None:
        if not allow_write:
            return
        self._playing = False
        path = Path(self.partial_movie_files[-1] or "")
        if self._links:
            path = self._kept.path(self._links)
            if self._start and self._start.path != path and self._current_encode_job is None:
                self._open()  # a file goes on where this play ends
        for files in (self.partial_movie_files, self.sections[-1].partial_movie_files):
            files[-1] = str(path)
        if (job := self._current_encode_job) is None:
            logger.info("Drawn before: %(path)s", {"path": f"'{path}'"})
            return
        assert isinstance(job.encoder, KeepingEncoder)
        job.path = path
        job.encoder.keep_as(path, self._links or [])
        if self._links:
            self._kept.expect(self._links)
        self.close_partial_movie_stream()

    def _add(self, frame: bytes | None) -> None:
        if frame is None or self._links is None:
            self._links = None
        else:
            self._links.append(digest(self._links[-1] if self._links else self._root, frame))

    def _open(self) -> None:
        if self._start:
            self.join_all_encode_jobs()  # one of which may be writing that file
        index = len(self.partial_movie_files) - 1
        target = self.output_plan.segment_path(f".drawing-{index:05}")
        self.open_partial_movie_stream(animation_index=index, file_path=target)

    def _encoder(self, target: Path, spec: VideoEncoderSpec) -> VideoSegmentEncoder:
        return KeepingEncoder(target=target, spec=spec, start=self._start)
