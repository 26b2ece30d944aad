"""One video file from changing pixels: convert what changed, encode it, hold for free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import av
import numpy as np
import numpy.typing as npt
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from . import hints
from .h264 import FrameNumbers

if TYPE_CHECKING:
    from manim._config.video_encoder import VideoEncoderSpec
    from manim.typing import PixelArray

    from .boxes import Box

# Every frame is one slice that refers to the frame before and leaves the encoder at once, and
# one that shows nothing new is skipped whole: what held frames rely on. Whoever changes one of
# these changes the file's validity.
STRUCTURE = (
    "bframes=0:ref=1:weightp=0:threads=1:sliced-threads=0:scenecut=0:keyint=600"
    ":rc-lookahead=0:sync-lookahead=0:mbtree=0:force-cfr=1:fast-pskip=1"
)


class Tuning(NamedTuple):
    """How much work x264 puts into a frame; an encoder option given to Manim goes first.

    Quality is the crf that Manim's settings ask for, 23 where nobody asks, and ``coarser``.
    """

    preset: str
    parameters: str
    coarser: float = 0


# For lectures, by measurement. Most of a frame repeats the one before it and the rest is new:
# subme=0 does not look between pixels for what has moved, which saves a third of the time for a
# fifth more space. Without the deblocking filter flat graphics keep their likeness. A fixed
# quantizer would be faster still, but leaves traces of what has gone on an empty page.
LITTLE = Tuning("superfast", "subme=0:no-deblock=1")
# For scenes like those of Manim's documentation, by measurement. The same crf gives more here than
# with Manim, where B frames are coarser. With so much added the worst frames are as like to what
# was drawn as Manim's, and files at most 1.3 times as large. Where much of a picture moves, looking
# closer between pixels saves a tenth of the space; elsewhere it takes a fifth of the time for
# nothing. Files of both join, since no quantizer stands in their headers.
MUCH = Tuning("veryfast", "stitchable=1", 3)
SOME = Tuning("veryfast", "stitchable=1:subme=1", 4)
# swscale's chroma filter looks this many rows beyond a chroma sample's own two.
CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Patch:
    """New pixels for a part of the picture.

    ``pixels`` (RGBA) start at column ``left`` and row ``top``, and hold ``CONTEXT`` more
    rows above and below ``box`` where the picture has them.
    """

    box: Box
    top: int
    pixels: npt.NDArray[np.uint8]

    @classmethod
    def cut(cls, picture: PixelArray, box: Box) -> Patch:
        """Copy ``box`` out of a picture, widened to whole chroma samples and their reach."""
        height, width = picture.shape[:2]
        left, right = box[0] // 2 * 2, min(width, (box[2] + 1) // 2 * 2)
        top = max(0, box[1] // 2 * 2 - CONTEXT)
        bottom = min(height, (box[3] + 1) // 2 * 2 + CONTEXT)
        above, below = max(0, top - CONTEXT), min(height, bottom + CONTEXT)
        pixels = np.array(picture[above:below, left:right], np.uint8)
        return cls((left, top, right, bottom), above, pixels)


class Planes:
    """The picture as x264 takes it: 4:2:0, BT.709, limited range."""

    def __init__(self, width: int, height: int) -> None:
        self._data = np.zeros((height * 3 // 2, width), np.uint8)
        chroma = self._data[height:].reshape(2, height // 2, width // 2)
        self._planes = ((1, self._data[:height]), (2, chroma[0]), (2, chroma[1]))
        self._reformatter = VideoReformatter()

    def put(self, patch: Patch) -> None:
        left, top, right, bottom = patch.box
        converted = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(patch.pixels, format="rgba"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        for plane, (scale, target) in zip(converted.planes, self._planes, strict=True):
            rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
            start = (top - patch.top) // scale
            target[top // scale : bottom // scale, left // scale : right // scale] = rows[
                start : start + (bottom - top) // scale, : (right - left) // scale
            ]

    def replace(self, planes: npt.NDArray[np.uint8]) -> None:
        """Take a whole picture in this form: Y, then U and V, ``height * 3 / 2`` rows in all."""
        self._data[:] = planes

    def frame(self) -> av.VideoFrame:
        """The picture without a copy; x264 takes its own during ``encode``."""
        frame = av.VideoFrame.from_numpy_buffer(self._data, format="yuv420p")
        frame.colorspace = Colorspace.ITU709
        frame.color_range = ColorRange.MPEG
        return frame


def encodes(spec: VideoEncoderSpec) -> bool:
    """Whether ``SegmentEncoder`` writes this kind of video; otherwise Manim's does."""
    even = spec.width % 2 == 0 and spec.height % 2 == 0
    return spec.codec == "libx264" and spec.pixel_format == "yuv420p" and even


