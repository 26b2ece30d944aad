"""Records of every kind, and some of which it is hard to say something true."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from epochreel.record.record import Record
from tests.records import RECORDS, a_record


def told_records() -> Iterator[tuple[str, Record]]:
    """Every kind's name and a record of it."""
    for kind, settings in RECORDS.items():
        yield kind, a_record(**settings)
    lecture, several = a_record(), a_record(**RECORDS["several"])
    yield "learned", _learned(lecture)
    yield "learned after a resume", _learned(a_record(**RECORDS["resumed"]))
    yield "learned all", _learned(lecture, left=0.0)
    yield "learned, then diverged", replace(_learned(lecture), diverged_at=13)
    yield "diverged at once", a_record(epochs=(0,), diverged_at=1, asked=12)
    yield "sampled", _sampled(a_record(**RECORDS["some epochs"]))
    yield (
        "unlike outputs",
        _with_losses(
            replace(
                several,
                inputs=several.inputs * [1, 10, 100],
                targets=several.targets * [1, 50],
            )
        ),
    )
    near = lecture.targets / 1e6 + 1000
    yield "near targets", _with_losses(replace(lecture, targets=near, rule=None))
    yield (
        "only biases learn",
        replace(
            lecture,
            parameters=tuple(
                {**layer, "kernel": layer["kernel"][[0] * 13]} for layer in lecture.parameters
            ),
        ),
    )
    yield "weighted", replace(lecture, history={"loss": lecture.losses + 1})


def _with_losses(record: Record) -> Record:
    errors = record.predictions - record.targets
    return replace(record, history={"loss": (errors**2).mean(axis=(1, 2))})


def _learned(record: Record, left: float = 1e-4) -> Record:
    """The same with predictions that come to the truth."""
    shares = np.linspace(1, left, len(record.epochs))[:, None, None]
    errors = record.predictions[0] - record.targets
    return _with_losses(replace(record, predictions=record.targets + errors * shares))


def _sampled(record: Record) -> Record:
    """The same with the loss of every epoch, the lowest of them between two that are recorded."""
    every = np.interp(np.arange(501), record.epochs, record.losses)
    every[100] = 3.0
    return replace(record, history={"loss": every})
