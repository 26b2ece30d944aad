"""A few frames that lead from one clip's last picture to the first one of another."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator

import av
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from .encoder import SegmentEncoder
from .holding import without_still

# A picture as it is encoded: Y, then U and V, ``height * 3 / 2`` rows in all.
Planes = npt.NDArray[np.uint8]

STEPS_PER_SECOND = 30  # of pictures that differ: in a fade no eye sees more of them
WHOLE = 256  # weights are counted in such parts, which keeps sums within 16 bits


def crossfade(before: bytes, after: bytes, encoder: VideoSegmentEncoder, frames: int) -> None:
    """Write a crossfade of two clips that were encoded as ``encoder`` encodes.

    Parameters
    ----------
    before, after
        The clips, as MP4 files.
    frames
        How many frames to write; both ends are left out, since the clips show these.
    """
    stand = max(1, round(encoder.spec.frame_rate / STEPS_PER_SECOND))
    starts = range(0, frames, stand)
    pictures = between(last_picture(before), first_picture(after), len(starts))
    for start, planes in zip(starts, pictures, strict=True):
        repeat = min(stand, frames - start)
        if isinstance(encoder, SegmentEncoder):
            encoder.write_planes(planes, repeat=repeat)
        else:
            # Manim's encoder converts back what is converted here, and tags nothing.
            picture = av.VideoFrame.from_ndarray(planes, "yuv420p")
            pixels = _pixels(picture.reformat(format="rgba"))
            encoder.write_frame(pixels, repeat=repeat)  # type: ignore[arg-type]
    encoder.finish()


def between(first: Planes, last: Planes, count: int) -> Iterator[Planes]:
    """Pictures that go in even steps from one to another, without these two.

    What both show alike stands, and costs no time: most of two pages does.
    """
    differing = np.flatnonzero(first != last)
    one, other = (end.ravel()[differing].astype(np.uint16) for end in (first, last))
    for step in range(1, count + 1):
        weight = round(WHOLE * step / (count + 1))
        mixed = first.copy()
        mixed.ravel()[differing] = (one * (WHOLE - weight) + other * weight + WHOLE // 2) // WHOLE
        yield mixed


def first_picture(clip: bytes) -> Planes:
    """The first picture of a clip."""
    with av.open(io.BytesIO(clip), "r") as container:
        return _pixels(next(container.decode(video=0)))


def last_picture(clip: bytes) -> Planes:
    """The last picture of a clip."""
    with av.open(io.BytesIO(clip), "r") as container:
        source = container.streams.video[0]
        configuration = source.codec_context.extradata or b""
        packets = [packet for packet in container.demux(source) if packet.size]
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, VideoCodecContext)
    decoder.extradata = configuration
    units = (*map(av.Packet, without_still(packets, configuration)), None)
    pictures = (picture for unit in units for picture in decoder.decode(unit))
    (last,) = deque(pictures, maxlen=1)
    return _pixels(last)


def _pixels(picture: av.VideoFrame) -> npt.NDArray[np.uint8]:
    return np.asarray(picture.to_ndarray(), np.uint8)
