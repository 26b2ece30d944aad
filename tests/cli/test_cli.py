"""The command line as a user meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from epochreel.cli import COMMANDS, main
from epochreel.record.file import save_record
from scenes.stage.catalogue import FILM, shipped
from tests.records import a_record

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert f"main {command} [OPTIONS]" in result.stdout
    assert len(result.stdout) > 150


def test_scenes_lists_all() -> None:
    listed = [line.split()[0] for line in run("scenes").stdout.splitlines()]
    # Those that the lecture's film does not show come behind those that it does.
    assert sorted(listed) == sorted(shipped())
    assert listed[: len(FILM)] == [*FILM]
    assert len(listed) == 15


def test_new_writes_a_lecture_that_loads(tmp_path: Path) -> None:
    result = run("new", "my.toml")

    assert result.exit_code == 0
    assert "learning_rate" in (tmp_path / "my.toml").read_text(encoding="utf-8")
    assert "exists already" in run("new", "my.toml").stderr


BROKEN = {
    "unknown setting": (["--set", "training.learning_rte=1"], "Did you mean 'learning_rate'?"),
    "wrong type": (["--set", "training.epochs='many'"], "valid integer"),
    "no samples": (["--set", "data.stop=-20"], "holds no sample"),
    "unknown activation": (["--set", "model.layers=[{units=1, activation='tan'}]"], "'tanh'"),
    "unknown function": (["--set", "data.rule='swish(x)'"], "unknown function 'swish'"),
    "weights of the wrong shape": (
        ["--set", "model.layers=[{units=1, kernel=[[1.0, 2.0]]}]"],
        "1 columns (units)",
    ),
    "targets that are not numbers": (["--set", "data.rule='log(x)'"], "has no value at x = -10"),
    "missing lecture": (["missing.toml"], "There is no lecture"),
    "folder as a lecture": (["."], "is a folder"),
    "missing record": (["--record", "missing.json"], "There is no record"),
    "folder as a record": (["--record", "."], "is a folder"),
    "half a record": (["--record", "half.json"], "not whole JSON"),
    "another schema": (["--record", "other.json"], "no record this version reads"),
    "folder as a film": (["--out", "."], "is a folder"),
    "a film that is no MP4": (["--out", "film.avi"], "must end in .mp4"),
    "unknown scene": (["--record", "run.json", "--only", "epoch"], "There is no scene 'epoch'"),
    "unknown scene, before training": (["--only", "title,epoch"], "There is no scene 'epoch'"),
    "device as a film": (["--out", "dev.mp4"], "is no regular file"),
    "film below a file": (["--out", "run.json/film.mp4"], "cannot be written"),
    "subtitles where a folder is": (["--out", "sub/film.mp4"], "film.vtt is a folder"),
    "endless name": (["x" * 60_000], "File name too long"),
    "emoji": (["--set", "words.zh.course='课程 😀'"], "GRINNING FACE"),
    "endless title": (["--set", f"words.zh.lesson='{'很长的标题' * 60}'"], "Make it shorter"),
}


@pytest.mark.parametrize(("arguments", "message"), BROKEN.values(), ids=BROKEN)
def test_bad_input_gets_one_message_and_leaves_nothing(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    whole = save_record(a_record(samples=3, epochs=(0, 1)), tmp_path / "run.json").read_bytes()
    (tmp_path / "half.json").write_bytes(whole[:500])
    (tmp_path / "other.json").write_text('{"schema": "other/1"}')
    (tmp_path / "dev.mp4").symlink_to("/dev/null")
    (tmp_path / "sub" / "film.vtt").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*.*"))

    result = run("render", *arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("epochreel: ") == 1
    assert len(result.stderr) < 1000
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert sorted(tmp_path.rglob("*.*")) == before


@pytest.mark.manim
@pytest.mark.render
def test_words_are_never_markup(tmp_path: Path) -> None:
    save_record(a_record(samples=3, epochs=(0, 1)), tmp_path / "run.json")
    words = '#read("/etc/passwd") $x$ <b> & {{y}}'

    result = run(
        *("render", "--record", "run.json", "--quality", "draft", "--only", "title"),
        *("--set", f"words.zh.course='{words}'", "--out", "film.mp4"),
    )

    assert result.exit_code == 0, result.stderr
    assert result.stdout == "film.mp4\n"
    assert (tmp_path / "film.mp4").stat().st_size > 1000


@pytest.mark.manim
@pytest.mark.render
def test_a_diverged_run_is_drawn_and_said(tmp_path: Path) -> None:
    save_record(a_record(epochs=(0, 1, 2), growth=30.0, diverged_at=3), tmp_path / "run.json")

    result = run(
        *("render", "--record", "run.json", "--quality", "draft", "--only", "loss_curve"),
        *("--out", "film.mp4"),
    )

    assert result.exit_code == 0, result.stderr
    assert "diverged at epoch 3" in result.stderr


def test_a_store_that_is_a_file_is_said_before_training(tmp_path: Path) -> None:
    (tmp_path / "media").touch()

    result = run("render", "--quality", "draft")

    assert result.exit_code == 2
    assert result.stderr.startswith("epochreel: the film ")
    assert "loss_function.zh.draft.mp4 cannot be written" in result.stderr
    assert (tmp_path / "media").is_file()


def test_the_commands_are_listed_in_whole_words() -> None:
    said = run("--help").stdout
    assert "..." not in said.partition("Commands:")[2]
    assert all(len(line) <= 80 for line in said.splitlines())
    assert said.index("  render ") < said.index("  watch ") < said.index("  doctor ")


@pytest.mark.manim
def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    done = run("render", "--dry-run", "--quality", "draft", "--only", "references")

    assert done.stdout.splitlines() == [
        "media/films/loss_function.zh.draft.only-references.mp4",
        "├── train 500 epochs: not trained yet",
        "├── draw 1 of 1 clip, 2.5 of 2.5 s of film",
        "│   └── references: not drawn yet (references; 2.5 s)",
        "└── join 1 clip",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_of_nothing_is_said() -> None:
    result = run("sweep", "loss_function")
    assert result.exit_code == 2
    assert "Give settings to try" in result.stderr


@pytest.mark.manim
@pytest.mark.render
def test_verbose_prints_each_step_and_debug_the_place_of_an_error(tmp_path: Path) -> None:
    save_record(a_record(samples=3, epochs=(0, 1)), tmp_path / "run.json")
    render = ("render", "--record", "run.json", "--quality", "draft", "--only", "title")

    first, again = run(*render, "--verbose"), run(*render, "--log-level", "info")
    wrong = run(*render, "--record", "missing.json", "--debug")

    steps = [line.partition(" (")[0] for line in first.stderr.splitlines()]
    assert steps == [
        "epochreel: title: planned",
        "epochreel: title/title: drawn",
        "epochreel: joined",
        "epochreel: drew 1 of 1 clips",
    ]
    assert again.stderr == f"epochreel: nothing to do; film: {first.stdout}"
    assert again.stdout == first.stdout
    assert "Traceback" in wrong.stderr
    assert wrong.stderr.splitlines()[-1].startswith("epochreel: There is no record")


def test_a_pipe_that_takes_fewer_characters_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "epochreel", "scenes"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0
    assert b"Epoch by epoch" in done.stdout


def test_clean_says_what_would_go_and_how_much(tmp_path: Path) -> None:
    clip = tmp_path / "media" / "clips" / "old.mp4"
    clip.parent.mkdir(parents=True)
    clip.write_bytes(bytes(1_500_000))

    would = run("clean", "--dry-run")
    assert would.stdout == "media/clips/old.mp4\n"
    assert would.stderr == "epochreel: 1 files, 1.5 MB would go\n"
    assert clip.exists()

    assert run("clean").stderr == "epochreel: 1 files, 1.5 MB removed\n"
    assert not clip.exists()


@pytest.mark.manim
@pytest.mark.render
@pytest.mark.parametrize("kilobytes", [40, 100, 200])
def test_a_full_disk_is_one_message(kilobytes: int, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk here")
    try:
        save_record(a_record(samples=3, epochs=(0, 1)), tmp_path / "run.json")
        os.chdir(disk)
        result = run(
            *("render", "--record", "../run.json", "--quality", "draft", "--jobs", "2"),
            *("--only", "title,data,fit"),
        )
        left = [path.name for path in disk.glob("media/.run-*")]
    finally:
        os.chdir(tmp_path)
        subprocess.run(["umount", str(disk)], check=True)

    assert result.exit_code == 2
    assert result.stderr.startswith("epochreel: the disk is full.")
    assert result.stderr.count("\n") == 1
    assert left == []
