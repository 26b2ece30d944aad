"""What a lecture is: frozen tables of settings, each checked as it is made."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    field_validator,
    model_validator,
)

from epochreel.errors import LectureError, UnknownSetting, shown
from epochreel.lecture.languages import LANGUAGES
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.span import span_length
from epochreel.lecture.vocabulary import ACTIVATIONS, LOSSES, OPTIMIZERS
from epochreel.lecture.words import places
from epochreel.numbers import MOST_DECIMALS

ThemeName = Literal["paper", "night"]
MAX_SAMPLES = 100_000
MAX_EPOCHS = 100_000
MAX_CHARACTERS = 400
LARGEST_FLOAT32 = 3.4028234663852886e38
SMALLEST_FLOAT32 = 1.1754943508222875e-38


def one_of(what: str, known: Sequence[str]) -> AfterValidator:
    """A check that a word is one of `known`, with the nearest one offered when it is not."""

    def check(value: str) -> str:
        if value in known:
            return value
        raise ValueError(f"there is no {what} {shown(value)}.{suggestion(value, known)}")

    return AfterValidator(check)


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


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    for character in line:
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise ValueError(f"holds the control character {character!r}; leave it out.")
    if len(line) > MAX_CHARACTERS:
        raise ValueError(f"has {len(line)} characters; {MAX_CHARACTERS} is the limit.")
    return line


def _template(text: str) -> str:
    """Words in which numbers are put; that each has a place there shows when they are said."""
    if not text:
        raise ValueError("has no words in it. Write some, or take it out.")
    try:
        places(text)
    except LectureError as error:
        raise ValueError(str(error)) from error
    return text


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_within_float32)]
OptimizerSetting = Annotated[bool | float, PlainValidator(_optimizer_setting)]
Epoch = Annotated[int, Field(ge=0, le=MAX_EPOCHS)]
Text = Annotated[str, AfterValidator(_one_line)]
Language = Annotated[str, one_of("language", LANGUAGES)]
Caption = Annotated[Text, AfterValidator(_template)]


class Table(BaseModel):
    """A table of the lecture file: frozen, and closed to settings that do not exist."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


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
    optimizer_settings: dict[str, OptimizerSetting] = {}
    epochs: Annotated[int, Field(ge=1, le=MAX_EPOCHS)] = 100
    batch_size: Annotated[int, Field(ge=1, lt=2**63)] = 32
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0

    @model_validator(mode="after")
    def _check_optimizer_settings(self) -> Self:
        known = OPTIMIZERS[self.optimizer]
        for name in self.optimizer_settings:
            if isinstance(name, str) and name not in known:
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
    shown_epochs: Annotated[list[Epoch], Field(min_length=1)] = [0, 1, 2, 3]
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


class Names(Table):
    """What the lecture is called, in one language."""

    course: Text = ""
    lesson: Text = ""


class Words(Table):
    """The words of this lecture, with `Names` for each language in a table of its own."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    __pydantic_extra__: dict[str, Names] = Field(init=False)

    links: Annotated[list[Text], Field(max_length=6)] = []
    references: Annotated[list[Text], Field(max_length=12)] = []

    @model_validator(mode="before")
    @classmethod
    def _check_languages(cls, table: Any) -> Any:
        known = [*cls.model_fields, *LANGUAGES]
        for name in table if isinstance(table, dict) else ():
            if isinstance(name, str) and name not in known:
                problem = UnknownSetting(
                    f"has no setting {shown(name)}.{suggestion(name, known)}",
                    field=f"words.{name[:40]}",
                )
                raise ValueError(str(problem)) from problem
        return table

    def names(self, first: str) -> dict[str, Names]:
        """What the lecture is called by language: in `first` first, then in the file's order."""
        tables = self.__pydantic_extra__
        order = sorted(tables, key=lambda language: language != first)
        return {language: tables[language] for language in order}


class Lecture(Table):
    """Everything a lecturer may change."""

    name: str
    data: Source
    model: Model
    training: Training = Training()
    film: Film = Film()
    words: Words = Words()
    chapters: dict[Language, dict[str, Text]] = {}
    captions: dict[Language, dict[str, Caption]] = {}
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


def suggestion(name: str, known: Sequence[str]) -> str:
    """The nearest known name, or all of them: the end of a message about an unknown one."""
    close = get_close_matches(name[:100], known, n=1)
    if close:
        return f" Did you mean {close[0]!r}?"
    return f" Known: {', '.join(known)}."
