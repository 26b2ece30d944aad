"""What Python asks a film of: a lecture or a record, as a file, by name or loaded."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from epochreel.errors import BadSetting, shown
from epochreel.lecture.file import change_lecture, lecture_of_record, load_lecture
from epochreel.lecture.grid import slug
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.work import ingredients
from epochreel.work.store import digest_of
from scenes.drawing.spelling import check_words
from scenes.stage.catalogue import check_lecture

Source = str | os.PathLike[str] | Lecture | Record
OF_RECORDS = ("film", "words")  # the tables whose settings change a record's film
SAID = ("film.language", "film.theme")  # what stands in the name of a film in any case


@dataclass(frozen=True)
class Wanted:
    """What a film shows.

    Attributes:
        record: what is drawn, where nothing is to be trained.
        mark: what sets its file apart from that of the lecture's own film.
    """

    lecture: Lecture
    record: Record | None
    mark: str


def wanted_of(what: Source, settings: Mapping[str, Any]) -> Wanted:
    """A lecture with its settings changed and checked whole, or a record with a lecture's words.

    Raises:
        EpochreelError: it cannot be read or used as it is.
    """
    if isinstance(what, Lecture):
        lecture, record = change_lecture(what, settings), None
    elif isinstance(what, Record):
        lecture, record = _shown(f"run-{ingredients.said(what)[:8]}", settings), what
    elif Path(what).suffix.lower() == ".json":
        lecture, record = _shown(Path(what).stem, settings), load_record(Path(what))
    else:
        lecture, record = load_lecture(os.fspath(what), settings), None
    check_lecture(lecture)
    check_words(lecture)
    return Wanted(lecture, record, _mark(settings))


def _shown(name: str, settings: Mapping[str, Any]) -> Lecture:
    """The words and look that a record is shown with."""
    for key in settings:
        if str(key).partition(".")[0] not in OF_RECORDS:
            raise BadSetting(
                f"settings[{shown(key)}]: a record is shown as it was trained; settings of "
                f"{' and '.join(OF_RECORDS)} alone change its film.",
                field=str(key),
                value=settings[key],
            )
    return lecture_of_record(name, settings)


def _mark(settings: Mapping[str, Any]) -> str:
    """What settings are called in a file's name: two films of one notebook have two names."""
    told = {key: value for key, value in settings.items() if key not in SAID}
    text = ", ".join(f"{key.partition('.')[2] or key} {value}" for key, value in told.items())
    # Numbers stand in a name as they are; of other values the name may leave something out.
    if all(isinstance(value, int | float) for value in told.values()):
        return slug(text)
    return f"{slug(text)}-{digest_of(text)[:8]}"
