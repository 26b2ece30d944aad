"""Putting frames that only repeat the one before into a finished H.264 stream.

A P frame whose macroblocks are all skipped decodes to an exact copy of its reference. It
holds some twenty bytes, and no picture has to be searched to write it. Put between frames
that an encoder wrote, it shifts the counter ``frame_num`` of all that follow, so that
field is renumbered. Section numbers refer to Rec. ITU-T H.264.
"""

from __future__ import annotations

import re
from itertools import pairwise

IDR_SLICE, SLICE, PARAMETERS = 5, 1, 7
# A slice's first fields (first macroblock, slice type, parameter set) and frame_num lie within
# this many bytes after the unit's own header byte (7.3.3).
HEAD = 8

_START = re.compile(rb"\x00\x00\x00?\x01")
_NEEDS_ESCAPE = re.compile(rb"\x00\x00(?=[\x00-\x03])")
# Profiles whose parameter set tells the chroma format and bit depths first (7.3.2.1.1).
_HIGH_PROFILES = (100, 110, 122, 244)


def nal_type(unit: bytes) -> int:
    """What a NAL unit holds: IDR_SLICE, SLICE, PARAMETERS or another (table 7-1)."""
    return unit[0] & 31


def split(stream: bytes) -> list[bytes]:
    """The NAL units of a byte stream, without start codes (annex B)."""
    marks = [(mark.start(), mark.end()) for mark in _START.finditer(stream)]
    marks.append((len(stream), len(stream)))
    return [stream[begin:end] for (_, begin), (end, _) in pairwise(marks)]


def join(units: list[bytes]) -> bytes:
    """NAL units as a byte stream with start codes."""
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units)


class FrameNumbers:
    """Counts reference frames in decoding order and writes the count into their slices.

    Made for streams in which every frame is one slice and refers to the frame before,
    as x264 writes them with one thread, one reference and no B frames.

    Parameters
    ----------
    parameter_sets
        The stream's parameter sets as a byte stream; the first tells the field's width.
    """

    def __init__(self, parameter_sets: bytes) -> None:
        sps = next(unit for unit in split(parameter_sets) if nal_type(unit) == PARAMETERS)
        self._width = frame_num_bits(sps)
        self._next = 0

    def renumber(self, access_unit: bytes) -> bytes:
        """The same frame with the ``frame_num`` of its new place in the stream (7.4.3)."""
        units = split(access_unit)
        for index, unit in enumerate(units):
            if nal_type(unit) == IDR_SLICE:
                self._next = 1
            elif nal_type(unit) == SLICE:
                units[index] = numbered(unit, self._next, self._width)
                self._next += 1
        return join(units)


def numbered(slice_unit: bytes, number: int, width: int) -> bytes:
    """A slice with another ``frame_num``, a field of ``width`` bits that wraps around."""
    payload = _unescaped(slice_unit)
    bits = _at_frame_num(payload)
    head = bits.replaced(width, number % (1 << width))
    return _escaped(payload[:1] + head + payload[1 + HEAD :])


def frame_num(slice_unit: bytes, width: int) -> int:
    """The ``frame_num`` of a slice, a field of ``width`` bits."""
    return _at_frame_num(_unescaped(slice_unit)).fixed(width)


def _at_frame_num(payload: bytes) -> Bits:
    bits = Bits(payload[1 : 1 + HEAD])
    for _ in range(3):
        bits.unsigned()
    return bits


class Bits:
    """Reads bits, most significant first."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        self._text = "".join(f"{byte:08b}" for byte in data)
        self._at = 0

    def fixed(self, width: int) -> int:
        self._at += width
        return int(self._text[self._at - width : self._at], 2)

    def unsigned(self) -> int:
        """An Exp-Golomb number: as many zeros as digits follow the leading one (9.1)."""
        zeros = self._text.index("1", self._at) - self._at
        self._at += zeros
        return self.fixed(zeros + 1) - 1

    def replaced(self, width: int, value: int) -> bytes:
        """All the data with ``value`` in the ``width`` bits at the reading place."""
        text = self._text[: self._at] + f"{value:0{width}b}" + self._text[self._at + width :]
        return int(text, 2).to_bytes(self._size, "big")


def frame_num_bits(sps: bytes) -> int:
    """Width of ``frame_num`` in bits from a sequence parameter set (7.3.2.1.1)."""
    return _at_frame_num_bits(sps).unsigned() + 4


def is_chain(sps: bytes) -> bool:
    """Whether every frame is shown when it is decoded and refers to the one before alone."""
    bits = _at_frame_num_bits(sps)
    bits.unsigned()  # log2_max_frame_num_minus4
    in_order = bits.unsigned() == 2  # pic_order_cnt_type; the others have fields behind them
    return in_order and bits.unsigned() == 1  # max_num_ref_frames


def _at_frame_num_bits(sps: bytes) -> Bits:
    sps = _unescaped(sps)
    bits = Bits(sps[4:])
    bits.unsigned()  # seq_parameter_set_id
    if sps[1] in _HIGH_PROFILES:
        bits.unsigned()  # chroma_format_idc, 4:2:0 here
        bits.unsigned()  # luma bit depth
        bits.unsigned()  # chroma bit depth
        bits.fixed(1)  # lossless transform bypass
        if bits.fixed(1):
            raise ValueError("H.264 stream with scaling matrices cannot be renumbered")
    return bits


def _unescaped(unit: bytes) -> bytes:
    return unit.replace(b"\x00\x00\x03", b"\x00\x00")


def _escaped(payload: bytes) -> bytes:
    """With an emulation prevention byte wherever a start code would appear (7.4.1)."""
    return _NEEDS_ESCAPE.sub(b"\x00\x00\x03", payload)
