"""Debian's and Ubuntu's packages: which are missing, how to get them, which Python there is."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from tools.installing.commands import SetUpError, environment, say, succeeds

# An apt that was cut short leaves packages unpacked and not configured; this ends its work.
REPAIR = ["dpkg", "--configure", "-a"]


def provide_system_libraries() -> None:
    """Install what pycairo and ManimPango, which come as source on Linux, are built with."""
    if sys.platform == "darwin" and not succeeds(["pkg-config", "--exists", "cairo"]):
        raise SetUpError("cairo is missing. Run: brew install cairo pkg-config")
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages()
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SetUpError(
            "this machine has no apt. Install with its own package manager what these Debian "
            f"packages hold, then run this again: {' '.join(missing)}"
        )
    install(missing)


def missing_packages() -> list[str]:
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


def install(packages: list[str]) -> None:
    """Install Debian packages, or say what to type where that takes a password."""
    by_hand = f"sudo apt-get update\n    sudo apt-get install {' '.join(packages)}"
    if os.geteuid() == 0:
        prefix = []
    elif succeeds(["sudo", "-n", "true"]):
        prefix = ["sudo", "-n"]
    else:
        raise SetUpError(
            f"system libraries are missing, and installing them takes a password. Run\n\n"
            f"    {by_hand}\n\nand then this again."
        )
    say(f"      apt installs {' '.join(packages)} (a minute or two)")
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*prefix, "apt-get", "-qq"]
    apt += ["--option", "DPkg::Lock::Timeout=120"]  # seconds to wait for another apt
    apt += ["--option", "Dpkg::Use-Pty=0"]
    call_to_its_end([*prefix, *REPAIR])
    call_to_its_end([*apt, "update"])  # a broken source is no obstacle
    refuse_what_apt_lacks(packages)
    if call_to_its_end([*apt, "install", "--yes", "--no-install-recommends", *packages]):
        raise SetUpError(
            "apt-get could not install them; its reason stands above. Without a network, connect "
            "and run this again; if another program holds apt's lock (an update in the "
            f"background), wait for it to end. By hand:\n\n    sudo dpkg --configure -a\n    "
            f"{by_hand}"
        )


def call_to_its_end(command: list[str]) -> int:
    """Run a command that must not be cut short; give its exit code.

    Ctrl-C reaches a whole group of processes, and dpkg, killed at its work, leaves a system that
    installs nothing more. So this one has a group of its own, and Ctrl-C counts when it is done.
    """
    process = subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        process_group=0,
    )
    interrupted = False
    while process.returncode is None:
        try:
            process.wait()
        except KeyboardInterrupt:
            interrupted = True
            say("\n      apt is at work on the system; the set-up stops as soon as it is done.")
    if interrupted:
        raise KeyboardInterrupt
    return process.returncode


def refuse_what_apt_lacks(packages: list[str]) -> None:
    """Stop where apt has no such package: a Python that is not the system's own needs its files."""
    unknown = [package for package in packages if not offers(package)]
    if any(package.startswith("python") for package in unknown):
        raise SetUpError(
            f"{sys.executable} lacks what apt would install as {' '.join(unknown)}, and apt has "
            "no such package here. Complete that Python, or run this with another: "
            f"{advise_python()}"
        )


def offers(package: str) -> bool:
    """Whether apt knows a package, going by the lists it has."""
    return succeeds(["apt-cache", "show", "--no-all-versions", package])


def advise_python() -> str:
    """Name the command that brings a Python epochreel runs on: the newest that apt offers."""
    for version in ("3.13", "3.12", "3.11"):
        if offers(f"python{version}-venv"):
            return f"sudo apt-get install python{version}-venv python{version}-dev"
    return (
        "sudo apt-get update, then run this again. If that changes nothing, this system has no "
        "such Python: Debian has one from 12 on, Ubuntu from 22.04 on (in `universe`)"
    )
