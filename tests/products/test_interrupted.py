"""Killed or stopped at any moment: nothing half-made is used, and nothing is left over."""

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tools.kill import Run, killed_after, reference

pytestmark = [
    pytest.mark.manim,
    pytest.mark.keras,
    pytest.mark.render,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
RANDOM = random.Random()
SHARES = [(at + RANDOM.random()) / 5 for at in range(5)]  # a moment in each fifth of the run


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    return reference(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.parametrize("number", range(len(SHARES)))
def test_after_a_kill_the_next_run_gives_the_same_film(
    number: int, undisturbed: tuple[dict[str, str], float], tmp_path: Path
) -> None:
    whole, seconds = undisturbed
    moment = SHARES[number] * seconds

    run, _ = killed_after(tmp_path, moment, whole_group=number % 2 == 0)

    assert run.alive() == [], f"killed after {moment} s"
    run.finish()
    assert run.left() == whole, f"killed after {moment} s"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "term"]
)
@pytest.mark.parametrize("sign", ["media/.run-*", "media/.run-*/*/videos"], ids=["early", "late"])
def test_stopping_is_one_message_and_leaves_nothing_behind(
    number: int, code: int, sign: str, tmp_path: Path
) -> None:
    run = Run.new(tmp_path)
    process = run.start()
    while process.poll() is None and not appeared(run.folder, sign):
        pass
    time.sleep(0.3)

    os.kill(process.pid, number)
    _, said = process.communicate(timeout=60)

    assert process.returncode == code
    assert said.startswith("epochreel: stopped.") and said.count("\n") == 1
    assert run.alive() == []
    assert not [
        name for name in run.left() if Path(name).suffix not in (".json", ".mp4", ".manifest")
    ]
    assert not list(run.folder.glob("media/.run-*"))


def appeared(folder: Path, sign: str) -> bool:
    with suppress(FileNotFoundError):  # another folder went while this one was looked for
        return any(folder.glob(sign))
    return False
