"""What a lecture is: frozen tables of settings, each checked as it is made."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    field_validator,
    model_validator,
)

from epochreel.errors import LectureError, UnknownSetting, shown
from epochreel.lecture.own_words import Caption, Language, Text, Words
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.span import span_length
from epochreel.lecture.table import Table, one_of, suggestion
from epochreel.lecture.vocabulary import ACTIVATIONS, LOSSES, OPTIMIZERS
from epochreel.numbers import MOST_DECIMALS

ThemeName = Literal["paper", "night"]
MAX_SAMPLES = 100_000
MAX_EPOCHS = 100_000
LARGEST_FLOAT32 = 3.4028234663852886e38
SMALLEST_FLOAT32 = 1.1754943508222875e-38


def _checked_rule(text: str) -> str:
    try:
        return parse_rule(text).text
    except LectureError as error:
        raise ValueError(str(error)) from error


def _within_float32(value: float) -> float:
    if abs(value) > LARGEST_FLOAT32:
        raise ValueError(f"{value:g} is beyond float32, which ends at {LARGEST_FLOAT32:.1e}.")
    return value


def _no_zero(value: float) -> float:
    if value < SMALLEST_FLOAT32:
        raise ValueError(f"{value:g} is zero in float32, which begins at {SMALLEST_FLOAT32:.1e}.")
    return value


def _optimizer_setting(value: Any) -> bool | float:
    if isinstance(value, bool):
        return value
    if not isinstance(value, int | float) or not abs(value) <= LARGEST_FLOAT32:
        raise ValueError(
            f"must be true, false or a number that float32 holds. Found {shown(value)}."
        )
    return float(value)


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_within_float32)]
OptimizerSetting = Annotated[bool | float, PlainValidator(_optimizer_setting)]
Epoch = Annotated[int, Field(ge=0, le=MAX_EPOCHS)]


class Source(Table):
    """What the network learns: a range and a rule, or a file of samples."""

    start: Number | None = None
    stop: Number | None = None
    step: Annotated[Number, Field(gt=0)] = 1
    rule: Annotated[str, AfterValidator(_checked_rule)] | None = None
    file: str | None = None

    @model_validator(mode="after")
    def _check_source(self) -> Self:
        by_rule = (self.start, self.stop, self.rule)
        if self.file is not None:
            if any(setting is not None for setting in by_rule):
                raise ValueError("take either file, or start, stop and rule, not both.")
            return self
        if self.start is None or self.stop is None or self.rule is None:
            raise ValueError("give start, stop and rule (targets from a rule), or file.")
        samples = span_length(self.start, self.stop, self.step)
        if samples <= 0:
            raise ValueError(
                f"start = {self.start:g} to stop = {self.stop:g} holds no sample; "
                "like range(), stop is left out and must be larger than start."
            )
        if samples > MAX_SAMPLES:
            raise ValueError(
                f"start, stop and step give {samples:,} samples; {MAX_SAMPLES} is the limit."
            )
        return self


class Dense(Table):
    """One Dense layer; `kernel` and `bias` are its values at epoch 0, else the seed's."""

    units: Annotated[int, Field(ge=1, le=65_536)]
    activation: Annotated[str, one_of("activation", ACTIVATIONS)] = "linear"
    kernel: list[list[Number]] | None = None
    bias: list[Number] | None = None

    @model_validator(mode="after")
    def _check_shapes(self) -> Self:
        if self.kernel is not None:
            widths = {len(row) for row in self.kernel}
            if widths != {self.units}:
                raise ValueError(
                    f"kernel must have one row per input and {self.units} columns (units); "
                    f"its rows have {', '.join(map(str, sorted(widths))) or 'no'} values."
                )
        if self.bias is not None and len(self.bias) != self.units:
            raise ValueError(
                f"bias must have {self.units} values (units); it has {len(self.bias)}."
            )
        return self


class Model(Table):
    """The network: Dense layers from the input on."""

    layers: Annotated[list[Dense], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _check_kernels(self) -> Self:
        for number, (left, right) in enumerate(zip(self.layers, self.layers[1:]), start=2):
            if right.kernel is not None and len(right.kernel) != left.units:
                raise ValueError(
                    f"layer {number}: kernel has shape ({len(right.kernel)}, {right.units}); "
                    f"after a layer of {left.units} units it must be ({left.units}, {right.units})."
                )
        return self


class Training(Table):
    """How the network learns."""

    loss: Annotated[str, one_of("loss", LOSSES)] = "mean_squared_error"
    optimizer: Annotated[str, one_of("optimizer", tuple(OPTIMIZERS))] = "adam"
    learning_rate: Annotated[Number, Field(gt=0), AfterValidator(_no_zero)] = 0.001
    optimizer_settings: dict[str, OptimizerSetting] = Field(default={})
    epochs: Annotated[int, Field(ge=1, le=MAX_EPOCHS)] = 100
    batch_size: Annotated[int, Field(ge=1, lt=2**63)] = 32
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0

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


class Lecture(Table):
    """Everything a lecturer may change."""

    name: str
    data: Source
    model: Model
    training: Training = Training()
    film: Film = Film()
    words: Words = Words()
    chapters: dict[Language, dict[str, Text]] = Field(default={})
    captions: dict[Language, dict[str, Caption]] = Field(default={})
    folder: Path = Path()

    @property
    def file_title(self) -> str:
        """The file's name as a title: `my_first_net` as `My first net`."""
        title = " ".join(self.name.replace("_", " ").replace("-", " ").split())
        return title[:1].upper() + title[1:] or self.name

    @model_validator(mode="after")
    def _check_ends(self) -> Self:
        first, last = self.model.layers[0], self.model.layers[-1]
        if self.data.rule is None:
            return self
        if first.kernel is not None and len(first.kernel) != 1:
            raise ValueError(
                f"[model] layer 1: kernel has shape ({len(first.kernel)}, {first.units}); "
                f"a rule has one input, so it must be (1, {first.units})."
            )
        if last.units != 1:
            raise ValueError(
                f"[model] the last layer has {last.units} units; a rule has one target, "
                "so it must have 1."
            )
        return self


def data_path(lecture: Lecture) -> Path:
    """Where the lecture's data file lies: beside the lecture, unless its path is absolute."""
    return lecture.folder / str(lecture.data.file)
