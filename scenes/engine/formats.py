"""Films in formats that take every picture whole: transparent ones among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import av
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

from .gif import GifEncoder

if TYPE_CHECKING:
    from manim.typing import PixelArray

FF_QP2LAMBDA = 118  # libav's unit of a quantizer


class Encoder(Protocol):
    """Takes pictures one after the other; the file is whole after ``close``."""

    def show(self, picture: PixelArray, repeat: int) -> None:
        """Show RGBA pixels, multiplied by alpha, for ``repeat`` frames."""

    def close(self) -> None:
        """Finish the file."""


@dataclass(frozen=True)
class Codec:
    """How a format's film is encoded: opaque and transparent pixels, options for libav."""

    container: str
    name: str
    opaque: str
    transparent: str
    options: Mapping[str, str]


# VP9 without a target bit rate: quality decides. ProRes 4444, at a fixed quantizer since a rate
# control fills any budget with what flat graphics do not need.
WEBM = Codec(
    "webm",
    "libvpx-vp9",
    "yuv420p",
    "yuva420p",
    {"crf": "28", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"},
)
MOV = Codec(
    "mov",
    "prores_ks",
    "yuva444p10le",
    "yuva444p10le",
    {
        "profile": "4444",
        "vendor": "apl0",
        "alpha_bits": "8",
        "flags": "+qscale",
        "global_quality": str(11 * FF_QP2LAMBDA),
    },
)


class FilmEncoder:
    """A film with one encoded picture for each that differs; a still one lasts longer."""

    def __init__(
        self, path: Path, size: tuple[int, int], rate: int, codec: Codec, transparent: bool
    ) -> None:
        self._container = av.open(path, "w", format=codec.container)
        stream = self._container.add_stream(codec.name, rate=rate, options=dict(codec.options))
        self._stream = cast(av.VideoStream, stream)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = codec.transparent if transparent else codec.opaque
        self._stream.time_base = self._beat = Fraction(1, rate)
        if transparent and codec is WEBM:
            self._stream.metadata["alpha_mode"] = "1"
        _tag(self._stream.codec_context)
        self._reformatter = VideoReformatter()
        self._transparent = transparent
        self._frames = 0
        self._waiting: av.Packet | None = None

    def show(self, picture: PixelArray, repeat: int) -> None:
        pixels = straight(picture) if self._transparent else np.asarray(picture, np.uint8)
        frame = self._reformatter.reformat(
            av.VideoFrame.from_ndarray(pixels, format="rgba"),
            format=self._stream.pix_fmt,
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
        )
        frame.pts, frame.time_base = self._frames, self._beat
        self._frames += repeat
        self._mux(self._stream.encode(frame))

    def close(self) -> None:
        self._mux(self._stream.encode(None))
        self._mux_until(self._frames)
        self._container.close()

    def _mux(self, packets: list[av.Packet]) -> None:
        for packet in packets:
            # How long a picture stands is known when the next one comes.
            self._mux_until(cast(int, packet.pts))
            self._waiting = packet

    def _mux_until(self, end: int) -> None:
        if self._waiting is not None:
            self._waiting.duration = end - cast(int, self._waiting.pts)
            self._container.mux(self._waiting)


def encoder_of(
    format: str, path: Path, size: tuple[int, int], rate: int, transparent: bool
) -> Encoder:
    """What writes a ``webm``, ``mov`` or ``gif``.

    Parameters
    ----------
    size
        Width and height in pixels.
    rate
        Frames per second.
    transparent
        Whether alpha is kept; GIF has none.
    """
    if format == "gif":
        return GifEncoder(path, rate)
    return FilmEncoder(path, size, rate, {"webm": WEBM, "mov": MOV}[format], transparent)


def straight(picture: PixelArray) -> npt.NDArray[np.uint8]:
    """The picture with its colours no longer multiplied by alpha, as files have them."""
    alpha = picture[:, :, 3]
    found = np.array(picture, np.uint8)
    between = (alpha > 0) & (alpha < 255)
    if between.any():
        parts = found[between]
        share = parts[:, 3:].astype(np.uint16)
        parts[:, :3] = np.minimum((parts[:, :3] * np.uint16(255) + share // 2) // share, 255)
        found[between] = parts
    return found


def _tag(context: VideoCodecContext) -> None:
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    context.color_range = ColorRange.MPEG
