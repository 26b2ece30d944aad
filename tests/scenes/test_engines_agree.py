"""Every frame of every beat is the same from the engine and from Manim's own renderer."""

from pathlib import Path

import numpy as np
import pytest
from manim import Scene, tempconfig

from epochreel.record.view import Show, View
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.render import load_scene
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import show_for
from tests.scenes.engine.frames import SMALL, fast_frames, largest_difference, manim_frames

pytestmark = [pytest.mark.manim, pytest.mark.render]
PAGE = {**SMALL, "pixel_width": 640, "pixel_height": 360, "frame_rate": 3}


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_engines_agree(entry: SceneCode, theme: str, tmp_path: Path) -> None:
    show = show_for(entry, a_record(epochs=(0, 1, 2, 40)), "zh", theme)
    ours, theirs = drawn_by_both(entry, show, tmp_path)

    assert len(ours) == len(theirs) > 3
    assert largest_difference(ours, theirs) < 0.5


def drawn_by_both(
    entry: SceneCode, show: Show, folder: Path
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """All frames of a scene, from the engine and from Manim."""
    scene_class = load_scene(entry)

    def stage(renderer: object) -> Scene:
        return scene_class(
            View(show, scene_class.reads),
            language=show.language,
            theme=show.theme,
            renderer=renderer,
        )

    with tempconfig({**PAGE, "media_dir": str(folder)}):
        return fast_frames(stage), manim_frames(stage)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fit", "two classes"),
        ("fit", "ten classes"),
        ("fit", "overfitting"),
        ("fit", "named columns"),
        ("loss_curve", "two classes"),
        ("compare", "two classes"),
        ("compare", "ten classes"),
    ],
)
def test_engines_agree_on_classes_and_validation(name: str, kind: str, tmp_path: Path) -> None:
    entry = shipped()[name]
    record = a_record(**RECORDS[kind])
    show = show_for(entry, record, "en", "night", runs=COMPARED.get(kind, ()))
    ours, theirs = drawn_by_both(entry, show, tmp_path)

    assert len(ours) == len(theirs) > 3
    assert largest_difference(ours, theirs) < 0.5
