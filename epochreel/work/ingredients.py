"""What a product depends on, name by name: where no ingredient changed, the product stands.

A record is made from data, hyperparameters, the training code and the libraries that train; a
clip from the values and words that its beat draws, look, video, engine, code, fonts and the
libraries that draw and encode. Short values stand as they are, so that a reader of two mappings
sees what differs; long ones as their SHA-256.
"""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from epochreel.errors import BadData, shown
from epochreel.lecture.settings import Lecture, data_files
from epochreel.lecture.video import Video
from epochreel.work.store import digest_of

LONGEST = 40

TRAINING = ("training.data", "training.loop")


def of_record(lecture: Lecture, code: str) -> dict[str, str]:
    """What a lecture's record depends on. The epochs that a film shows do not count.

    Raises:
        BadData: the data file cannot be read.
    """
    settings = lecture.model_dump(
        include={"data", "model", "training"}, mode="json", exclude_none=True
    )
    for setting, path in data_files(lecture).items():
        settings["data"][setting] = _of_data_file(path, setting)
    return {
        **_flat(settings),
        **({"scikit-learn": _version("scikit-learn")} if lecture.data.dataset else {}),
        "code": code,
        **of_training_libraries(),
    }


def of_training_libraries() -> dict[str, str]:
    """The libraries that train."""
    return {
        "keras": _version("keras"),
        "tensorflow": _version("tensorflow", "tensorflow-cpu"),
        "numpy": _version("numpy"),
    }


def of_drawing(video: Video, engine: str, theme: str) -> dict[str, str]:
    """What every picture depends on: look, video, fonts, and what draws and encodes."""
    return {
        "theme": theme,
        "video": f"{video.width}x{video.height}, {video.frame_rate} frames a second",
        "engine": engine,
        **of_drawing_libraries(),
    }


def of_drawing_libraries() -> dict[str, str]:
    """The fonts, and the libraries that draw and encode."""
    import cairo
    import uharfbuzz

    return {
        "fonts": _fonts(),
        "manim": _version("manim"),
        "cairo": f"{_version('pycairo')}, {cairo.cairo_version_string()}",
        "harfbuzz": uharfbuzz.version_string(),
        "typst": _version("typst"),
        "numpy": _version("numpy"),
        "contourpy": _version("contourpy"),
        "pyav": encoder_version(),
    }


def of_values(values: Mapping[str, Any], kind: str) -> dict[str, str]:
    """Values and words by name, behind their kind: `losses`, as `record.losses`."""
    return {f"{kind}.{name}": said(value) for name, value in values.items()}


def said(value: Any) -> str:
    """A value as an ingredient: itself where it is short, else a digest."""
    plain = _plain(value)
    text = plain if isinstance(plain, str) else repr(plain)
    return text if len(text) <= LONGEST else digest_of(plain)


def _of_data_file(path: Path, setting: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadData(
            f"[data] {setting}: {shown(path)} cannot be read: {error.strerror}.",
            field=f"data.{setting}",
            value=path,
        ) from error


@cache
def encoder_version() -> str:
    """PyAV, and the libraries that came with it or that it found."""
    import av

    libraries = {name: ".".join(map(str, v)) for name, v in av.library_versions.items()}
    return f"{av.__version__}, {digest_of(libraries)[:16]}"


@cache
def _fonts() -> str:
    """A digest of the font files that text and formulas are set in."""
    from scenes.drawing.glyphs import MONO, SANS

    digest = hashlib.sha256()
    for face in (SANS, MONO):
        with face.path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


@cache
def _version(*names: str) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return "none"


def _flat(settings: Any, name: str = "") -> dict[str, str]:
    """Tables within tables as `training.learning_rate`, `model.layers[0].units`."""
    if isinstance(settings, dict):
        parts = [(f"{name}.{key}" if name else key, value) for key, value in settings.items()]
    elif isinstance(settings, list) and any(isinstance(item, dict) for item in settings):
        parts = [(f"{name}[{at}]", value) for at, value in enumerate(settings)]
    else:
        return {name: said(settings)}
    return {key: text for part, value in parts for key, text in _flat(value, part).items()}


def _plain(value: Any) -> Any:
    """A value as JSON can say it; arrays as their type, shape and digest."""
    if isinstance(value, np.ndarray):
        data = hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
        return [str(value.dtype), list(value.shape), data]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return _plain(vars(value))
    return value
