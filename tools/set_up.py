"""Set up epochreel: missing system libraries, then `.venv` with the pinned Python packages.

    python3 tools/set_up.py

`make setup`, `make film` and `make test` call it; it does nothing where all is done. Standard
library only, and written so that an old Python can still run it and say which one it needs.
pip and apt are used as this machine has them configured.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.stamp"  # written last: where it stands, the set-up came to its end
PYTHONS = ((3, 12), (3, 13), (3, 11))  # those TensorFlow has builds for, in order of preference

# How pip words that it reached nobody; its last line then says something else.
UNREACHABLE = re.compile(
    r"connection broken|establish a new connection|name resolution|Network is unreachable"
    r"|timed out|ProxyError|Could not fetch URL",
    re.IGNORECASE,
)


class SetUpError(Exception):
    """What stopped the set-up and what to do about it."""


def main() -> int:
    """Run the set-up; return the exit code."""
    try:
        if sys.version_info[:2] not in PYTHONS:
            return run_with_another_python()
        set_up()
    except SetUpError as error:
        say(f"\nset-up stopped: {error}")
        return 2
    except KeyboardInterrupt:
        say("\nset-up interrupted; run it again to go on.")
        return 130
    return 0


def set_up() -> None:
    """Bring the machine and `.venv` to what pyproject.toml and constraints.txt ask for."""
    started = time.monotonic()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint():
        STAMP.touch()  # newer than its sources again, for make
        say("epochreel is set up in .venv")
        return
    say("[1/3] system libraries")
    provide_system_libraries()
    say("[2/3] virtual environment .venv")
    provide_venv()
    say("[3/3] Python packages (about 500 MB the first time)")
    install_packages()
    STAMP.write_text(fingerprint(), encoding="utf-8")
    say(f"epochreel is set up in .venv ({time.monotonic() - started:.0f} s)")


def say(message: str) -> None:
    """Tell the user on stderr: stdout belongs to the film's path."""
    print(message, file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Name what a set-up depends on: the two files, the folder and the Python."""
    sources = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    digest = hashlib.sha256(sources).hexdigest()
    return f"{digest}\n{ROOT}\n{sys.version_info[0]}.{sys.version_info[1]}\n"


def run_with_another_python() -> int:
    """Hand over to a Python that will do, if this machine has one."""
    for major, minor in PYTHONS:
        found = shutil.which(f"python{major}.{minor}")
        if found and succeeds([found, "--version"]):
            return subprocess.call([found, str(Path(__file__).resolve())])
    advice = "Install Python 3.12 and run this again."
    if shutil.which("apt-get"):
        advice = "Try: sudo apt-get install python3.12-venv python3.12-dev (or 3.13, or 3.11)"
    here = "{}.{}.{} ({})".format(*sys.version_info[:3], sys.executable)
    raise SetUpError(f"epochreel needs Python 3.11, 3.12 or 3.13; this is {here}.\n{advice}")


def provide_system_libraries() -> None:
    """Install what pycairo and ManimPango, which come as source on Linux, are built with."""
    if sys.platform == "darwin" and not succeeds(["pkg-config", "--exists", "cairo"]):
        raise SetUpError("cairo is missing. Run: brew install cairo pkg-config")
    if not sys.platform.startswith("linux"):
        return
    missing = missing_debian_packages()
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SetUpError(
            "this machine has no apt. Install with its own package manager what these Debian "
            f"packages hold, then run this again: {' '.join(missing)}"
        )
    install_with_apt(missing)


def missing_debian_packages() -> list[str]:
    """List the Debian packages whose content is not on this machine."""
    python = "python{}.{}".format(*sys.version_info[:2])
    there = {
        "make": shutil.which("make"),
        "gcc": shutil.which("cc"),
        "pkg-config": shutil.which("pkg-config"),
        "libcairo2-dev": succeeds(["pkg-config", "--exists", "cairo"]),
        "libpango1.0-dev": succeeds(["pkg-config", "--exists", "pangocairo", "pangoft2"]),
        f"{python}-dev": Path(sysconfig.get_path("include"), "Python.h").exists(),
        f"{python}-venv": importlib.util.find_spec("ensurepip"),
    }
    return [package for package, found in there.items() if not found]


def install_with_apt(packages: list[str]) -> None:
    """Install Debian packages, or say what to type where that takes a password."""
    by_hand = f"sudo apt-get install {' '.join(packages)}"
    if os.geteuid() == 0:
        prefix = []
    elif succeeds(["sudo", "-n", "true"]):
        prefix = ["sudo", "-n"]
    else:
        raise SetUpError(
            f"system libraries are missing, and installing them takes a password. Run\n\n"
            f"    {by_hand}\n\nand then this again."
        )
    say(f"      apt installs {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["--option", "DPkg::Lock::Timeout=120"]  # seconds to wait for another apt
    apt += ["--option", "Dpkg::Use-Pty=0"]
    quiet = subprocess.DEVNULL
    subprocess.call([*apt, "update"], stdin=quiet, stdout=quiet)  # a broken source is no obstacle
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    if subprocess.call(install, stdin=quiet, stdout=sys.stderr):
        raise SetUpError(
            "apt-get could not install them; its reason stands above. Without a network, connect "
            "and run this again; if another program holds apt's lock (an update in the "
            f"background), wait for it to end. By hand:\n\n    {by_hand}"
        )


def provide_venv() -> None:
    """Create `.venv`, or keep it where it runs the same Python from the same place."""
    version = "import sys; print(*sys.version_info[:2], sys.prefix)"
    wanted = "{} {} {}".format(*sys.version_info[:2], VENV)
    if output_of([str(VENV_PYTHON), "-c", version]).strip() != wanted:
        STAMP.unlink() if STAMP.exists() else None
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            raise SetUpError(f"{sys.executable} could not create {VENV}; its reason stands above.")


def install_packages() -> None:
    """Install epochreel, editable, and what it needs at the versions of constraints.txt."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--constraint", "constraints.txt", "--editable", ".[dev]"]
    if not sys.stdout.isatty():
        command.append("--quiet")
    pip = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
    )
    errors = []
    assert pip.stderr is not None
    for line in pip.stderr:
        sys.stderr.write(line)
        errors.append(line)
    if pip.wait() == 0:
        return
    if UNREACHABLE.search("".join(errors)):
        raise SetUpError(
            "pip could not reach its package index. Check the network (and pip's proxy or index "
            "settings), then run this again."
        )
    raise SetUpError("pip could not install the packages; its reason stands above.")


def succeeds(command: list[str]) -> bool:
    """Whether a command exists and ends with 0."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def output_of(command: list[str]) -> str:
    """What a command prints, or nothing where it cannot run."""
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
