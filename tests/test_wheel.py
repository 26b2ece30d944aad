"""The wheel, in an environment of its own: it has all it needs, and needs no TensorFlow to draw."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from epochreel.record.file import save_record
from tests.records import a_record

ROOT = Path(__file__).parents[1]
TITLE = ["--quality", "draft", "--only", "title"]
WITHOUT_TENSORFLOW = 'import sys\nsys.modules["keras"] = sys.modules["tensorflow"] = None\n'

pytestmark = [pytest.mark.manim, pytest.mark.render]


def run(*command: str | Path, cwd: Path, pythonpath: Path | None = None) -> str:
    """Run a command without the checkout on its path; give what it prints."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if pythonpath:
        env["PYTHONPATH"] = str(pythonpath)
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment with the wheel, and the packages it needs from this one.

    They are found through a .pth file, and .pth files in the folder it names are not read: the
    checkout, editable here, stays out of sight.
    """
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    wheel = next(folder.glob("*.whl"))
    home = folder / "venv"
    venv.create(home, symlinks=os.name != "nt")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home)}))
    packages = sysconfig.get_path("purelib")
    (site / "needed.pth").write_text(f"{packages}\n", encoding="utf-8")
    commands = Path(sysconfig.get_path("scripts", "venv", {"base": str(home)}))
    install = ["install", "--quiet", "--no-index", "--no-deps", "--ignore-installed", wheel]
    run(sys.executable, "-m", "pip", "--python", commands / "python", *install, cwd=folder)
    return commands


@pytest.mark.keras
def test_the_lecture_is_rendered_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    code = "import epochreel, scenes, training; print(*epochreel.__path__, *scenes.__path__)"

    film = run(installed / "epochreel", "render", *TITLE, cwd=tmp_path).strip()

    homes = run(installed / "python", "-c", code, cwd=tmp_path).split()
    assert all(Path(home).is_relative_to(installed.parent) for home in homes)
    assert (tmp_path / film).stat().st_size > 1000


def test_a_record_is_drawn_without_tensorflow(installed: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(WITHOUT_TENSORFLOW, encoding="utf-8")
    save_record(a_record(), tmp_path / "run.json")
    arguments = ["--record", "run.json", "--out", "film.mp4", *TITLE]

    run(installed / "epochreel", "render", *arguments, cwd=tmp_path, pythonpath=blocked)
    checks = run(installed / "epochreel", "doctor", cwd=tmp_path, pythonpath=blocked)

    assert (tmp_path / "film.mp4").stat().st_size > 1000
    assert "ok   keras: not installed" in checks
    with pytest.raises(AssertionError, match="epochreel: Training needs Keras and TensorFlow"):
        run(installed / "epochreel", "train", cwd=tmp_path, pythonpath=blocked)


def test_what_a_talk_is_made_of_is_in_it(installed: Path, tmp_path: Path) -> None:
    code = (
        "from epochreel.products.web.document import asset\n"
        "from epochreel.products.web.talk_page import ASSETS\n"
        "print(all(map(asset, ASSETS)))"
    )
    assert run(installed / "python", "-c", code, cwd=tmp_path) == "True\n"
