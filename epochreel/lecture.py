"""A lecture file read into one frozen `Lecture`, checked whole before anything slow starts."""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from epochreel.errors import LectureError
from epochreel.rule import parse_rule
from epochreel.vocabulary import ACTIVATIONS, LOSSES, OPTIMIZERS

Language = Literal["zh", "en"]
ThemeName = Literal["paper", "night"]
Number = Annotated[float, Field(allow_inf_nan=False)]
MAX_SAMPLES = 100_000


def one_of(what: str, known: Sequence[str]) -> AfterValidator:
    """A check that a word is one of `known`, with the nearest one offered when it is not."""

    def check(value: str) -> str:
        if value in known:
            return value
        raise ValueError(f"there is no {what} {value!r}.{_suggestion(value, known)}")

    return AfterValidator(check)


def _checked_rule(text: str) -> str:
    try:
        return parse_rule(text).text
    except LectureError as error:
        raise ValueError(str(error)) from error


class Table(BaseModel):
    """A table of the lecture file: frozen, and closed to settings that do not exist."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Data(Table):
    """What the network learns: a range and a rule, or a file of samples."""

    start: Number | None = None
    stop: Number | None = None
    step: Annotated[Number, Field(gt=0)] = 1
    rule: Annotated[str, AfterValidator(_checked_rule)] | None = None
    file: str | None = None

    @model_validator(mode="after")
    def check_source(self) -> Self:
        by_rule = (self.start, self.stop, self.rule)
        if self.file is not None:
            if any(setting is not None for setting in by_rule):
                raise ValueError("take either file, or start, stop and rule, not both.")
            return self
        if self.start is None or self.stop is None or self.rule is None:
            raise ValueError("give start, stop and rule (targets from a rule), or file.")
        samples = (self.stop - self.start) / self.step
        if samples <= 0:
            raise ValueError(
                f"start = {self.start:g} to stop = {self.stop:g} holds no sample; "
                "like range(), stop is left out and must be larger than start."
            )
        if samples > MAX_SAMPLES:
            raise ValueError(
                f"start, stop and step give {samples:.0f} samples; {MAX_SAMPLES} is the limit."
            )
        return self


class Dense(Table):
    """One Dense layer; `kernel` and `bias` are its values at epoch 0, else the seed's."""

    units: Annotated[int, Field(ge=1, le=65_536)]
    activation: Annotated[str, one_of("activation", ACTIVATIONS)] = "linear"
    kernel: list[list[Number]] | None = None
    bias: list[Number] | None = None

    @model_validator(mode="after")
    def check_shapes(self) -> Self:
        if self.kernel is not None:
            widths = {len(row) for row in self.kernel}
            if widths != {self.units}:
                raise ValueError(
                    f"kernel must have one row per input and {self.units} columns (units); "
                    f"its rows have {', '.join(map(str, sorted(widths))) or 'no'} values."
                )
        if self.bias is not None and len(self.bias) != self.units:
            raise ValueError(f"bias must have {self.units} values (units); it has {len(self.bias)}.")
        return self


class Model(Table):
    """The network: Dense layers from the input on."""

    layers: Annotated[list[Dense], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def check_kernels(self) -> Self:
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
    learning_rate: Annotated[Number, Field(gt=0)] = 0.001
    optimizer_settings: dict[str, bool | Number] = {}
    epochs: Annotated[int, Field(ge=1, le=100_000)] = 100
    batch_size: Annotated[int, Field(ge=1)] = 32
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0

    @model_validator(mode="after")
    def check_optimizer_settings(self) -> Self:
        known = OPTIMIZERS[self.optimizer]
        for name in self.optimizer_settings:
            if name not in known:
                raise ValueError(
                    f"optimizer {self.optimizer!r} has no setting {name!r}."
                    f"{_suggestion(name, known)}"
                )
        return self


class Film(Table):
    """What the film shows, and how."""

    shown_epochs: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1)] = [0, 1, 2, 3]
    language: Language = "zh"
    theme: ThemeName = "paper"

    @field_validator("shown_epochs")
    @classmethod
    def in_order(cls, epochs: list[int]) -> list[int]:
        if epochs != sorted(set(epochs)):
            raise ValueError(f"must rise and not repeat; found {epochs}.")
        return epochs


class Title(Table):
    """What the lecture is called, in one language."""

    course: Annotated[str, Field(max_length=400)] = ""
    lesson: Annotated[str, Field(max_length=400)] = ""


class Words(Table):
    """The words of this lecture; those of every lecture belong to the scenes."""

    zh: Title = Title()
    en: Title = Title()
    links: Annotated[list[str], Field(max_length=6)] = []
    references: Annotated[list[str], Field(max_length=12)] = []


class Lecture(Table):
    """Everything a lecturer may change."""

    name: str
    data: Data
    model: Model
    training: Training = Training()
    film: Film = Film()
    words: Words = Words()
    folder: Path = Path()

    @model_validator(mode="after")
    def check_ends(self) -> Self:
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

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """What training depends on, as plain values: the same values, the same record."""
        return self.model_dump(include={"data", "model", "training"}, mode="json")

    @property
    def training_key(self) -> str:
        """Twelve hexadecimal digits that change when a hyperparameter or the data file does."""
        digest = hashlib.sha256(json.dumps(self.hyperparameters, sort_keys=True).encode())
        if self.data.file is not None:
            digest.update(data_path(self).read_bytes())
        return digest.hexdigest()[:12]


def shipped_lectures() -> dict[str, Path]:
    """The lecture files that come with epochreel, by name."""
    folder = Path(str(files("epochreel") / "lectures"))
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


def data_path(lecture: Lecture) -> Path:
    """Where the lecture's data file lies: beside the lecture, unless its path is absolute."""
    return lecture.folder / str(lecture.data.file)


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
            lines.append(f"{owner} has no setting {name!r}.{_suggestion(name, known)}")
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


def _suggestion(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return f" Did you mean {close[0]!r}?"
    return f" Known: {', '.join(known)}."


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
