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
GIGABYTES = 2.1  # what a set-up takes, most of it in .venv

# In every locale that sets up epochreel, C in containers included, these are English.
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
    """Say why a program failed, from its exit code and its words."""
    if code < 0:
        ended = f"{name} was ended by {signal.Signals(-code).name} before it was done."
        if code == -signal.SIGTERM:
            return f"{ended} Run this again."
        return f"{ended} The system does that when memory runs out: close programs, run this again."
    if FULL.search(said):
        return f"the disk was full while {name} worked. {room()} Make room, then run this again."
    if UNREACHABLE.search(said):
        return (
            f"{name} could not reach the package index. Check the network and what "
            "`pip config list` says of index and proxy, then run this again."
        )
    return f"{name} failed; its reason stands above. Without a network, connect. {room()}"


def room() -> str:
    """Say how much room a set-up needs and how much there is."""
    places = {
        "the checkout": str(ROOT),
        "temporary files": os.environ.get("TMPDIR") or "/tmp",
        "your home": str(Path.home()),
    }
    free = [
        f"{shutil.disk_usage(folder).free / 1e9:.1f} GB for {what} ({folder})"
        for what, folder in places.items()
        if Path(folder).is_dir()
    ]
    return f"A set-up takes {GIGABYTES} GB; free are {', '.join(free)}."


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
