"""Trainings side by side: their results as a table, and as one film."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from epochreel.lecture.grid import Axis, Point, slug
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.view import Run
from epochreel.work.events import Listener
from epochreel.work.records import RecordPlan, records_of
from epochreel.work.store import Store, put
from epochreel.work.workers import Workers


@dataclass(frozen=True)
class Result:
    """One training of a sweep."""

    point: Point
    plan: RecordPlan
    record: Record

    @property
    def run(self) -> Run:
        """What is shown of it beside others."""
        return Run.of(self.point.label, self.record)


def sweep(
    points: Sequence[Point], store: Store, workers: Workers, listen: Listener
) -> list[Result]:
    """Train what is not trained yet; all results in the order of the grid."""
    plans = records_of([point.lecture for point in points], store, workers, listen)
    return [Result(point, plan, load_record(plan.path)) for point, plan in zip(points, plans)]


def write_table(results: Sequence[Result], axes: Sequence[Axis], store: Store) -> Path:
    """Write a row per training, as CSV; where it lies."""
    lecture = results[0].point.lecture.name
    path = store.sweep(lecture, slug("-".join(axis.name for axis in axes)))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*(axis.key for axis in axes), *COLUMNS])
    writer.writeheader()
    for result in results:
        writer.writerow({**result.point.values, **facts(result.record), "record": result.plan.path})
    with store.scratch() as scratch:
        made = scratch / path.name
        made.write_text(text.getvalue(), encoding="utf-8")
        records = [result.plan.path.name for result in results]
        put({path: made}, {}, records=records)
    return path


COLUMNS = ("final_loss", "epochs_to_half_loss", "diverged_at", "record")


def facts(record: Record) -> Mapping[str, Any]:
    """What a table says of a training; None where there is nothing to say."""
    epochs, losses = record.curve
    half = np.flatnonzero(losses <= losses[0] / 2)
    return {
        "final_loss": float(losses[-1]),
        "epochs_to_half_loss": int(epochs[half[0]] - epochs[0]) if half.size else None,
        "diverged_at": record.diverged_at,
    }


def labels_of(names: Sequence[str], records: Sequence[Record]) -> list[str]:
    """A label for each record: what sets it apart of hyperparameters and units, else its name."""
    said = [
        {
            **{name: _short(value) for name, value in record.hyperparameters.items()},
            "units": "-".join(map(str, record.widths)),
        }
        for record in records
    ]
    settings = dict.fromkeys(setting for one in said for setting in one)
    apart = [setting for setting in settings if len({one.get(setting) for one in said}) > 1]
    labels = [
        ", ".join(f"{setting} {one[setting]}" for setting in apart if setting in one)
        for one in said
    ]
    return [
        label if label and labels.count(label) == 1 else f"{name} {label}".strip()
        for name, label in zip(names, labels)
    ]


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(item)}" for name, item in value.items()) or "default"
    return f"{value:g}" if isinstance(value, float) else str(value)
