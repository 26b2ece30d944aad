"""The plugin: scenes of one's own draw with the engine, and all else is as with Manim."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from manim import (
    BLUE,
    LEFT,
    RIGHT,
    CairoRenderer,
    Circle,
    Create,
    NumberPlane,
    Scene,
    Square,
    tempconfig,
)

import epochreel.plugin  # noqa: F401 (as Manim loads it where it is installed)

ROOT = Path(__file__).parents[3]
BT709 = 1  # what the engine tags its films with, and Manim does not

SOURCE = """
from manim import *

class First(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.2)

class Steady(Camera):
    pass

class Second(Scene):
    def __init__(self, **options):
        super().__init__(camera_class=Steady, **options)

    def construct(self):
        self.play(Create(Circle()), run_time=0.2)

class Own(Scene):
    def __init__(self, renderer=None):
        super().__init__(renderer=renderer or CairoRenderer())

    def construct(self):
        self.play(Create(Square()), run_time=0.2)
"""


class Everything(Scene):
    """Plays, sections, a sound, a subcaption."""

    def construct(self) -> None:
        square = Square(fill_opacity=1, color=BLUE).shift(2 * LEFT)
        self.add(square)
        self.play(square.animate.shift(RIGHT), run_time=0.5, subcaption="it moves")
        with wave.open("tone.wav", "wb") as tone:
            tone.setparams((1, 2, 8000, 0, "NONE", ""))
            tone.writeframes(bytes(8000))
        self.add_sound("tone.wav")
        self.wait(0.5)
        self.next_section("second")
        self.play(Create(Circle()), run_time=0.5)
        self.next_section("skipped", skip_animations=True)
        self.play(square.animate.shift(RIGHT), run_time=0.5)
        self.next_section("last")
        self.wait(0.5)


def made(folder: Path, **settings: object) -> dict[str, Path]:
    """What a render leaves in an empty folder, by name; a play's own files are nobody's."""
    with tempconfig({"media_dir": str(folder), "disable_caching": False, **settings}):
        Everything().render()
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path
        for path in sorted(files)
        if "partial_movie_files" not in path.parts
    }


def seen(path: Path) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def heard(path: Path) -> float:
    with av.open(path) as container:
        frames = container.decode(audio=0) if container.streams.audio else ()
        return float(sum(frame.samples / frame.sample_rate for frame in frames))


def colours(path: Path) -> int:
    with av.open(path) as container:
        return int(container.streams.video[0].codec_context.colorspace)


# Manim leaves the sound's file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("settings", "by_the_engine"),
    [
        ({}, True),
        ({"save_sections": True}, True),
        ({"disable_caching": True}, True),
        ({"from_animation_number": 1, "upto_animation_number": 2}, True),
        ({"format": "mov"}, True),
        ({"format": "gif"}, False),
        ({"format": "webm"}, False),
        ({"transparent": True}, False),
        ({"pixel_format": "yuv444p"}, False),
        ({"save_last_frame": True}, False),
        ({"format": "png-sequence"}, False),
        ({"dry_run": True}, False),
    ],
    ids=str,
)
def test_leaves_what_manim_leaves(
    settings: dict[str, object], by_the_engine: bool, small: Path
) -> None:
    theirs = made(small / "manim", **settings)
    ours = made(small / "ours", plugins=["epochreel"], **settings)
    assert ours.keys() == theirs.keys()
    assert bool(theirs) != ("dry_run" in settings)
    for name, path in ours.items():
        if path.suffix in (".mp4", ".mov", ".webm", ".gif", ".png"):
            shown, drawn = seen(path), seen(theirs[name])
            assert len(shown) == len(drawn)
            for one, other in zip(shown, drawn, strict=True):
                assert np.abs(one.astype(int) - other).mean() < 2
        if path.suffix == ".mp4":
            assert heard(path) == pytest.approx(heard(theirs[name]), abs=0.1)
        if path.suffix == ".srt":
            assert path.read_text() == theirs[name].read_text()
        if path.suffix in (".mp4", ".mov"):
            assert (colours(path) == BT709) == by_the_engine


class Bending(Scene):
    def construct(self) -> None:
        plane = NumberPlane()
        plane.prepare_for_nonlinear_transform(20)
        self.add(plane)
        bent = plane.animate.apply_function(lambda p: p + np.sin(p[[1, 0, 2]]))
        self.play(bent, run_time=1)


def test_a_film_in_which_all_moves_is_hardly_larger_than_manims(small: Path) -> None:
    sizes = []
    for plugins in ([], ["epochreel"]):
        with tempconfig({"plugins": plugins, "quality": "low_quality", "frame_rate": 30}):
            scene = Bending()
            scene.render()
            sizes.append(scene.renderer.file_writer.final_file_path.stat().st_size)
    theirs, ours = sizes
    assert ours < 1.3 * theirs


def test_a_scene_keeps_the_renderer_it_brings(small: Path) -> None:
    renderer = CairoRenderer()
    with tempconfig({"plugins": ["epochreel"]}):
        assert Everything(renderer=renderer).renderer is renderer


def test_without_being_asked_it_does_nothing(small: Path) -> None:
    assert type(Everything().renderer) is CairoRenderer


def run(*command: str, folder: Path) -> str:
    """What a command says that runs in a folder where Manim finds the plugin installed."""
    installed = folder / "site" / "plugin-1.dist-info"
    installed.mkdir(parents=True, exist_ok=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1\n")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    entries = project["entry-points"]["manim.plugins"]
    lines = [f"{name} = {place}" for name, place in entries.items()]
    (installed / "entry_points.txt").write_text("\n".join(["[manim.plugins]", *lines]))
    path = os.pathsep.join([str(folder / "site"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def films(folder: Path) -> dict[str, bool]:
    """The films that were made, and whether they are the engine's."""
    return {
        path.stem: colours(path) == BT709 for path in folder.glob("media/videos/**/480p15/*.mp4")
    }


