"""What was measured, as one table and one JSON file."""

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from epochreel.files import whole_file

PACKAGES = ("epochreel", "manim", "keras", "tensorflow-cpu", "av", "numpy")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: was measured.
        value: of it, the median of `runs`.
        unit: of both values: s or MB, "" where there is none.
        against: what it is compared with.
        other: the value of that; None where it was not measured.
        ratio: of the two values, the way round that `target` says; None without a second value.
        target: the project's own, "" where it has none.
        runs: of what was measured, and of what it is compared with.
        note: what else there is to know.
    """

    what: str
    value: float
    unit: str
    against: str = ""
    other: float | None = None
    ratio: float | None = None
    target: str = ""
    runs: tuple[int, int] = (1, 1)
    note: str = ""


def faster(
    what: str,
    seconds: float,
    against: str,
    other: float | None,
    target: str,
    runs: tuple[int, int],
    note: str = "",
) -> Row:
    """A row whose ratio says how many times less time it takes than what it is compared with."""
    ratio = other / seconds if other else None
    return Row(what, seconds, "s", against, other, ratio, target, runs, note)


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the table, and under it the notes."""
    table = Table("", "", "against", "", "ratio", "target", "runs")
    for number in (1, 3, 4):
        table.columns[number].justify = "right"
    for row in rows:
        other = "not run" if row.against and row.other is None else _number(row.other, row.unit)
        ratio = f"{row.ratio:.{2 if row.ratio < 10 else 0}f}" if row.ratio else ""
        runs = " / ".join(map(str, row.runs if row.other else row.runs[:1]))
        value = _number(row.value, row.unit)
        table.add_row(row.what, value, row.against, other, ratio, row.target, runs)
    console.print(table)
    for row in rows:
        if row.note:
            console.print(f"{row.what}: {row.note}", highlight=False)


def write(rows: Sequence[Row], machine: dict[str, Any], path: Path) -> None:
    """Write rows and machine as JSON."""
    document = {"machine": machine, "rows": [asdict(row) for row in rows]}
    with whole_file(path) as partial:
        partial.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")


def machine() -> dict[str, Any]:
    """What it was measured on, and how busy that was."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 1e9, 1),
        "load_before": round(os.getloadavg()[0], 2),
        "versions": {
            "python": platform.python_version(),
            **{name: _version(name) for name in PACKAGES},
            "ffmpeg": _ffmpeg_version(),
        },
    }


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if not unit:
        return f"{value:.4g}"
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} {unit}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except ImportError:
        return None


def _ffmpeg_version() -> str | None:
    if not shutil.which("ffmpeg"):
        return None
    said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True)
    found = re.match(r"ffmpeg version (\S+)", said.stdout)
    return found[1] if found else None
