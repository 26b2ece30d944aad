"""Still frames of finished clips: more of them without encoding, and none where none is needed.

A clip that ``SegmentEncoder`` wrote ends in frames that show the one before once more. They
differ in ``frame_num`` alone, so that the last of them, counted on, holds the picture for as
long as need be, and all of its kind can go where only the last picture is asked for. Access
units are those of an MP4: each NAL unit behind its length in bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import av
import numpy as np

from .h264 import IDR_SLICE, SLICE, frame_num, frame_num_bits, is_chain, join, nal_type, numbered


class NotStill(ValueError):
    """A clip whose last frame cannot be repeated."""


def still_frames(packets: Sequence[av.Packet], configuration: bytes, count: int) -> list[bytes]:
    """Access units that hold a clip's last picture for ``count`` more frames.

    ``NotStill`` is raised where the clip does not end in still frames, or where its frames are
    not such as can be repeated.

    Parameters
    ----------
    packets
        All of the clip's, in order, as demuxed from an MP4.
    configuration
        The stream's ``extradata``: an AVCDecoderConfigurationRecord (ISO/IEC 14496-15).
    count
        How many frames to add.
    """
    still = _Still.at_the_end(packets, configuration)
    return [still.counted(still.number + step) for step in range(1, count + 1)]


def without_still(packets: Sequence[av.Packet], configuration: bytes) -> list[bytes]:
    """Access units that end on a clip's last picture, in less time than all of the clip's.

    Those that repeat the one before are left out, and the others counted anew. Of a clip that
    does not end in still frames all are given.
    """
    whole = [bytes(packet) for packet in packets]
    try:
        still = _Still.at_the_end(packets, configuration)
    except NotStill:
        return whole
    kept, number = [], 0
    for access_unit in whole:
        units = list(_units(access_unit, still.length_size))
        if len(units) == 1 and still.is_like(units[0]):
            continue
        for at, unit in enumerate(units):
            if nal_type(unit) == IDR_SLICE:
                number = 0
            elif nal_type(unit) == SLICE:
                number += 1
                units[at] = numbered(unit, number, still.width)
        kept.append(b"".join(_with_length(unit, still.length_size) for unit in units))
    return kept


def byte_stream(access_unit: bytes, configuration: bytes) -> bytes:
    """An access unit of an MP4 with start codes, as the encoder gives it (annex B)."""
    return join(list(_units(access_unit, (configuration[4] & 3) + 1)))


@dataclass(frozen=True)
class _Still:
    """A slice that shows the picture before it once more, and how its stream is written."""

    unit: bytes
    width: int
    length_size: int

    @classmethod
    def at_the_end(cls, packets: Sequence[av.Packet], configuration: bytes) -> _Still:
        """The last slice of a clip; ``NotStill`` is raised where it is no such slice."""
        if len(packets) < 3 or not configuration.startswith(b"\x01"):
            raise NotStill("it is no H.264 clip of three frames or more")
        length_size, sps = (configuration[4] & 3) + 1, _parameter_set(configuration)
        if not is_chain(sps):
            raise NotStill("its frames refer to others than the one before")
        before, last = (_only_slice(bytes(packet), length_size) for packet in packets[-2:])
        still = cls(last, frame_num_bits(sps), length_size)
        # That two frames agree is no proof: a steady fade takes the same step again and again. A
        # frame of no steps repeats whatever it is put behind, such as the clip's first picture.
        if not still.is_like(before) or not _repeats(
            bytes(packets[0]), still.counted(1), configuration
        ):
            raise NotStill("it does not end in still frames")
        return still

    @property
    def number(self) -> int:
        return frame_num(self.unit, self.width)

    def counted(self, number: int) -> bytes:
        """The access unit of this ``frame_num``."""
        return _with_length(numbered(self.unit, number, self.width), self.length_size)

    def is_like(self, unit: bytes) -> bool:
        """Whether a unit is this slice but for its ``frame_num``."""
        return nal_type(unit) == SLICE and (
            numbered(unit, 0, self.width) == numbered(self.unit, 0, self.width)
        )


def _with_length(unit: bytes, length_size: int) -> bytes:
    return len(unit).to_bytes(length_size, "big") + unit


def _parameter_set(configuration: bytes) -> bytes:
    """The sequence parameter set: behind five bytes, the number of sets and its length."""
    return configuration[8 : 8 + int.from_bytes(configuration[6:8], "big")]


def _only_slice(access_unit: bytes, length_size: int) -> bytes:
    units = list(_units(access_unit, length_size))
    if [nal_type(unit) for unit in units] != [SLICE]:
        raise NotStill("it does not end in still frames")
    return units[0]


def _units(access_unit: bytes, length_size: int) -> Iterator[bytes]:
    at = 0
    while at < len(access_unit):
        begin = at + length_size
        at = begin + int.from_bytes(access_unit[at:begin], "big")
        yield access_unit[begin:at]


def _repeats(key_frame: bytes, access_unit: bytes, configuration: bytes) -> bool:
    """Whether a frame that follows a key frame shows the same picture."""
    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata = configuration
    pictures = [
        frame.to_ndarray()
        for unit in (av.Packet(key_frame), av.Packet(access_unit), None)
        for frame in decoder.decode(unit)
    ]
    return len(pictures) == 2 and np.array_equal(pictures[0], pictures[1])
