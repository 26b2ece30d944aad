"""README: its commands are run, in order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from epochreel.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.manim
@pytest.mark.keras
@pytest.mark.docs
@pytest.mark.timeout(900)  # a quarter of an hour for what a reader does in many
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
    lecture = {"loss_function.zh.draft.mp4", "my_lecture.zh.draft.mp4", "compare.zh.draft.mp4"}
    assert lecture <= films
    assert {"from_record.mp4", "Epochs.mp4"} <= films
    assert {film for film in films if ".night." in film}
    assert {film for film in films if ".sweep-" in film}
    assert len([*tmp_path.glob("clips/*.webm")]) == 2
    assert {"loss_function.zh.draft.only-fit.narrated.mp4"} <= films
    assert (tmp_path / "deck.pptx").stat().st_size > 1_000_000
    assert (tmp_path / "media/stills/loss_function.zh.only-epochs-fit/contact-sheet.png").is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_it(command: str) -> None:
    assert f"epochreel {command}" in README


def test_its_links_and_pictures_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target


@pytest.mark.parametrize(
    "line",
    [
        line
        for page in DOCS
        for line in re.findall(r"^epochreel .+$", page.read_text("utf-8"), flags=re.MULTILINE)
    ],
)
def test_commands_in_the_docs_are_ones_that_there_are(line: str) -> None:
    _, name, *arguments = line.split()
    command = main.get_command(click.Context(main), name)
    assert command, line
    command.make_context(name, arguments)


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_links_and_pictures_of_the_docs_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target
