"""Python's packages: uv installs them as pip is configured to, and pip where there is no uv."""

from __future__ import annotations

import ast
import os
import ssl
import sys
import sysconfig
from pathlib import Path

from tools.installing.commands import (
    FULL,
    ROOT,
    UNREACHABLE,
    SetUpError,
    environment,
    explain,
    finish,
    output_of,
    run,
    say,
    succeeds,
)

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PIP = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check"]
UV = [str(VENV_PYTHON), "-m", "uv"]
PINS = ["--constraint", "constraints.txt"]
EPOCHREEL = ["--editable", ".[dev]"]

# An option of pip and the variables that say the same to uv.
UV_VARIABLES = {
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
    "extra-index-url": ("UV_INDEX",),
    "find-links": ("UV_FIND_LINKS",),
    "index-url": ("UV_DEFAULT_INDEX",),
    "proxy": ("HTTP_PROXY", "HTTPS_PROXY"),
    "timeout": ("UV_HTTP_TIMEOUT",),
    "default-timeout": ("UV_HTTP_TIMEOUT",),
    "trusted-host": ("UV_INSECURE_HOST",),
}


def provide_venv() -> None:
    """Create `.venv` anew."""
    run("venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    # Read by uv: the commands it writes find their Python beside them, so they outlive a move.
    with (VENV / "pyvenv.cfg").open("a", encoding="utf-8") as config:
        config.write("relocatable = true\n")


def install_packages() -> None:
    """Install epochreel, editable, and what it needs at the versions of constraints.txt."""
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if provide_uv():
        options = pip_options(output_of([*PIP, "config", "list"]))
        command = [*UV, "pip", "install", "--python", str(VENV_PYTHON), *quiet]
        for path in options.get("constraint", "").split():  # more of them, beside our own
            command += ["--constraint", path]
        command += ["--no-index"] if "no-index" in options else []
        command += [] if has_a_writable_cache() else ["--no-cache"]
        run("uv", [*command, *PINS, *EPOCHREEL], {**uv_settings(options), **environment()})
    else:
        say("      the package index has no uv for this machine; pip will take some minutes")
        run("pip", [*PIP, "install", *quiet, *PINS, *EPOCHREEL])
    point_to_the_checkout()
    compile_what_a_film_loads()


def provide_uv() -> bool:
    """Install uv into `.venv`; whether there is a build of it for this machine."""
    command = [*PIP, "install", "--quiet", *PINS, "--only-binary", "uv", "uv"]
    code, said = finish(command)
    if code and (code < 0 or FULL.search(said) or UNREACHABLE.search(said)):
        raise SetUpError(explain("pip", code, said))
    return code == 0


def pip_options(configuration: str) -> dict[str, str]:
    """Read what `pip config list` prints: lines such as `global.index-url='https://…'`.

    A variable (`:env:`) counts more than a file, and a file's [install] more than its [global].
    """
    options: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in configuration.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(section):
                options[key.removeprefix(section)] = ast.literal_eval(value)
    return options


def uv_settings(options: dict[str, str]) -> dict[str, str]:
    """Say to uv, which does not read pip's configuration, what pip is told about the index."""
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip chooses among several
    if has_system_certificates():
        settings["UV_SYSTEM_CERTS"] = "true"
    for option, variables in UV_VARIABLES.items():
        for variable in variables if option in options else ():
            parts = options[option].split()  # pip parts a list by spaces or lines
            settings[variable] = ("," if option == "find-links" else " ").join(parts)
    return settings


def has_system_certificates() -> bool:
    """Whether the system knows certificate authorities, as a university's proxy may need."""
    if not sys.platform.startswith("linux"):
        return True
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath or "")
    return bool(paths.cafile) or (paths.capath is not None and any(folder.iterdir()))


def has_a_writable_cache() -> bool:
    """Whether uv can keep what it downloads."""
    folder = Path(output_of([*UV, "cache", "dir"]).strip())
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


def point_to_the_checkout() -> None:
    """Write the path of the editable install relative, in ASCII.

    Python reads a .pth file in the locale's encoding and, before 3.13, does not start where that
    fails: in a folder with a Chinese name, with LC_ALL=C. A relative path also outlives a move.
    """
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
    for file in packages.glob("*epochreel*.pth"):
        file.write_text(os.path.relpath(ROOT, packages) + "\n", encoding="ascii")


def compile_what_a_film_loads() -> None:
    """Import the large packages once: Python keeps the compiled code, and uv makes none.

    The first film would wait for it, and show the warnings Python has for some of that code.
    """
    succeeds([str(VENV_PYTHON), "-W", "ignore", "-c", "import manim, tensorflow"])
