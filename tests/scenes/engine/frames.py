"""Frames: of a scene rendered with Manim's renderer and with the fast one, and of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from manim import CairoRenderer, Scene, tempconfig
from manim.scene.scene_file_writer import SceneFileWriter

from scenes.engine import FastRenderer, FastWriter
from scenes.engine.encoder import Patch

FPS = 10
# A stamped shape is one step of 255 off where cairo and pixman round a half differently.
ONE_STEP = 1
SIZE = (320, 180)
SMALL = {
    "pixel_width": SIZE[0],
    "pixel_height": SIZE[1],
    "frame_rate": FPS,
    "disable_caching": True,
    "progress_bar": "none",
    "verbosity": "WARNING",
}


class ManimFrames(SceneFileWriter):
    """Keeps every picture as Manim hands it to its encoder."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.frames: list[np.ndarray] = []

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.frames += [pixels] * repeat


class FastFrames(FastWriter):
    """Puts every picture together from the patches that the encoder would get."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.frames: list[np.ndarray] = []
        self.pixels_sent: list[int] = []

    def write_change(self, picture: np.ndarray, boxes: list, repeat: int) -> None:
        frame = self.frames[-1].copy() if self.frames else picture.copy()
        for patch in (Patch.cut(picture, box) for box in boxes):
            left, top, right, bottom = patch.box
            frame[top:bottom, left:right] = patch.pixels[top - patch.top :][: bottom - top]
        self.pixels_sent.append(sum((b[2] - b[0]) * (b[3] - b[1]) for b in boxes))
        self.frames += [frame] * repeat

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.frames += [pixels] * repeat


class ManimRenderer(CairoRenderer):
    """Manim's own, with the camera that the scene would have given it."""

    def init_scene(self, scene: Scene, *args: Any) -> None:
        self.camera = scene.camera_class()
        super().init_scene(scene, *args)


def manim_frames(scene_class: type[Scene]) -> list[np.ndarray]:
    """All frames, RGBA, shape (height, width, 4), drawn by Manim."""
    return render(scene_class, ManimRenderer(ManimFrames))


def fast_frames(scene_class: type[Scene]) -> list[np.ndarray]:
    """All frames, RGBA, shape (height, width, 4), drawn by the engine."""
    return render(scene_class, FastRenderer(FastFrames))


def render(scene_class: type[Scene], renderer: CairoRenderer) -> list[np.ndarray]:
    """All frames that reach the writer of ``renderer``; no file is written."""
    with tempconfig({"dry_run": True}):
        scene = scene_class(renderer=renderer)
        scene.render()
    return scene.renderer.file_writer.frames


def largest_difference(ours: list[np.ndarray], theirs: list[np.ndarray]) -> float:
    """The mean absolute difference, of 255, in the frame where it is largest."""
    assert len(ours) == len(theirs)
    return max(
        float(np.abs(one.astype(int) - other).mean())
        for one, other in zip(ours, theirs, strict=True)
    )


def worst_pixel(ours: list[np.ndarray], theirs: list[np.ndarray]) -> int:
    """The largest difference, of 255, that any pixel of any frame has."""
    assert len(ours) == len(theirs)
    return max(
        int(np.abs(one.astype(int) - other).max()) for one, other in zip(ours, theirs, strict=True)
    )


def decoded(path: Path) -> list[tuple[float, npt.NDArray[np.uint8]]]:
    """When each picture of a file begins, in seconds, and its RGBA pixels."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        # libav's own VP9 decoder does not read alpha.
        name = "libvpx-vp9" if path.suffix == ".webm" else stream.codec_context.name
        decoder = av.CodecContext.create(name, "r")
        if stream.codec_context.extradata:
            decoder.extradata = stream.codec_context.extradata
        frames = [
            frame
            for packet in container.demux(stream)
            for frame in decoder.decode(packet if packet.size else None)
        ]
        return [
            (float(frame.pts * stream.time_base), frame.to_ndarray(format="rgba"))
            for frame in frames
        ]
