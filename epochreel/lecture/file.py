"""A lecture file and the `--set` settings read into one `Lecture`; what is wrong is said once."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from epochreel.errors import LectureError
from epochreel.lecture.settings import Lecture, data_path, suggestion


def shipped_lectures() -> dict[str, Path]:
    """The lecture files that come with epochreel, by name."""
    folder = Path(str(files("epochreel.lecture") / "lectures"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_lecture(lecture: str, settings: Sequence[str] = ()) -> Lecture:
    """Read a lecture file, or the shipped one of that name, and apply `--set` settings.

    Args:
        lecture: a path, or a name such as `loss_function`.
        settings: overrides such as `training.learning_rate=0.05`; values are TOML.

    Raises:
        LectureError: says what was found, in which file or setting, and what to do.
    """
    path = shipped_lectures().get(lecture, Path(lecture))
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LectureError(
            f"There is no lecture {lecture!r}: no such file, and the lectures that ship are "
            f"{', '.join(shipped_lectures())}. Start one with: epochreel new {lecture}"
        ) from None
    except IsADirectoryError:
        raise LectureError(f"{path} is a folder; give the lecture file in it.") from None
    except OSError as error:
        raise LectureError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LectureError(f"{path} is not TOML: {error}.") from error
    for setting in settings:
        _override(document, setting)
    for key in ("name", "folder"):
        if key in document:
            raise LectureError(f"{path.name}: there is no setting {key!r}; the file's name is it.")
    try:
        loaded = Lecture.model_validate(
            {**document, "name": path.stem, "folder": path.parent.resolve()}
        )
    except ValidationError as error:
        raise LectureError(explain(error, path.name, document)) from None
    if loaded.data.file is not None and not data_path(loaded).is_file():
        raise LectureError(f"{path.name}: [data] file: {data_path(loaded)} is not a file.")
    return loaded


def explain(error: ValidationError, source: str, document: dict[str, Any]) -> str:
    """The library's report as lines such as `file: [training] has no setting 'x'`."""
    lines = []
    for problem in error.errors():
        table, *rest = problem["loc"] or ("",)
        where = f"[{table}]" if table else ""
        inner = ".".join(str(part + 1 if isinstance(part, int) else part) for part in rest)
        if problem["type"] == "extra_forbidden":
            name = str(problem["loc"][-1])
            owner = f"{where}{' ' + inner.rpartition('.')[0] if len(rest) > 1 else ''}"
            known = _settings_at(problem["loc"][:-1])
            owner = source if not rest else f"{source}: {owner}"
            lines.append(f"{owner} has no setting {name!r}.{suggestion(name, known)}")
        elif problem["type"] == "missing":
            lines.append(f"{source}: {where} {inner} is missing.")
        else:
            found = problem["input"]
            shown = "" if isinstance(found, dict | list) else f" Found {found!r}."
            message = problem["msg"].removeprefix("Value error, ")
            own_words = problem["type"] == "value_error"
            message = message if own_words else f"{message.removesuffix('.')}.{shown}"
            place = f"{where} {inner + ': ' if inner else ''}".lstrip()
            lines.append(f"{source}: {place}{message}")
    return "\n".join(lines)


def _settings_at(location: tuple[int | str, ...]) -> list[str]:
    table: type[BaseModel] = Lecture
    for part in location:
        if isinstance(part, int):
            continue
        annotation = table.model_fields[part].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        inner = getattr(inner, "__args__", (inner,))[0]
        table = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else table
    return [name for name in table.model_fields if name not in ("name", "folder")]


def _override(document: dict[str, Any], setting: str) -> None:
    key, equals, text = setting.partition("=")
    parts = key.strip().split(".")
    if not equals or not all(parts):
        raise LectureError(
            f"--set {setting!r} is not KEY=VALUE. Write it like training.learning_rate=0.05"
        )
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        # A bare word is what a shell leaves of a quoted one: --set training.optimizer=sgd
        value = text.strip()
    table = document
    for part in parts[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            raise LectureError(f"--set {setting!r}: {part!r} is not a table of settings.")
    table[parts[-1]] = value