def _options(spec: VideoEncoderSpec, tuning: Tuning) -> tuple[tuple[str, str], ...]:
    """The encoder options given to Manim, completed by ours."""
    options = {"preset": tuning.preset, **dict(spec.options)}
    if tuning.coarser and "crf" in options:
        options["crf"] = str(float(options["crf"]) + tuning.coarser)
    asked = options.get("x264-params", "")
    # Where a name comes twice, x264 takes the last.
    options["x264-params"] = ":".join(filter(None, (tuning.parameters, asked, STRUCTURE)))
    return tuple(sorted(options.items()))


def _tag(context: VideoCodecContext) -> None:
    """Tell players how to turn the numbers into light: as for HDTV."""
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    context.color_range = ColorRange.MPEG


@lru_cache
def _still_frame(spec: VideoEncoderSpec) -> bytes:
    """A frame that repeats the one before it, in a stream encoded with ``spec``.

    It is the second frame of a black film: nothing in it but skipped macroblocks, whose
    coding depends on the parameter sets and the size alone.
    """
    context = cast(VideoCodecContext, av.CodecContext.create(spec.codec, "w"))
    context.width, context.height, context.pix_fmt = spec.width, spec.height, spec.pixel_format
    context.framerate, context.time_base = spec.frame_rate, 1 / spec.frame_rate
    context.options = dict(spec.options)
    context.flags |= Flags.global_header.value  # as in a file: sets kept apart
    _tag(context)
    black = Planes(spec.width, spec.height)
    packets = []
    for index in range(2):
        frame = black.frame()
        frame.pts = index
        packets += context.encode(frame)
    return bytes(packets[1])


class SegmentEncoder(VideoSegmentEncoder):
    """Writes a file of constant frame rate in which repeated frames cost nothing.

    The same changes give the same bytes, and two files made with the same ``spec`` and tuning have
    the same parameter sets, so that they can be joined without encoding again.
    """

    def __init__(self, *, target: Path, spec: VideoEncoderSpec, tuning: Tuning = LITTLE) -> None:
        super().__init__(target=target, spec=spec)
        self._asked = spec
        self._context = cast(VideoCodecContext, self._stream.codec_context)
        _tag(self._context)
        self.tune(tuning)
        self._planes = Planes(spec.width, spec.height)
        self._numbers: FrameNumbers | None = None
        self._encoded = 0

    def tune(self, tuning: Tuning) -> None:
        """Say how much work x264 is to put into the file; ask before its first frame."""
        self.spec = replace(self._asked, options=_options(self._asked, tuning))
        self._context.options = dict(self.spec.options) | hints.options()

    def write_frame(self, patches: Iterable[Patch], *, repeat: int = 1) -> None:
        """Show the picture with ``patches`` put in for ``repeat`` frames.

        Manim's writer hands patches on where its own encoder would get a picture.
        """
        patches = list(patches)
        for patch in patches:
            self._planes.put(patch)
        if patches or not self._encoded:
            self._encode([patch.box for patch in patches])
            repeat -= 1
        self._hold(repeat)

    def write_planes(self, planes: npt.NDArray[np.uint8], *, repeat: int = 1) -> None:
        """Show a whole picture that is given as x264 takes it (see ``Planes``)."""
        self._planes.replace(planes)
        self._encode()
        self._hold(repeat - 1)

    def _hold(self, frames: int) -> None:
        """Show the last picture for so many frames more."""
        if frames:
            still = _still_frame(self.spec)
            for _ in range(frames):
                self._write(still, is_keyframe=False)

    def _encode(self, changed: Sequence[Box] | None = None) -> None:
        """Encode the picture as it is now; only what is in boxes has changed, if any are given."""
        frame = self._planes.frame()
        if changed and self._encoded:
            hints.tell_changed(frame, changed)
        # The encoder counts its own frames only; the file's times are given to packets.
        frame.pts = self._encoded
        frame.time_base = 1 / self.spec.frame_rate
        self._encoded += 1
        (packet,) = self._context.encode(frame)
        self._write(bytes(packet), packet.is_keyframe)

    def _write(self, access_unit: bytes, is_keyframe: bool) -> None:
        if self._numbers is None:  # the parameter sets exist since the first frame
            self._numbers = FrameNumbers(self._context.extradata or b"")
        packet = av.Packet(self._numbers.renumber(access_unit))
        packet.stream = self._stream
        packet.time_base = 1 / self.spec.frame_rate
        packet.pts = packet.dts = self._next_pts
        packet.duration = 1
        packet.is_keyframe = is_keyframe  # players seek to these only
        self._next_pts += 1
        self._container.mux(packet)
