"""What a scene may see: the parts of a record and a lecture that it says it reads."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from epochreel.lecture.settings import Language, Lecture, ThemeName
from epochreel.record.record import Array, Layer, Record


@dataclass(frozen=True, eq=False)
class Show:
    """A record with the words and the look it is shown in."""

    record: Record
    lecture: Lecture

    @property
    def language(self) -> Language:
        """Of the words on screen."""
        return self.lecture.film.language

    @property
    def theme(self) -> ThemeName:
        """The name of its colours."""
        return self.lecture.film.theme

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """Everything a scene can name in its `reads`."""
        record, words = self.record, self.lecture.words
        titles = (words.zh, words.en) if self.language == "zh" else (words.en, words.zh)
        # A lecture without words of its own is called what its file is called.
        lesson = titles[0].lesson or titles[-1].lesson or self.lecture.name
        return {
            **{name: getattr(record, name) for name in vars(record).keys() - {"versions"}},
            "curve": record.curve,
            "widths": record.widths,
            "shown_epochs": shown_epochs(record, self.lecture.film.shown_epochs),
            "courses": tuple(title.course for title in titles if title.course) or (lesson,),
            "lesson": lesson,
            "links": tuple(words.links),
            "references": tuple(words.references),
        }


class View:
    """The fields of a show that a scene declared, as attributes; any other is an error.

    So a clip depends on nothing that its `digest` leaves out.
    """

    inputs: Array
    targets: Array
    rule: str | None
    layers: tuple[Layer, ...]
    widths: tuple[int, ...]
    epochs: npt.NDArray[np.int64]
    losses: Array
    curve: tuple[Array, Array]
    parameters: tuple[Mapping[str, Array], ...]
    predictions: Array
    hyperparameters: Mapping[str, Any]
    diverged_at: int | None
    shown_epochs: tuple[int, ...]
    courses: tuple[str, ...]
    lesson: str
    links: tuple[str, ...]
    references: tuple[str, ...]

    def __init__(self, show: Show, reads: tuple[str, ...]) -> None:
        self.__dict__.update({name: show.fields[name] for name in reads})

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"The scene uses {name!r} but does not list it in its `reads`.")

    def at(self, epoch: int) -> int:
        """Where `epoch` stands along the first axis of the recorded arrays."""
        return int(np.flatnonzero(self.epochs == epoch)[0])

    def digest(self) -> str:
        """A SHA-256 over every value in view."""
        text = json.dumps(vars(self), sort_keys=True, default=_plain)
        return hashlib.sha256(text.encode()).hexdigest()


def shown_epochs(record: Record, wanted: list[int]) -> tuple[int, ...]:
    """The wanted epochs that were recorded, and always the last; at least one."""
    recorded = record.epochs.tolist()
    return tuple(sorted({*wanted} & {*recorded} | {recorded[-1]}))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        data = np.ascontiguousarray(value).tobytes()
        return [str(value.dtype), value.shape, hashlib.sha256(data).hexdigest()]
    return vars(value)
