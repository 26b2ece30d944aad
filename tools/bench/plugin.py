"""Scenes like those of Manim's documentation, by Manim and with the plugin."""

import sys
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from .measure import HERE, Command, Setting, run
from .report import Row

SCENES = (
    "OpeningManim",
    "MovingAround",
    "SineCurveUnitCircle",
    "PointWithTrace",
    "BooleanOperations",
    "MovingAngle",
    "ArgMinExample",
    "FollowingGraphCamera",
    "MovingDots",
    "ThreeDCameraRotation",
)


class Kind(NamedTuple):
    """What is measured of a render, its unit, and what it and the median should come to."""

    what: str
    unit: str
    target: str
    median: str


FIRST = Kind("", "s", ">= 1", ">= 2.5, aim 4")
BUSY = Kind(", processors", "s", "", "")
AGAIN = Kind(", unchanged", "s", ">= 1", ">= 1")
SIZE = Kind(", size", "MB", "<= 1.3", "<= 1.3")
KINDS = (FIRST, BUSY, AGAIN, SIZE)


def plugin_rows(setting: Setting) -> Iterator[Row]:
    """Each scene's time, that of a run with nothing changed, and its size; then the medians."""
    ratios: dict[Kind, list[float]] = {kind: [] for kind in KINDS}
    for scene in SCENES:
        # In turns, so that both meet the machine in the same state.
        turns = [
            [_render(setting, scene, own) for own in (False, True)] for _ in range(setting.runs)
        ]
        for kind in KINDS:
            theirs, ours = (median(turn[own][kind] for turn in turns) for own in (False, True))
            ratio = ours / theirs if kind is SIZE else theirs / ours
            ratios[kind].append(ratio)
            what, runs = f"{scene}{kind.what}", (setting.runs, setting.runs)
            yield Row(what, ours, kind.unit, "Manim", theirs, ratio, kind.target, runs)
    for kind, found in ratios.items():
        note = f"from {min(found):.2f} to {max(found):.2f}"
        what = f"median of the {len(SCENES)} scenes{kind.what}"
        yield Row(what, median(found), "", target=kind.median, note=note)


def _render(setting: Setting, scene: str, own: bool) -> dict[Kind, float]:
    """A scene rendered in a new folder, and once more in the same."""
    folder, video = setting.new_folder(), setting.video
    command: Command = [sys.executable, "-m", *(["epochreel"] if own else []), "manim", "render"]
    # Silent: it asks no server for a newer release.
    options = ["--silent", "-r", f"{video.width},{video.height}", "--fps", str(video.frame_rate)]
    first, again = (
        run([*command, *options, HERE / "manim_scenes.py", scene], folder) for _ in range(2)
    )
    (film,) = folder.glob(f"media/videos/**/{scene}.mp4")
    size = film.stat().st_size / 1e6
    return {FIRST: first.seconds, BUSY: first.busy, AGAIN: again.seconds, SIZE: size}
