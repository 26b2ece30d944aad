"""README: its commands are run, in order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from epochreel.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.manim
@pytest.mark.keras
@pytest.mark.docs
def test_commands_run_as_written(tmp_path: Path) -> None:
    (tmp_path / "scenes").symlink_to(ROOT / "scenes")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    for line in "".join(BLOCKS).splitlines():
        done = subprocess.run(
            line,
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"

    films = {film.name for film in tmp_path.rglob("*.mp4")}
    assert {"loss_function.zh.mp4", "loss_function.en.mp4", "my_lecture.zh.mp4"} <= films
    assert {"clip.mp4", "from_record.mp4", "Epochs.mp4"} <= films


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_it(command: str) -> None:
    assert f"epochreel {command}" in README


def test_its_links_and_pictures_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target
