"""A lecture file and changed settings read into one `Lecture`; what is wrong is said once."""

import itertools
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from epochreel.errors import (
    BadData,
    NoSuchLecture,
    NotToml,
    UnknownSetting,
    UnreadableLecture,
    shown,
)
from epochreel.files import size_of_regular
from epochreel.lecture import DEFAULT
from epochreel.lecture.changes import Settings, changes_of, parse
from epochreel.lecture.problems import as_lecture_error
from epochreel.lecture.settings import Lecture, data_files

MAX_BYTES = 1_000_000


def shipped_lectures() -> dict[str, Path]:
    """The lecture files that come with epochreel, by name."""
    folder = Path(str(files("epochreel.lecture") / "lectures"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def lecture_path(lecture: str) -> Path:
    """Where a lecture's file lies: the shipped one of that name, else the path itself."""
    return shipped_lectures().get(lecture, Path(lecture))


def load_lecture(lecture: str, settings: Settings = ()) -> Lecture:
    """Read a lecture file, or the shipped one of that name, and change some of its settings.

    Args:
        lecture: a path, or a name such as `loss_function`.
        settings: changes such as `training.learning_rate=0.05` or `model.layers[0].units=8`,
            whose values are TOML, or values by such keys. Of a layer whose units are set so, the
            file's kernel and bias do not count, nor does the next layer's kernel: what has
            another shape comes from the seed.

    Raises:
        LectureError: says what was found, in which file or setting, and what to do.
    """
    path = lecture_path(lecture)
    return _lecture_of(_read(path, lecture), settings, path)


def about(path: Path) -> str:
    """What a lecture file says of itself: the first sentence of the comment it begins with."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = itertools.takewhile(lambda line: line.startswith("#"), lines)
    text = " ".join(line.lstrip("# ") for line in comment)
    return re.split(r"(?<=\.) ", text, maxsplit=1)[0]


def lecture_of_record(name: str, settings: Settings = ()) -> Lecture:
    """What a record is shown with that no lecture was given for: called what its file is called.

    Args:
        name: of the record's file, less its ending.
        settings: as `load_lecture` takes them; those of the film, and words.

    Raises:
        LectureError: says what was found, in which setting, and what to do.
    """
    wordless: Settings
    if isinstance(settings, Mapping):
        wordless = {"words": {}, **settings}
    else:
        wordless = ["words={}", *settings]
    return load_lecture(DEFAULT, wordless).model_copy(update={"name": name})


def change_lecture(lecture: Lecture, settings: Settings) -> Lecture:
    """The lecture with some settings changed, as if its file were read again.

    Args:
        settings: as `load_lecture` takes them.

    Raises:
        LectureError: says what was found, in which setting, and what to do.
    """
    document = lecture.model_dump(exclude={"name", "folder"})
    return _lecture_of(document, settings, lecture.folder / f"{lecture.name}.toml")


def _lecture_of(document: dict[str, Any], settings: Settings, path: Path) -> Lecture:
    """What a file says, with changes, checked."""
    for change in changes_of(settings):
        change.make(document)
    for key in ("name", "folder"):
        if key in document:
            raise UnknownSetting(
                f"{path.name}: there is no setting {key!r}; the file's name is it.",
                field=key,
                value=document[key],
            )
    try:
        loaded = Lecture.model_validate(
            {**document, "name": path.stem, "folder": path.parent.resolve()}
        )
    except ValidationError as error:
        raise as_lecture_error(error, path.name) from None
    for setting, data in data_files(loaded).items():
        if not data.is_file():
            raise BadData(
                f"{path.name}: [data] {setting}: {shown(data)} is not a file.",
                field=f"data.{setting}",
                value=getattr(loaded.data, setting),
            )
    return loaded


def _read(path: Path, lecture: str) -> dict[str, Any]:
    try:
        size = size_of_regular(path)
        if size > MAX_BYTES:
            raise UnreadableLecture(
                f"{shown(path)} has {size:,} bytes; {MAX_BYTES:,} is the limit of a lecture file. "
                "Samples go into a CSV or NPZ file that [data] names.",
                value=path,
            )
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        name = shown(Path(lecture))
        raise NoSuchLecture(
            f"There is no lecture {shown(lecture)}: no such file, and the lectures that ship are "
            f"{', '.join(shipped_lectures())}. Start one with: epochreel new {name}",
            value=lecture,
        ) from None
    except IsADirectoryError:
        raise UnreadableLecture(
            f"{shown(path)} is a folder; give the lecture file in it.", value=path
        ) from None
    except OSError as error:
        raise UnreadableLecture(
            f"{shown(path)} cannot be read: {error.strerror}.", value=path
        ) from error
    except UnicodeDecodeError as error:
        raise NotToml(f"{shown(path)} is not TOML: {error}.", value=path) from None
    if not path.name.isprintable():
        raise UnreadableLecture(
            f"The name of the lecture file {path.name!r} cannot be printed; give it another.",
            value=path,
        )
    try:
        return parse(text)
    except ValueError as error:
        # The reason may quote a key of any length.
        raise NotToml(f"{shown(path)} is not TOML: {str(error)[:200]}.", value=path) from None
