"""What a lecture is: frozen tables of settings, each checked as it is made."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    PlainValidator,
    field_validator,
    model_validator,
)

from epochreel.errors import UnknownSetting, shown
from epochreel.lecture.layers import Dense, Model
from epochreel.lecture.own_words import Caption, Language, Text, Words
from epochreel.lecture.ranges import LARGEST_FLOAT32, Positive
from epochreel.lecture.source import Source
from epochreel.lecture.table import Table, called, one_of, suggestion
from epochreel.lecture.vocabulary import EVERYDAY_NAMES, LOSSES, METRICS, OPTIMIZERS
from epochreel.numbers import MOST_DECIMALS

ThemeName = Literal["paper", "night"]
MAX_EPOCHS = 100_000
MOST_COMPARED = 8  # curves that all eyes tell apart


def _optimizer_setting(value: Any) -> bool | float:
    if isinstance(value, bool):
        return value
    if not isinstance(value, int | float) or not abs(value) <= LARGEST_FLOAT32:
        raise ValueError(
            f"must be true, false or a number that float32 holds. Found {shown(value)}."
        )
    return float(value)


OptimizerSetting = Annotated[bool | float, PlainValidator(_optimizer_setting)]
Metric = Annotated[str, called(EVERYDAY_NAMES), one_of("metric", METRICS)]
Epoch = Annotated[int, Field(ge=0, le=MAX_EPOCHS)]


class Training(Table):
    """How the network learns."""

    loss: Annotated[str, called(EVERYDAY_NAMES), one_of("loss", LOSSES)] = "mean_squared_error"
    metrics: list[Metric] = Field(default=[])
    optimizer: Annotated[str, one_of("optimizer", tuple(OPTIMIZERS))] = "adam"
    learning_rate: Positive = 0.001
    optimizer_settings: dict[str, OptimizerSetting] = Field(default={})
    epochs: Annotated[int, Field(ge=1, le=MAX_EPOCHS)] = 100
    batch_size: Annotated[int, Field(ge=1, lt=2**63)] = 32
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0

    @field_validator("metrics")
    @classmethod
    def _measured_once(cls, metrics: list[str]) -> list[str]:
        for name in metrics:
            if metrics.count(name) > 1:
                raise ValueError(f"names {shown(name)} twice.")
        return metrics

    @model_validator(mode="after")
    def _check_optimizer_settings(self) -> Self:
        known = OPTIMIZERS[self.optimizer]
        for name in self.optimizer_settings:
            if name not in known:
                problem = UnknownSetting(
                    f"optimizer {self.optimizer!r} has no setting {shown(name)}."
                    f"{suggestion(name, known)}",
                    field="training.optimizer_settings",
                )
                raise ValueError(str(problem)) from problem
        return self


class Film(Table):
    """What the film shows, and how."""

    scenes: Annotated[list[str], Field(min_length=1)] | None = None
    shown_epochs: list[Epoch] = Field(default=[0, 1, 2, 3], min_length=1)
    language: Language = "zh"
    theme: ThemeName = "paper"
    decimals: Annotated[int, Field(ge=0, le=MOST_DECIMALS)] | None = None

    @field_validator("shown_epochs")
    @classmethod
    def _in_order(cls, epochs: list[int]) -> list[int]:
        if epochs != sorted(set(epochs)):
            raise ValueError(f"must rise and not repeat; found {shown(epochs)}.")
        return epochs

    @field_validator("scenes")
    @classmethod
    def _each_once(cls, scenes: list[str] | None) -> list[str] | None:
        for name in scenes or ():
            if (scenes or []).count(name) > 1:
                raise ValueError(f"names {shown(name)} twice; a film shows a scene once.")
        return scenes


class Variant(Table):
    """One of several trainings side by side: what it is called, and which settings it changes."""

    label: Annotated[Text, Field(min_length=1)]
    set: dict[str, Any]

    @field_validator("set")
    @classmethod
    def _trains(cls, settings: dict[str, Any]) -> dict[str, Any]:
        for key in settings:
            if key.partition(".")[0] not in ("data", "model", "training"):
                raise ValueError(
                    f"{shown(key)} trains nothing else. Write it like "
                    '"training.learning_rate" or "model.layers[0].activation".'
                )
        return settings


class Lecture(Table):
    """Everything a lecturer may change."""

    name: str
    data: Source
    model: Model
    training: Training = Training()
    film: Film = Film()
    compare: Annotated[list[Variant], Field(max_length=MOST_COMPARED)] = Field(default=[])
    words: Words = Words()
    chapters: dict[Language, dict[str, Text]] = Field(default={})
    captions: dict[Language, dict[str, Caption]] = Field(default={})
    folder: Path = Path()

    @property
    def file_title(self) -> str:
        """The file's name as a title: `my_first_net` as `My first net`."""
        title = " ".join(self.name.replace("_", " ").replace("-", " ").split())
        return title[:1].upper() + title[1:] or self.name

    @field_validator("compare")
    @classmethod
    def _each_called_once(cls, variants: list[Variant]) -> list[Variant]:
        labels = [variant.label for variant in variants]
        for label in labels:
            if labels.count(label) > 1:
                raise ValueError(f"calls two trainings {shown(label)}; give each its own label.")
        return variants

    @model_validator(mode="after")
    def _check_ends(self) -> Self:
        dense = [layer for layer in self.model.layers if isinstance(layer, Dense)]
        first, last = dense[0], dense[-1]
        number = self.model.layers.index(first) + 1
        if self.data.rule is None:
            return self
        if first.kernel is not None and len(first.kernel) != 1:
            raise ValueError(
                f"[model] layer {number}: kernel has shape ({len(first.kernel)}, {first.units}); "
                f"a rule has one input, so it must be (1, {first.units})."
            )
        if last.units != 1:
            raise ValueError(
                f"[model] the last layer has {last.units} units; a rule has one target, "
                "so it must have 1."
            )
        return self


def data_files(lecture: Lecture) -> dict[str, Path]:
    """The files that its data comes from, by setting, beside the lecture unless absolute."""
    names = {"file": lecture.data.file, "validation_file": lecture.data.validation_file}
    return {key: lecture.folder / name for key, name in names.items() if name is not None}
