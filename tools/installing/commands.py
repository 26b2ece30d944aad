"""Run other programs, and say what went wrong with them and what to do."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIGABYTES = 2.4  # what a set-up takes
TOO_LITTLE = 0.05  # gigabytes: what has less than this is full, whatever a program says

# How pip, uv and compilers word two causes. Anything else stands in their own words.
FULL = re.compile(r"no space left|quota exceeded|os error 28\b|errno 28\b", re.IGNORECASE)
UNREACHABLE = re.compile(
    r"connection broken|establish a new connection|name resolution|network is unreachable"
    r"|timed out|proxyerror|could not fetch url|dns error|error sending request|failed to connect",
    re.IGNORECASE,
)


class SetUpError(Exception):
    """What stopped the set-up and what to do about it."""


def say(message: str) -> None:
    """Tell the user on stderr: stdout belongs to the film's path."""
    print(message, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """Give the environment for the programs of the set-up.

    Without PYTHONPATH and its like: modules from there would take the place of pip's own.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(name: str, command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a program in the checkout, or raise what its failure means.

    On a terminal it writes there itself, progress included. Elsewhere its words are passed on
    and read along, so that the error can be exact.
    """
    if sys.stderr.isatty():
        code, said = subprocess.call(command, cwd=ROOT, env=env or environment()), ""
    else:
        code, said = finish(command, env)
        sys.stderr.write(said)
    if code:
        raise SetUpError(explain(name, code, said))


def finish(command: list[str], env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a program in the checkout; give its exit code and what it said on stderr."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stderr


def explain(name: str, code: int, said: str) -> str:
    """Say why a program failed, from its exit code, its words and the room that is left."""
    if code < 0:
        ended = f"{name} was ended by {signal.Signals(-code).name} before it was done"
        why = "; the system does that when memory runs out" if code == -signal.SIGKILL else ""
        return f"{ended}{why}. Run this again."
    free = {folder: shutil.disk_usage(folder).free / 1e9 for folder in folders_in_use()}
    if FULL.search(said) or min(free.values()) < TOO_LITTLE:
        places = "".join(f"\n    {gigabytes:.2f} GB in {path}" for path, gigabytes in free.items())
        return (
            f"{name} found no room. A set-up takes {GIGABYTES} GB, most of it in the first of "
            f"these; free are{places}\nMake room, then run this again. TMPDIR names another folder "
            "for temporary files."
        )
    if UNREACHABLE.search(said):
        return (
            f"{name} could not reach the package index. Check the network and what "
            "`pip config list` says of index and proxy, then run this again."
        )
    return f"{name} failed; its reason stands above. Mend that, then run this again."


def folders_in_use() -> list[Path]:
    """List the folders that a set-up writes to: the checkout, temporary files, caches."""
    folders = [ROOT, Path(os.environ.get("TMPDIR") or "/tmp"), Path.home()]
    return [folder for folder in folders if folder.is_dir()]


def succeeds(command: list[str]) -> bool:
    """Whether a command exists and ends with 0."""
    try:
        done = subprocess.run(
            command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0


def output_of(command: list[str]) -> str:
    """What a command prints, or nothing where it cannot run."""
    try:
        return subprocess.run(
            command, env=environment(), capture_output=True, encoding="utf-8", errors="replace"
        ).stdout
    except OSError:
        return ""
