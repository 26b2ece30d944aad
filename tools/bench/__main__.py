"""Measure everything, print one table, write media/bench.json.

.venv/bin/python -m tools.bench --full
.venv/bin/python -m tools.bench training growth --runs 1
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from rich.console import Console

from epochreel.lecture.video import QUALITIES

from .compared import page_rows, training_rows
from .film import LECTURE, film_rows
from .growth import growth_rows, memory_rows
from .loop import loop_rows
from .measure import Setting, epochreel, run
from .plugin import plugin_rows
from .report import Row, machine, show, write

RESULT = Path("media/bench.json")
PARTS: dict[str, Callable[[Setting], Iterator[Row]]] = {
    "page": page_rows,
    "film": film_rows,
    "loop": loop_rows,
    "training": training_rows,
    "memory": memory_rows,
    "growth": growth_rows,
    "manim": plugin_rows,
}
SLOW = ("manim",)


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Of what takes seconds; the median counts. What takes minutes runs once.",
)
@click.option("--full", is_flag=True, help="Also what takes minutes: plain Manim, both films.")
@click.option(
    "--quality",
    type=click.Choice(list(QUALITIES)),
    default="high",
    show_default=True,
    help="A smaller one to try the benchmark itself; the targets are for high.",
)
def main(parts: tuple[str, ...], runs: int, full: bool, quality: str) -> None:
    """Measure PARTS, all of them by default, as whole processes on this machine.

    The part manim takes ten minutes, so by default it is among them with --full only.
    """
    console = Console(stderr=True)
    found = {**machine(), "quality": quality}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name, console.status("training") as status:
        folder = Path(name)
        record = folder / "record.json"
        run(epochreel("train", LECTURE, "--out", record), folder)
        setting = Setting(folder, record, quality, QUALITIES[quality], runs, full)
        for part in parts or [part for part in PARTS if full or part not in SLOW]:
            status.update(part)
            for row in PARTS[part](setting):
                rows.append(row)
                write(rows, {**found, "load_after": round(os.getloadavg()[0], 2)}, RESULT)
    show(rows, Console())
    click.echo(RESULT)


if __name__ == "__main__":
    main()
