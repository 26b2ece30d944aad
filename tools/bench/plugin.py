"""Scenes like those of Manim's documentation, by Manim and with the plugin."""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from .measure import HERE, Command, Measured, Setting, run
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
AGAINST = "Manim"
# What is measured of a render, with the unit, and what the median of all scenes should come to.
FIRST, AGAIN, SIZE = ("", "s", ">= 2.5, aim 4"), (", unchanged", "s", ">= 1"), (", size", "MB", "")


def plugin_rows(setting: Setting) -> Iterator[Row]:
    """Each scene's time, that of a run with nothing changed, and its size; then the medians."""
    ratios: dict[tuple[str, str, str], list[float]] = {FIRST: [], AGAIN: [], SIZE: []}
    for scene in SCENES:
        # In turns, so that both meet the machine in the same state.
        runs = [
            [_renders(setting, scene, own) for own in (False, True)] for _ in range(setting.runs)
        ]
        for of, (kind, values) in enumerate(ratios.items()):
            theirs, ours = (median(run[own][of] for run in runs) for own in (False, True))
            row = _row(setting, scene, kind, ours, theirs)
            assert row.ratio
            values.append(row.ratio)
            yield row
    for kind, values in ratios.items():
        what, _, target = kind
        note = f"from {min(values):.2f} to {max(values):.2f}"
        every = f"median of the {len(SCENES)} scenes{what}"
        yield Row(every, median(values), "", target=target or "<= 1.3", note=note)


def _row(
    setting: Setting, scene: str, kind: tuple[str, str, str], ours: float, theirs: float
) -> Row:
    what, unit, _ = kind
    ratio = ours / theirs if kind is SIZE else theirs / ours
    target = "<= 1.3" if kind is SIZE else ">= 1"
    runs = (setting.runs, setting.runs)
    return Row(f"{scene}{what}", ours, unit, AGAINST, theirs, ratio, target, runs)


def _renders(setting: Setting, scene: str, own: bool) -> tuple[float, float, float]:
    """Seconds of a scene's first render and of the next one, and the film's size in MB."""
    folder = setting.new_folder()
    first, again = (_render(setting, scene, own, folder) for _ in range(2))
    (film,) = folder.glob(f"media/videos/**/{scene}.mp4")
    return first.seconds, again.seconds, film.stat().st_size / 1e6


def _render(setting: Setting, scene: str, own: bool, folder: Path) -> Measured:
    video = setting.video
    command: Command = [sys.executable, "-m", *(["epochreel"] if own else []), "manim", "render"]
    # Silent: it asks no server for a newer release.
    options = ["--silent", "-r", f"{video.width},{video.height}", "--fps", str(video.frame_rate)]
    return run([*command, *options, HERE / "manim_scenes.py", scene], folder)
