"""Real saves, good and bad, and what becomes of them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tools.kill import MARK, Run

pytestmark = [
    pytest.mark.manim,
    pytest.mark.keras,
    pytest.mark.render,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
ROOT = Path(__file__).parents[2]
LECTURE = """
data.file = "samples.csv"
model.layers = [{units = 1}]
training = {epochs = 3, learning_rate = 0.05}
film.shown_epochs = [0, 1]
words.zh = {course = "课程", lesson = "一课"}
words.references = ["A book"]
"""


class Watching:
    """`epochreel watch` at work on a copy of the project, and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = Run(folder, "watched")
        self._said = folder / "said.txt"
        self._read = 0
        for package in ("epochreel", "scenes", "training"):
            shutil.copytree(
                ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        (folder / "samples.csv").write_text("0,1\n1,3\n2,5\n")
        self.save("mine.toml", LECTURE)
        command = ["-m", "epochreel", "watch", "mine.toml", "--only", "title,loss_curve,references"]
        with self._said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=folder,
                stdout=said,
                stderr=said,
                env={**os.environ, MARK: self.run.mark, "PYTHONPATH": str(folder)},
            )

    def save(self, name: str, text: str) -> None:
        """As an editor does: another file, put in the place of the one before."""
        new = self.folder / "new.tmp"
        new.write_text(text, encoding="utf-8")
        new.replace(self.folder / name)

    def until(self, ending: str) -> list[str]:
        """The lines said since the last one asked for, up to one with this in it."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            lines = self._said.read_text(encoding="utf-8").splitlines()
            for number in range(self._read, len(lines)):
                if ending in lines[number]:
                    found, self._read = lines[self._read : number + 1], number + 1
                    return found
            assert self.process.poll() is None, lines
            time.sleep(0.05)
        raise AssertionError(f"{ending!r} was never said: {lines}")


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    started = Watching(tmp_path)
    yield started
    started.process.kill()
    started.process.wait()


FILM = "media/films/mine.zh.draft.only-loss_curve-references-title.mp4"


def test_good_bad_and_good_again(watching: Watching) -> None:
    first = watching.until("; film:")
    assert f"epochreel: trained; drew 4 of 4 clips ({seconds(first[-1])} s); film: {FILM}" in first
    assert any("what changed first" in line and ".only-title.mp4" in line for line in first)
    film = watching.folder / FILM
    before = film.read_bytes()

    # A word: the one clip that shows it, nothing trained.
    watching.save("mine.toml", LECTURE.replace("A book", "Another book"))
    assert "drew 1 of 4 clips" in watching.until("; film:")[-1]
    assert film.read_bytes() != before

    # A mistake is said, and the film stays.
    before = film.read_bytes()
    watching.save("mine.toml", LECTURE.replace("learning_rate", "learning_rte"))
    assert "Did you mean 'learning_rate'?" in watching.until("has no setting")[-1]
    assert film.read_bytes() == before

    # A setting and the data train again.
    watching.save("mine.toml", LECTURE.replace("0.05", "0.01"))
    assert "trained; drew 3 of 4 clips" in watching.until("; film:")[-1]
    watching.save("samples.csv", "0,1\n1,3\n2,6\n")
    assert "trained; drew 3 of 4 clips" in watching.until("; film:")[-1]
    watching.save("samples.csv", "0,1\n1,nan\n")
    watching.until("line 2")
    watching.save("samples.csv", "0,1\n1,3\n2,6\n")
    watching.until("nothing to do")

    # A scene: its clips, by processes that load it anew; also after a mistake in it.
    code = (watching.folder / "scenes" / "references.py").read_text(encoding="utf-8")
    watching.save("scenes/references.py", code.replace("def beats", "def beats(self):\n  !"))
    watching.until("The code of scenes.references cannot be read, line")
    watching.save("scenes/references.py", code + "# Something else.\n")
    assert "drew 1 of 4 clips" in watching.until("; film:")[-1]

    # Code that the watching process has loaded itself.
    code = (watching.folder / "scenes/drawing/title_page.py").read_text(encoding="utf-8")
    watching.save("scenes/drawing/title_page.py", code + "# Something else.\n")
    watching.until("starting anew")
    assert "drew 1 of 4 clips" in watching.until("; film:")[-1]

    os.kill(watching.process.pid, signal.SIGINT)
    assert watching.process.wait(30) == 130
    assert watching.until("stopped")
    assert watching.run.seconds_alive(5) < 5
    with suppress(FileNotFoundError):
        assert not list(watching.folder.glob("media/.run-*"))


def test_what_is_saved_while_a_film_is_made_ends_that(watching: Watching) -> None:
    watching.until("watching")
    while not list(watching.folder.glob("media/clips/*.mp4")):
        time.sleep(0.01)
    watching.save("mine.toml", LECTURE.replace("一课", "二课"))

    said = watching.until("; film:")

    assert sum("; film:" in line for line in said) == 1
    assert not any("Traceback" in line for line in said)
    watching.save("mine.toml", LECTURE.replace("一课", "二课") + "# a comment\n")
    watching.until("nothing to do")


def seconds(line: str) -> str:
    return line.partition("(")[2].partition(" s)")[0]