def test_manims_own_command_uses_it_where_a_file_of_settings_asks(tmp_path: Path) -> None:
    """Also of a file whose name is that of a package of ours, and all scenes at once."""
    (tmp_path / "scenes.py").write_text(SOURCE)
    draw = ("manim", "-ql", "-a", "--silent", "scenes.py")
    run(*draw, folder=tmp_path)
    assert films(tmp_path) == {"First": False, "Second": False, "Own": False}
    (tmp_path / "manim.cfg").write_text("[CLI]\nplugins = epochreel\n")
    run(*draw, folder=tmp_path)
    assert films(tmp_path) == {"First": True, "Second": True, "Own": False}


def test_a_file_of_settings_elsewhere_asks_as_well(tmp_path: Path) -> None:
    (tmp_path / "scenes.py").write_text(SOURCE)
    (tmp_path / "mine.cfg").write_text("[CLI]\nplugins = epochreel\n")
    run("manim", "-ql", "-c", "mine.cfg", "--silent", "scenes.py", "First", folder=tmp_path)
    assert films(tmp_path) == {"First": True}


def test_the_command_needs_no_file_of_settings(tmp_path: Path) -> None:
    (tmp_path / "scenes.py").write_text(SOURCE)
    said = run(
        *("epochreel", "manim", "-ql", "-v", "DEBUG", "--silent", "scenes.py", "First", "Second"),
        folder=tmp_path,
    )
    assert films(tmp_path) == {"First": True, "Second": True}
    assert said.count("draws with Manim's own Steady") == 1


def test_what_the_engine_does_not_write_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "scenes.py").write_text(SOURCE)
    said = run(
        *("epochreel", "manim", "-ql", "-t", "-v", "DEBUG", "--silent", "scenes.py", "First"),
        folder=tmp_path,
    )
    assert said.count("leaves this to Manim: 854x480 qtrle in argb is not H.264") == 1


def test_is_loaded_without_what_it_may_never_need() -> None:
    strangers = {"keras", "scenes", "scenes.engine", "epochreel.engine", "epochreel.lecture"}
    program = f"import epochreel.plugin, sys; print(*{strangers!r} & {{*sys.modules}})"
    run = [sys.executable, "-c", program]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "\n"
