"""A lecture file and the `--set` settings read into one `Lecture`; what is wrong is said once."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from epochreel.errors import (
    BadData,
    BadSetting,
    NoSuchLecture,
    NotToml,
    UnknownSetting,
    UnreadableLecture,
    shown,
)
from epochreel.files import size_of_regular
from epochreel.lecture.problems import as_lecture_error
from epochreel.lecture.settings import Lecture, data_path

MAX_BYTES = 1_000_000

# A setting's place: names with dots between, and positions in lists.
KEY = re.compile(r"[^\s.\[\]]+(\[\d{1,9}\]|\.[^\s.\[\]]+)*")
UNITS = re.compile(r"model\.layers\[\d{1,9}\]\.units")
PLACE = re.compile(r"([^\s.\[\]]+)|\[(\d+)\]")


def shipped_lectures() -> dict[str, Path]:
    """The lecture files that come with epochreel, by name."""
    folder = Path(str(files("epochreel.lecture") / "lectures"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def lecture_path(lecture: str) -> Path:
    """Where a lecture's file lies: the shipped one of that name, else the path itself."""
    return shipped_lectures().get(lecture, Path(lecture))


def load_lecture(lecture: str, settings: Sequence[str] = ()) -> Lecture:
    """Read a lecture file, or the shipped one of that name, and apply `--set` settings.

    Args:
        lecture: a path, or a name such as `loss_function`.
        settings: overrides such as `training.learning_rate=0.05` or `model.layers[0].units=8`;
            values are TOML. Of a layer whose units are set so, the file's kernel and bias do not
            count, nor does the next layer's kernel: what has another shape comes from the seed.

    Raises:
        LectureError: says what was found, in which file or setting, and what to do.
    """
    path = lecture_path(lecture)
    document = _read(path, lecture)
    for setting in settings:
        _override(document, setting)
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
    if loaded.data.file is not None and not data_path(loaded).is_file():
        raise BadData(
            f"{path.name}: [data] file: {shown(data_path(loaded))} is not a file.",
            field="data.file",
            value=loaded.data.file,
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
        return _parse(text)
    except ValueError as error:
        # The reason may quote a key of any length.
        raise NotToml(f"{shown(path)} is not TOML: {str(error)[:200]}.", value=path) from None


def _parse(text: str) -> dict[str, Any]:
    """TOML as a dictionary; a ValueError says in a few words what cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None
    except ValueError:
        # Python reads no whole number of more than some thousand digits.
        raise ValueError("it holds a number of too many digits") from None


def _override(document: dict[str, Any], setting: str) -> None:
    key, equals, text = setting.partition("=")
    if not equals or not KEY.fullmatch(key.strip()):
        raise BadSetting(
            f"--set {shown(setting)} is not KEY=VALUE. Write it like training.learning_rate=0.05 "
            "or model.layers[0].units=8",
            field="--set",
            value=setting,
        )
    # `model.layers[0].units` is the place "units" in the place 0 in "layers" in "model".
    *way, last = (int(at) if at else name for name, at in PLACE.findall(key))
    table: Any = document
    for place in way:
        table = _there(table, place, setting)
        if isinstance(place, str) and place not in table:
            table[place] = {}
        table = table[place]
    _there(table, last, setting)[last] = _value(setting, text)
    if UNITS.fullmatch(key.strip()):
        _forget_start(document["model"]["layers"], way[-1])


def _forget_start(layers: list[Any], number: int) -> None:
    """Let go of the values at epoch 0 that have other shapes when a layer has other units."""
    for layer, names in zip(layers[number:], (("kernel", "bias"), ("kernel",))):
        for name in names if isinstance(layer, dict) else ():
            layer.pop(name, None)


def _there(table: Any, place: str | int, setting: str) -> Any:
    """The table or list, if it has such a place or can get one."""
    if isinstance(place, str) and isinstance(table, dict):
        return table
    if isinstance(place, int) and isinstance(table, list):
        if place < len(table):
            return table
        problem = f"there is no [{place}]; the list has {len(table)} entries, from [0] on"
    elif isinstance(place, int):
        problem = f"what stands before [{place}] is not a list in the lecture's file"
    else:
        problem = f"what stands before {shown(place)} is not a table of settings"
    key, _, text = setting.partition("=")
    raise UnknownSetting(f"--set {shown(setting)}: {problem}.", field=key.strip(), value=text)


def _value(setting: str, text: str) -> Any:
    try:
        found = _parse(f"value = {text}")
    except tomllib.TOMLDecodeError:
        # A bare word is what a shell leaves of a quoted one: --set training.optimizer=sgd
        return text.strip()
    except ValueError as error:
        raise NotToml(f"--set {shown(setting)}: {error}.", field="--set", value=setting) from None
    if found.keys() != {"value"}:
        raise BadSetting(
            f"--set {shown(setting)} holds more than one setting; repeat --set for each.",
            field="--set",
            value=setting,
        )
    return found["value"]
