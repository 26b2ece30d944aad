"""Saves are heard of, in whichever way an editor saves."""

import time
from pathlib import Path

import pytest

from epochreel.cli.saves import Saves


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    path = tmp_path / "lecture.toml"
    path.write_text("1")
    return path


def until_listening(saves: Saves, path: Path) -> None:
    """Save until the first save is heard; a thread has to start before."""
    while not saves.pending:
        path.touch()
        time.sleep(0.05)
    time.sleep(0.2)
    saves.wait()


@pytest.mark.parametrize("way", ["in place", "another in its place", "away and back"])
def test_a_save_is_heard(way: str, watched: Path) -> None:
    with Saves() as saves:
        saves.of([watched])
        until_listening(saves, watched)
        if way == "in place":
            watched.write_text("2")
        elif way == "away and back":
            watched.unlink()
            watched.write_text("2")
        else:
            (watched.parent / "new").write_text("2")
            (watched.parent / "new").replace(watched)
        assert saves.wait() == {watched}


def test_other_files_are_not_heard_until_they_are_asked_for(watched: Path) -> None:
    other, folder = watched.with_name("other.toml"), watched.parent / "data"
    folder.mkdir()
    with Saves() as saves:
        saves.of([watched])
        until_listening(saves, watched)
        other.write_text("1")
        watched.write_text("2")
        assert saves.wait() == {watched}

        saves.of([other, folder / "samples.csv"])
        until_listening(saves, folder / "samples.csv")
        watched.write_text("3")
        other.write_text("2")
        assert saves.wait() == {other}


def test_a_link_is_followed(watched: Path) -> None:
    link = watched.parent / "links" / "link.toml"
    link.parent.mkdir()
    link.symlink_to(watched)
    with Saves() as saves:
        saves.of([link])
        until_listening(saves, watched)
        watched.write_text("2")
        assert saves.wait() == {watched}
