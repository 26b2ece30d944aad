"""What a scene draws when plain Manim calls it: `manim -qh scenes/epochs.py Epochs`."""

from pathlib import Path

from epochreel.errors import NoSuchRecord
from epochreel.lecture import DEFAULT
from epochreel.lecture.file import lecture_of_record, load_lecture
from epochreel.record.file import load_record
from epochreel.record.view import Show

RECORDS = Path("media/records")


def show_of(record: str | Path | None) -> Show:
    """The record at a path, called what its file is, or the one last made of the shipped lecture.

    Raises:
        RecordError: there is none, or it cannot be read.
    """
    if record:
        return Show(load_record(Path(record)), lecture_of_record(Path(record).stem))
    return Show(load_record(_newest()), load_lecture(DEFAULT))


def _newest() -> Path:
    found = RECORDS.glob(f"{DEFAULT}-*.json")
    newest = max(found, key=lambda path: path.stat().st_mtime_ns, default=None)
    if newest is None:
        raise NoSuchRecord(
            f"There is no record of the lecture {DEFAULT!r} in {RECORDS.absolute()}. "
            "Make it with: epochreel train"
        )
    return newest
