"""One step of epochreel in a process of its own; prints what it took, imports not counted.

    python own_step.py train RECORD.json LECTURE [KEY=VALUE ...]
    python own_step.py load RECORD.json
    python own_step.py build RECORD.json LECTURE

`build` goes through every beat of every scene without drawing a frame.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def train_step(path: Path, lecture: str, *settings: str) -> dict[str, float]:
    """Train a lecture and write its record."""
    from epochreel.lecture.file import load_lecture
    from training.train import quiet_tensorflow, train

    quiet_tensorflow()
    import training.loop  # noqa: F401 (Keras and TensorFlow)

    return {"seconds": seconds(lambda: train(load_lecture(lecture, settings), path))}


def load_step(path: Path) -> dict[str, float]:
    """Read a record and check it."""
    from epochreel.record.file import load_record

    return {"seconds": seconds(lambda: load_record(path))}


def build_step(path: Path, lecture: str) -> dict[str, float]:
    """Build every scene; seconds by name."""
    from epochreel.lecture.file import load_lecture
    from epochreel.lecture.video import QUALITIES
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from scenes.stage.catalogue import film_scenes
    from scenes.stage.render import load_scene, walk, why_not

    show = Show(load_record(path), load_lecture(lecture))
    scenes = film_scenes(show)
    for scene in scenes:
        load_scene(scene)
    return {
        scene.name: seconds(lambda scene=scene: walk(scene, show, QUALITIES["high"]))  # type: ignore[misc]
        for scene in scenes
        if why_not(scene, show) is None
    }


def seconds(step: Callable[[], object]) -> float:
    """How long a call takes."""
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, float]]] = {
        "train": train_step,
        "load": load_step,
        "build": build_step,
    }
    name, record, *more = sys.argv[1:]
    print(json.dumps(steps[name](Path(record), *more)))
