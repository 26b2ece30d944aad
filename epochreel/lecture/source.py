"""Where a lecture's samples come from: a rule, a file, or a data set by its name."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from epochreel.errors import LectureError, shown
from epochreel.lecture.ranges import Number
from epochreel.lecture.rule import parse_rule
from epochreel.lecture.span import span_length
from epochreel.lecture.table import Table, one_of
from epochreel.lecture.vocabulary import COLLECTED_SETS, MADE_SETS

MAX_SAMPLES = 100_000
# Which settings go with a source of which kind, beside those that go with all.
GOES_WITH = {
    "step": ("rule",),
    "noise": ("rule", "made"),
    "samples": ("made",),
    "target": ("file",),
    "targets": ("file",),
    "features": ("file", "collected"),
    "validation_file": ("file",),
}
KINDS = {
    "rule": "start, stop and rule",
    "file": "file",
    "made": f"one of the data sets {', '.join(MADE_SETS)}",
    "collected": f"one of the data sets {', '.join(COLLECTED_SETS)}",
}


def _checked_rule(text: str) -> str:
    try:
        return parse_rule(text).text
    except LectureError as error:
        raise ValueError(str(error)) from error


def _each_once(names: list[str]) -> list[str]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"names {shown(name)} twice.")
    return names


Names = Annotated[list[str], Field(min_length=1), AfterValidator(_each_once)]


class Source(Table):
    """What the network learns: a range and a rule, a file of samples, or a data set by name."""

    start: Number | None = None
    stop: Number | None = None
    step: Annotated[Number, Field(gt=0)] = 1
    rule: Annotated[str, AfterValidator(_checked_rule)] | None = None
    file: str | None = None
    target: str | None = None
    targets: Names | None = None
    features: Names | None = None
    dataset: Annotated[str, one_of("data set", (*COLLECTED_SETS, *MADE_SETS))] | None = None
    samples: Annotated[int, Field(ge=2, le=MAX_SAMPLES)] | None = None
    noise: Annotated[Number, Field(ge=0)] | None = None
    validation_split: Annotated[Number, Field(gt=0, lt=1)] | None = None
    validation_file: str | None = None
    normalize: bool = False

    @property
    def kind(self) -> str:
        """One of `KINDS`: what the samples come from."""
        if self.file is not None:
            return "file"
        if self.dataset is not None:
            return "made" if self.dataset in MADE_SETS else "collected"
        return "rule"

    @model_validator(mode="after")
    def _check_source(self) -> Self:
        given = {
            "file": self.file is not None,
            "dataset": self.dataset is not None,
            "start, stop and rule": any(
                setting is not None for setting in (self.start, self.stop, self.rule)
            ),
        }
        sources = [name for name, there in given.items() if there]
        if len(sources) > 1:
            raise ValueError(f"take either {sources[0]}, or {sources[1]}, not both.")
        self._check_company()
        if self.kind == "rule":
            self._check_span()
        return self

    def _check_company(self) -> None:
        """Refuse settings that say nothing of samples from this source."""
        for name, kinds in GOES_WITH.items():
            # What stands at its default may have been written by whoever changed the lecture.
            left_alone = getattr(self, name) == type(self).model_fields[name].default
            if not left_alone and self.kind not in kinds:
                needed = " or ".join(KINDS[kind] for kind in kinds)
                raise ValueError(f"{name} goes with {needed}; leave it out here.")
        if self.target is not None and self.targets is not None:
            raise ValueError("take either target, or targets, not both.")
        if self.validation_split is not None and self.validation_file is not None:
            raise ValueError("take either validation_split, or validation_file, not both.")
        chosen = [self.target] if self.target is not None else self.targets or []
        for name in chosen:
            if name in (self.features or ()):
                raise ValueError(
                    f"{shown(name)} is among the features and a target; it gives away the answer."
                )

    def _check_span(self) -> None:
        if self.start is None or self.stop is None or self.rule is None:
            raise ValueError(
                "give start, stop and rule (targets from a rule), or file, or dataset."
            )
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
