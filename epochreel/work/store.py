"""Where products lie: everything epochreel makes is under one folder, `media/`."""

import os
from dataclasses import dataclass
from pathlib import Path

from epochreel.errors import RecordError
from epochreel.lecture.file import load_lecture
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from epochreel.record.view import Show

DEFAULT_LECTURE = "loss_function"


@dataclass(frozen=True)
class Store:
    """Paths of records, clips and films."""

    root: Path = Path("media")

    def record(self, lecture: Lecture) -> Path:
        """The record of exactly these hyperparameters."""
        return self.root / "records" / f"{lecture.name}-{lecture.training_key}.json"

    def film(self, lecture: Lecture) -> Path:
        """The lecture's film in its language."""
        return self.root / "films" / f"{lecture.name}.{lecture.film.language}.mp4"

    def clip(self, key: str) -> Path:
        """The clip of one beat; its key is a digest of all that it depends on."""
        return self.root / "clips" / f"{key}.mp4"


def default_show() -> Show:
    """What plain Manim draws: EPOCHREEL_RECORD's record, or that of the lecture that ships."""
    lecture = load_lecture(DEFAULT_LECTURE)
    named = os.environ.get("EPOCHREEL_RECORD")
    path = Path(named) if named else Store().record(lecture)
    if not named and not path.exists():
        raise RecordError(
            f"There is no record of the lecture {lecture.name!r} in {path.parent}. "
            "Make it with: epochreel train"
        )
    return Show(load_record(path), lecture)
