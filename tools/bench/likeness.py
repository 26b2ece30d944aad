"""How like the frames of a clip are to the frames that were drawn: SSIM of their luma."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace

from epochreel.lecture.video import Video
from epochreel.record.view import Show, View
from scenes.engine import FastRenderer, FastWriter
from scenes.engine.boxes import Box
from scenes.stage.catalogue import shipped
from scenes.stage.render import load_scene, manim_config

Luma = npt.NDArray[np.float64]
# Every so many frames one is compared: moving and still ones.
STRIDE = 20
WINDOW = 8
LUMA_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


class KeepingWriter(FastWriter):
    """Encodes as ever, and keeps some pictures as they were drawn."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.count = 0
        self.kept: dict[int, Luma] = {}

    def write_change(self, picture: npt.NDArray[Any], boxes: Sequence[Box], repeat: int) -> None:
        """Keep the picture where its turn has come."""
        super().write_change(picture, boxes, repeat)
        frame = -(-self.count // STRIDE) * STRIDE
        if frame < self.count + repeat:
            self.kept[frame] = luma(picture[..., :3])
        self.count += repeat


def likeness(show: Show, video: Video, scene: str, beat: str, folder: Path) -> list[float]:
    """The SSIM of some frames of a beat, decoded from its clip, with the frames as drawn."""
    with manim_config(video, folder):
        renderer = FastRenderer(KeepingWriter)
        scene_class = load_scene(shipped()[scene])
        view = View(show, scene_class.reads)
        stage = scene_class(
            view, language=show.language, theme=show.theme, only=[beat], renderer=renderer
        )
        stage.render()
        writer = renderer.file_writer
    assert isinstance(writer, KeepingWriter)
    frames = enumerate(decoded(Path(writer.movie_file_path)))
    return [
        ssim(writer.kept[number], luma(frame.to_ndarray()))
        for number, frame in frames
        if number in writer.kept
    ]


def decoded(path: Path) -> Iterator[av.VideoFrame]:
    """The frames of a film as RGB, turned back from BT.709 as a player does it."""
    with av.open(path) as container:
        for frame in container.decode(video=0):
            yield frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709)


def luma(picture: npt.NDArray[Any]) -> Luma:
    """Brightness of RGB, 0 to 255."""
    brightness: Luma = picture @ LUMA_WEIGHTS
    return brightness


def mean(values: Luma) -> Luma:
    """Over every window that lies in the picture, by sums from the corner on."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    rows = sums[WINDOW:] - sums[:-WINDOW]
    averages: Luma = (rows[:, WINDOW:] - rows[:, :-WINDOW]) / WINDOW**2
    return averages


def ssim(one: Luma, other: Luma) -> float:
    """Mean structural similarity (Wang et al. 2004) over square windows; 1 is the same."""
    steady, steady_squares = (0.01 * 255) ** 2, (0.03 * 255) ** 2

    mean_one, mean_other = mean(one), mean(other)
    variances = mean(one**2) - mean_one**2 + mean(other**2) - mean_other**2
    covariance = mean(one * other) - mean_one * mean_other
    alike = (2 * mean_one * mean_other + steady) * (2 * covariance + steady_squares)
    scale = (mean_one**2 + mean_other**2 + steady) * (variances + steady_squares)
    return float(np.mean(alike / scale))
