"""A grid of settings: every combination of some values, as a sweep tries them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from epochreel.errors import BadSetting, shown
from epochreel.lecture.file import load_lecture
from epochreel.lecture.settings import Lecture

MOST_RUNS = 1000
OPENING, CLOSING, QUOTES = "[{", "]}", "\"'"


@dataclass(frozen=True)
class Axis:
    """One setting and the values it takes, as `--set` takes them."""

    key: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Axis":
        """Read `training.learning_rate=0.01,0.1`.

        Raises:
            BadSetting: it is not KEY=VALUE,VALUE.
        """
        key, equals, values = text.partition("=")
        pieces = tuple(piece.strip() for piece in split(values))
        if not equals or not all(pieces):
            raise BadSetting(
                f"{shown(text)} is not KEY=VALUE,VALUE,... Write it like "
                "training.learning_rate=0.01,0.1",
                field=key.strip(),
                value=text,
            )
        return cls(key.strip(), tuple(dict.fromkeys(pieces)))

    @property
    def name(self) -> str:
        """The setting without its table: `learning_rate`, `layers[0].units`."""
        return self.key.partition(".")[2] or self.key


@dataclass(frozen=True)
class Point:
    """One combination: its values by the axes' keys, a label, and the lecture it makes."""

    values: dict[str, str]
    label: str
    lecture: Lecture


def grid(lecture: str, settings: Sequence[str], axes: Sequence[Axis]) -> list[Point]:
    """Every combination, each checked whole. The first axis changes slowest.

    Args:
        lecture: as `load_lecture` takes it, and `settings`, which all points share.

    Raises:
        LectureError: there are too many, or the lecture cannot be used with one of them.
    """
    count = prod(len(axis.values) for axis in axes)
    if count > MOST_RUNS:
        raise BadSetting(f"These settings give {count:,} runs; {MOST_RUNS:,} is the limit.")
    points = []
    for values in product(*(axis.values for axis in axes)):
        chosen = [f"{axis.key}={value}" for axis, value in zip(axes, values)]
        label = ", ".join(
            f"{axis.name} {value.strip(QUOTES)}"
            for axis, value in zip(axes, values)
            if len(axis.values) > 1 or count == 1
        )
        loaded = load_lecture(lecture, [*settings, *chosen])
        points.append(Point(dict(zip((axis.key for axis in axes), values)), label, loaded))
    return points


def split(text: str) -> list[str]:
    """A list without its brackets, cut at those commas that stand in no list, table or string."""
    pieces, depth, quote = [""], 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in QUOTES:
            quote = character
        elif character in OPENING + CLOSING:
            depth += 1 if character in OPENING else -1
        elif character == "," and not depth:
            pieces.append("")
            continue
        pieces[-1] += character
    return pieces


def slug(label: str) -> str:
    """A label as part of a file's name: `learning_rate-0.1`."""
    return re.sub(r"[^\w.+-]+", "-", label).strip("-")
