"""Every frame of every beat is the same from the engine and from Manim's own renderer."""

from pathlib import Path

import pytest
from manim import Scene, tempconfig

from epochreel.record.view import View
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.render import load_scene
from tests.records import a_record
from tests.scenes.conftest import show_for
from tests.scenes.engine.frames import SMALL, fast_frames, largest_difference, manim_frames

pytestmark = [pytest.mark.manim, pytest.mark.render]
PAGE = {**SMALL, "pixel_width": 640, "pixel_height": 360, "frame_rate": 3}


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_engines_agree(entry: SceneCode, theme: str, tmp_path: Path) -> None:
    show = show_for(entry, a_record(epochs=(0, 1, 2, 40)), "zh", theme)
    scene_class = load_scene(entry)

    def stage(renderer: object) -> Scene:
        return scene_class(View(show, scene_class.reads), theme=theme, renderer=renderer)

    with tempconfig({**PAGE, "media_dir": str(tmp_path)}):
        ours, theirs = fast_frames(stage), manim_frames(stage)

    assert len(ours) == len(theirs) > 3
    assert largest_difference(ours, theirs) < 0.5
