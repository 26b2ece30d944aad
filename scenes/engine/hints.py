"""What of a picture is new, told to x264, which then leaves all else as it was without a look.

libavcodec has a place for it on a frame (AVVideoHint, `libavutil/video_hint.h`). PyAV fills no such
place, so it is filled by the very library that PyAV has loaded. Where library or frame are not as
they are known here, nothing is told: x264 then finds the same for itself, in more time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import av
import av.frame

if TYPE_CHECKING:
    from .boxes import Box

KNOWN = "18."  # versions of PyAV whose frames lie in memory as is expected below
OPTION = "mb_info"  # of libx264 in libavcodec: heed hints
CHANGED = 1  # the rectangles are what is new, and not what stays
POINTER = ctypes.sizeof(ctypes.c_void_p)


class _Hint(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_size_t),
        ("offset", ctypes.c_size_t),
        ("size", ctypes.c_size_t),
        ("kind", ctypes.c_int),
    )


class _Rectangle(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("x", "y", "width", "height"))


class _Frame(ctypes.Structure):
    """How an AVFrame begins."""

    _fields_ = (
        ("data", ctypes.c_void_p * 8),
        ("linesize", ctypes.c_int * 8),
        ("extended_data", ctypes.c_void_p),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
    )


def options() -> dict[str, str]:
    """What makes libx264 heed hints; nothing where none can be given."""
    return {OPTION: "1"} if _library() else {}


def tell_changed(frame: av.VideoFrame, boxes: Sequence[Box]) -> None:
    """Say that a frame is new in these boxes, and all else as in the frame before it."""
    if not (create := _library()):
        return
    address = create(_place_of(frame), len(boxes))
    hint = _Hint.from_address(address)
    hint.kind = CHANGED
    for at, (left, top, right, bottom) in enumerate(boxes):
        rectangle = _Rectangle.from_address(address + hint.offset + at * hint.size)
        rectangle.x, rectangle.y = left, top
        rectangle.width, rectangle.height = right - left, bottom - top


@cache
def _library() -> Callable[[int, int], int] | None:
    """`av_video_hint_create_side_data`, if it is there and frames are as expected."""
    if not av.__version__.startswith(KNOWN):
        return None
    try:
        create = ctypes.CDLL(av.frame.__file__).av_video_hint_create_side_data
    except (OSError, AttributeError):
        return None
    create.argtypes, create.restype = (ctypes.c_void_p, ctypes.c_size_t), ctypes.c_void_p
    frame = av.VideoFrame(64, 32, "yuv420p")
    head = _Frame.from_address(_place_of(frame))
    is_it = (head.width, head.height, head.data[0]) == (64, 32, frame.planes[0].buffer_ptr)
    return create if is_it else None


def _place_of(frame: av.VideoFrame) -> int:
    """Where its AVFrame is: behind the head of every object and its table of methods."""
    field = id(frame) + object.__basicsize__ + POINTER
    place = ctypes.c_void_p.from_address(field).value
    assert place
    return place
