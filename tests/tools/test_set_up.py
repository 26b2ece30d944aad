"""The set-up: what it tells a lecturer, and what it hands from pip to uv."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools.installing import commands, debian, packages

SET_UP = Path(__file__).parents[2] / "tools" / "set_up.py"
PIP_SAYS = r"""
global.index-url='https://index.example/simple'
global.extra-index-url='https://a.example/simple\nhttps://b.example/simple'
global.find-links='/wheels /more'
global.timeout='20'
install.timeout='30'
:env:.proxy='http://proxy.example:3128'
:env:.index-url='https://mine.example/simple'
"""


def test_help_sets_nothing_up() -> None:
    done = subprocess.run(
        [sys.executable, str(SET_UP), "--help"], capture_output=True, text=True, check=True
    )

    assert "usage:" in done.stdout
    assert done.stderr == ""


def test_uv_is_told_what_pip_is_told() -> None:
    settings = packages.uv_settings(packages.pip_options(PIP_SAYS))

    assert settings["UV_DEFAULT_INDEX"] == "https://mine.example/simple"
    assert settings["UV_INDEX"] == "https://a.example/simple https://b.example/simple"
    assert settings["UV_FIND_LINKS"] == "/wheels,/more"
    assert settings["UV_HTTP_TIMEOUT"] == "30"
    assert settings["HTTPS_PROXY"] == "http://proxy.example:3128"


def test_without_a_configuration_uv_keeps_its_own_index() -> None:
    assert "UV_DEFAULT_INDEX" not in packages.uv_settings(packages.pip_options(""))


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        (1, "OSError: [Errno 28] No space left on device", "found no room"),
        # pip words a full TMPDIR as a broken connection.
        (1, "connection broken: OSError(28, 'No space left on device')", "found no room"),
        (2, "error: Failed to fetch\n  Caused by: dns error", "could not reach the package index"),
        (-signal.SIGKILL, "", "ended by SIGKILL"),
        (1, "error: no such extra", "its reason stands above"),
    ],
)
def test_a_failure_is_told_by_its_cause(code: int, said: str, told: str) -> None:
    assert told in commands.explain("uv", code, said)


def test_a_full_folder_is_told_though_the_program_kept_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commands, "TOO_LITTLE", float("inf"))

    assert "found no room" in commands.explain("venv", 1, "ensurepip failed")


def test_the_python_that_apt_has_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "offers", lambda package: package == "python3.11-venv")

    assert debian.advise_python() == "sudo apt-get install python3.11-venv python3.11-dev"


def test_modules_from_pythonpath_reach_no_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/ros/lib")

    assert "PYTHONPATH" not in commands.environment()


@pytest.mark.skipif(os.name == "nt", reason="apt is of Debian and Ubuntu")
def test_ctrl_c_waits_for_apt(tmp_path: Path) -> None:
    done = tmp_path / "done"
    apt = "import time, pathlib; print('at work', flush=True); time.sleep(1)"
    apt += f"; pathlib.Path({str(done)!r}).touch()"
    code = "import sys; from tools.installing.debian import call_to_its_end\n"
    code += f"call_to_its_end([sys.executable, '-c', {apt!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=SET_UP.parents[1],
        stderr=subprocess.PIPE,
        process_group=0,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "at work\n"
        os.killpg(process.pid, signal.SIGINT)
        stderr = process.communicate()[1]

    assert done.exists()
    assert process.returncode != 0
    assert "as soon as it is done" in stderr


def test_the_editable_install_is_a_relative_path_in_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "课程"
    site = checkout / ".venv/lib/site-packages"
    site.mkdir(parents=True)
    (site / "_editable_impl_epochreel.pth").write_text(str(checkout), encoding="utf-8")
    monkeypatch.setattr(packages, "ROOT", checkout)
    monkeypatch.setattr(packages.sysconfig, "get_path", lambda *_: str(site))

    packages.point_to_the_checkout()

    line = (site / "_editable_impl_epochreel.pth").read_text(encoding="ascii").strip()
    assert (site / line).resolve() == checkout
