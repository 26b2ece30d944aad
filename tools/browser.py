"""Provide the browser that tests open pages in: Chromium or Chrome, Debian's where there is none.

    python3 tools/browser.py

`make test` calls it. Like the set-up it needs the standard library only.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file: tools/ is there

from tools.installing.commands import SetUpError, say
from tools.installing.debian import install

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Where the browser is that this machine has."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def main() -> int:
    """Install Chromium where it is missing and apt has it; return the exit code."""
    if find_browser():
        return 0
    if not shutil.which("apt-get"):
        say("The tests of pages need Chromium or Chrome; install one, then run this again.")
        return 2
    try:
        install(["chromium"])
    except SetUpError as error:
        say(f"\nthe tests' browser is missing: {error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
