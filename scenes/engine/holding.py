"""Still frames for the end of a finished clip, without encoding: its last one again and again.

A clip that ``SegmentEncoder`` wrote ends in frames that show the one before once more. They
differ in ``frame_num`` alone, so that the last of them, counted on, holds the picture for as
long as need be. Access units are those of an MP4: each NAL unit behind its length in bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import av
import numpy as np

from .h264 import SLICE, frame_num, frame_num_bits, is_chain, nal_type, numbered


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
    if len(packets) < 3 or not configuration.startswith(b"\x01"):
        raise NotStill("it is no H.264 clip of three frames or more")
    length_size, sps = (configuration[4] & 3) + 1, _parameter_set(configuration)
    if not is_chain(sps):
        raise NotStill("its frames refer to others than the one before")
    width = frame_num_bits(sps)
    before, last = (_only_slice(bytes(packet), length_size) for packet in packets[-2:])

    def counted(number: int) -> bytes:
        unit = numbered(last, number, width)
        return len(unit).to_bytes(length_size, "big") + unit

    # That two frames agree is no proof: a steady fade takes the same step again and again. A
    # frame of no steps repeats whatever it is put behind, such as the clip's first picture.
    same = numbered(before, 0, width) == numbered(last, 0, width)
    if not same or not _repeats(bytes(packets[0]), counted(1), configuration):
        raise NotStill("it does not end in still frames")
    number = frame_num(last, width)
    return [counted(number + step) for step in range(1, count + 1)]


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
