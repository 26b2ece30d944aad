"""What a scene draws when plain Manim calls it: `manim -qh scenes/epochs.py Epochs`."""

from pathlib import Path

from epochreel.errors import NoSuchRecord
from epochreel.lecture.file import load_lecture
from epochreel.record.file import load_record
from epochreel.record.view import Show

LECTURE = "loss_function"
RECORDS = Path("media/records")


def show_of(record: str | Path | None) -> Show:
    """The record at a path, or the one last made of the lecture that ships; its words.

    Raises:
        RecordError: there is none, or it cannot be read.
    """
    return Show(load_record(Path(record) if record else _newest()), load_lecture(LECTURE))


def _newest() -> Path:
    found = RECORDS.glob(f"{LECTURE}-*.json")
    newest = max(found, key=lambda path: path.stat().st_mtime_ns, default=None)
    if newest is None:
        raise NoSuchRecord(
            f"There is no record of the lecture {LECTURE!r} in {RECORDS.absolute()}. "
            "Make it with: epochreel train"
        )
    return newest
