"""What a scene may see: the parts of a record and a lecture that it says it reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from epochreel.errors import BadScenes, shown
from epochreel.record.classes import Classes, classes_of
from epochreel.record.outcome import Outcome, outcome_of
from epochreel.record.record import Array, Layer, Record, Validation

if TYPE_CHECKING:  # a new setting is no new picture
    from epochreel.lecture.settings import Lecture, ThemeName


@dataclass(frozen=True, eq=False)
class Run:
    """One of several trainings that are shown side by side, under its label.

    Attributes:
        curve: its epochs and the loss after each, (E,) and (E,).
        predictions: after its last epoch, (n, k).
        layers, parameters: of its network in that one state, each parameter (1, *shape).
        classes: what it says of classes there, where targets are classes.
    """

    label: str
    inputs: Array
    targets: Array
    rule: str | None
    curve: tuple[Array, Array]
    predictions: Array
    diverged_at: int | None
    layers: tuple[Layer, ...] = ()
    parameters: tuple[Mapping[str, Array], ...] = ()
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    feature_names: tuple[str, ...] = ()
    classes: Classes | None = None

    @classmethod
    def of(cls, label: str, record: Record) -> "Run":
        """What is shown of a record beside others."""
        parameters = tuple(
            {name: states[-1:] for name, states in layer.items()} for layer in record.parameters
        )
        return cls(
            label,
            record.inputs,
            record.targets,
            record.rule,
            record.curve,
            record.predictions[-1],
            record.diverged_at,
            record.layers,
            parameters,
            record.hyperparameters,
            record.feature_names,
            classes_of(replace(record, predictions=record.predictions[-1:])),
        )


@dataclass(frozen=True, eq=False)
class Training:
    """A run with the way that it took.

    Attributes:
        epochs, losses: of the recorded states, (E,) each.
        parameters: per layer each parameter's states, (E, *shape).
    """

    run: Run
    epochs: npt.NDArray[np.int64]
    losses: Array
    parameters: tuple[Mapping[str, Array], ...]

    @classmethod
    def of(cls, label: str, record: Record) -> "Training":
        """The way of a record."""
        return cls(Run.of(label, record), record.epochs, record.losses, record.parameters)


@dataclass(frozen=True, eq=False)
class Show:
    """A record with the words and the look it is shown in.

    Attributes:
        runs: in a comparison all trainings that are compared, of which `record` is one.
        beside: the same with their ways, where a lecture compares them.
    """

    record: Record
    lecture: "Lecture"
    runs: tuple[Run, ...] = ()
    beside: tuple[Training, ...] = ()

    @property
    def language(self) -> str:
        """Of the words on screen."""
        return self.lecture.film.language

    @property
    def theme(self) -> "ThemeName":
        """The name of its colours."""
        return self.lecture.film.theme

    @cached_property
    def classes(self) -> Classes | None:
        """What the network says of classes, where targets are classes."""
        return classes_of(self.record)

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """Everything a scene can name in its `reads`."""
        record, words = self.record, self.lecture.words
        _, references = words.references_in(self.language)
        titles = [*words.names(self.language).values()]
        lessons = [title.lesson for title in titles if title.lesson]
        # A lecture without words of its own is called what its file is called.
        lesson = lessons[0] if lessons else self.lecture.file_title
        courses = [title.course for title in titles if title.course][:2]
        return {
            **{name: getattr(record, name) for name in vars(record).keys() - {"versions"}},
            "curve": record.curve,
            "losses": record.losses,
            "classes": self.classes,
            "dense": record.dense,
            "outcome": outcome_of(record.losses, record.diverged_at),
            "runs": self.runs,
            "trainings": (Training.of("", record), *self.beside),
            "widths": record.widths,
            "shown_epochs": shown_epochs(record, self.lecture.film.shown_epochs),
            "decimals": self.lecture.film.decimals,
            "courses": tuple(courses) or (lesson,),
            "lesson": lesson,
            "links": tuple(words.links),
            "references": tuple(references),
        }


class View:
    """The fields of a show that a scene declared, as attributes; any other is an error.

    It keeps the names of those that were asked for, of the hyperparameters one by one: what the
    scene has drawn until then depends on them and on nothing else of the show.
    """

    inputs: Array
    targets: Array
    rule: str | None
    layers: tuple[Layer, ...]
    dense: tuple[int, ...]
    widths: tuple[int, ...]
    epochs: npt.NDArray[np.int64]
    losses: Array
    history: Mapping[str, Array]
    curve: tuple[Array, Array]
    outcome: Outcome
    runs: tuple[Run, ...]
    trainings: tuple[Training, ...]
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    class_names: tuple[str, ...]
    classes: Classes | None
    validation: Validation | None
    parameters: tuple[Mapping[str, Array], ...]
    predictions: Array
    hyperparameters: Mapping[str, Any]
    diverged_at: int | None
    shown_epochs: tuple[int, ...]
    decimals: int | None
    courses: tuple[str, ...]
    lesson: str
    links: tuple[str, ...]
    references: tuple[str, ...]

    def __init__(self, show: Show, reads: Sequence[str]) -> None:
        for name in reads:
            if name not in show.fields:
                raise BadScenes(f"`reads` list {shown(name)}. {_THERE}", field=name, value=reads)
        self._fields = {name: show.fields[name] for name in reads}
        self._asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._fields:
            # An AttributeError too, as those expect it who only ask whether it is there.
            raise NotRead(f"The scene uses view.{name}, which its `reads` do not list. {_THERE}")
        if name == "hyperparameters":
            return Noted(self._fields[name], self._asked, "hyperparameters.")
        self._asked.add(name)
        return self._fields[name]

    def __deepcopy__(self, memo: object) -> "View":
        return self  # Manim copies mobjects with all they hold; the view has to hear of all uses

    @property
    def asked(self) -> Mapping[str, Any]:
        """What was asked for until now, by name."""
        known = self._fields | {
            f"hyperparameters.{name}": value
            for name, value in self._fields.get("hyperparameters", {}).items()
        }
        return {name: known.get(name) for name in sorted(self._asked)}

    def at(self, epoch: int) -> int:
        """Where `epoch` stands along the first axis of the recorded arrays."""
        return int(np.flatnonzero(self.epochs == epoch)[0])


class NotRead(BadScenes, AttributeError):
    """A field that a scene uses and does not list."""


_THERE = f"They may list: {', '.join(sorted(View.__annotations__))}."


class Noted(Mapping[str, Any]):
    """A mapping that notes, behind a prefix, which of its names were asked for."""

    def __init__(self, values: Mapping[str, Any], asked: set[str], prefix: str) -> None:
        self._values, self._asked, self._prefix = values, asked, prefix

    def __getitem__(self, name: str) -> Any:
        self._asked.add(self._prefix + name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def shown_epochs(record: Record, wanted: Sequence[int]) -> tuple[int, ...]:
    """The recorded epoch nearest to each wanted one, and always the last; at least one.

    Wanted epochs after the last one are left out.
    """
    recorded = record.epochs
    last = int(recorded[-1])
    nearest = {int(recorded[np.abs(recorded - epoch).argmin()]) for epoch in wanted if epoch < last}
    return tuple(sorted({*nearest, last}))
