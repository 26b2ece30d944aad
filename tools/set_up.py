"""Set up epochreel: missing system libraries, then `.venv` with the pinned Python packages.

    python3 tools/set_up.py

`make setup`, `make film` and `make test` call it; it does nothing where all is done. Standard
library only, and written so that an old Python can still run it and say which one it needs.
pip, uv and apt are used as this machine has them configured. To set up with another Python,
remove `.venv` and run this with it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file: tools/ is there

from tools.installing.commands import ROOT, SetUpError, say, succeeds
from tools.installing.debian import advise_python, provide_system_libraries
from tools.installing.packages import VENV, VENV_PYTHON, install_packages, provide_venv

STAMP = VENV / "set-up.stamp"  # written last: where it stands, the set-up came to its end
PYTHONS = ((3, 12), (3, 13), (3, 11))  # those TensorFlow has builds for, in order of preference


def main() -> int:
    """Run the set-up; return the exit code."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    try:
        if is_set_up():
            say("epochreel is set up in .venv")
        elif sys.version_info[:2] in PYTHONS:
            set_up()
        else:
            return run_with_another_python()
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
    say("[1/3] system libraries")
    provide_system_libraries()
    say("[2/3] virtual environment .venv")
    if not can_keep_venv():
        provide_venv()
    STAMP.unlink(missing_ok=True)
    say("[3/3] Python packages (more than 550 MB to download the first time)")
    install_packages()
    STAMP.write_bytes(stamp())
    say(f"epochreel is set up in .venv ({time.monotonic() - started:.0f} s)")


def stamp() -> bytes:
    """Name what a set-up depends on: the Python, the folder and the two files."""
    sources = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    digest = hashlib.sha256(sources).hexdigest()
    version = "{}.{}".format(*sys.version_info[:2])
    return b"\n".join([version.encode(), os.fsencode(ROOT), digest.encode(), b""])


def is_set_up() -> bool:
    """Whether there is nothing to do. Whichever Python asks, `.venv` keeps its own."""
    lines = read_stamp()
    return lines[1:] == stamp().splitlines()[1:] and VENV_PYTHON.exists()


def can_keep_venv() -> bool:
    """Whether `.venv` was completed by this Python in this place, so that the rest can go there.

    What was cut short half-way, or moved here, is made anew.
    """
    works = succeeds([str(VENV_PYTHON), "-m", "pip", "--version"])
    return works and read_stamp()[:2] == stamp().splitlines()[:2]


def read_stamp() -> list[bytes]:
    """Read what the last complete set-up left: three lines, or none."""
    return STAMP.read_bytes().splitlines() if STAMP.exists() else []


def run_with_another_python() -> int:
    """Hand over to a Python that will do, if this machine has one."""
    for major, minor in PYTHONS:
        found = shutil.which(f"python{major}.{minor}")
        if found and succeeds([found, "--version"]):
            return subprocess.call([found, str(Path(__file__).resolve())])
    advice = "Install Python 3.12 and run this again."
    if shutil.which("apt-get"):
        advice = f"Try: {advise_python()}"
    here = "{}.{}.{} ({})".format(*sys.version_info[:3], sys.executable)
    raise SetUpError(f"epochreel needs Python 3.11, 3.12 or 3.13; this is {here}.\n{advice}")


if __name__ == "__main__":
    sys.exit(main())
