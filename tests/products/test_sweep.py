"""Trainings side by side: the same as one by one, and what the table says of them."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from epochreel.errors import BadRule
from epochreel.lecture.grid import Axis, grid
from epochreel.products.sweep import facts, labels_of, sweep, write_table
from epochreel.record.record import Record
from epochreel.work.events import Event
from epochreel.work.records import records_of
from epochreel.work.store import Store
from epochreel.work.workers import Processes
from tests.records import a_record

LECTURE = """
data = {start = 0, stop = 5, rule = "2*x"}
model.layers = [{units = 2, activation = "tanh"}, {units = 1}]
training = {epochs = 4, batch_size = 2}
"""
AXES = [
    Axis.of("training.learning_rate=0.001,0.1,1e20"),
    Axis.of("training.optimizer=sgd,adam"),
]


@pytest.mark.keras
def test_a_sweep_gives_the_records_of_single_runs(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE)
    points = grid(str(tmp_path / "mine.toml"), [], AXES)
    store, alone = Store(tmp_path / "media"), Store(tmp_path / "alone")
    heard: list[Event] = []
    with Processes(2, store) as workers:
        results = sweep(points, store, workers, heard.append)
        again = sweep(points, store, workers, heard.append)

    # One after the other, in another order: nothing is left of a training for the next one.
    shuffled = random.Random(3).sample(results, len(results))
    with Processes(1, alone) as workers:
        for result in shuffled:
            (plan,) = records_of([result.point.lecture], alone, workers, print)
            assert plan.path.read_bytes() == result.plan.path.read_bytes()
    assert [event.what for event in heard].count("trained") == len(points)
    assert [event.share for event in heard if event.what == "trained"][-1] == 1
    assert [it.plan.path for it in again] == [it.plan.path for it in results]
    assert results[4].record.diverged_at is not None

    table = write_table(results, AXES, store)
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert table.name == "mine.learning_rate-optimizer.csv"
    assert [row["training.optimizer"] for row in rows] == ["sgd", "adam"] * 3
    for row, result in zip(rows, results):
        assert float(row["final_loss"]) == result.record.losses[-1]
        assert row["diverged_at"] == str(result.record.diverged_at or "")
        assert Path(row["record"]) == result.plan.path


def test_data_is_read_before_anything_is_trained(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE)
    points = grid(str(tmp_path / "mine.toml"), [], [Axis.of("data.rule='x','1/x'")])
    store = Store(tmp_path / "media")
    with Processes(1, store) as workers, pytest.raises(BadRule):
        sweep(points, store, workers, print)
    assert not store.root.exists()


@pytest.mark.parametrize(
    ("losses", "epochs"),
    [([8, 5, 4, 1], 2), ([8, 8, 8, 8], None), ([0, 0, 0, 0], 0), ([8, 9, 3, 7], 2)],
)
def test_epochs_to_half_of_the_first_loss(losses: list[float], epochs: int | None) -> None:
    record = replace(a_record(epochs=(0, 1, 2, 3)), history={"loss": np.array(losses, dtype=float)})
    assert facts(record) == {
        "final_loss": losses[-1],
        "epochs_to_half_loss": epochs,
        "diverged_at": None,
    }


def test_epochs_that_were_not_recorded_count() -> None:
    record = replace(a_record(epochs=(0, 4)), history={"loss": np.array([8, 6, 4, 2, 1.0])})
    assert facts(record)["epochs_to_half_loss"] == 2


def with_settings(**settings: object) -> Record:
    record = a_record()
    return replace(record, hyperparameters={**record.hyperparameters, **settings})


def test_records_are_called_by_what_sets_them_apart() -> None:
    one, two = with_settings(learning_rate=0.1), with_settings(learning_rate=1e-3)
    adam = with_settings(optimizer_settings={"beta_1": 0.8})
    wide = a_record(widths=(1, 6, 1))

    assert labels_of(["a", "b"], [one, two]) == ["learning_rate 0.1", "learning_rate 0.001"]
    assert labels_of(["a", "b"], [one, one]) == ["a", "b"]
    assert labels_of(["a"], [one]) == ["a"]
    assert labels_of(["a", "b", "c"], [one, two, two]) == [
        "learning_rate 0.1",
        "b learning_rate 0.001",
        "c learning_rate 0.001",
    ]
    assert labels_of(["a", "b"], [one, adam]) == [
        "optimizer_settings default",
        "optimizer_settings beta_1 0.8",
    ]
    assert labels_of(["a", "b"], [one, wide]) == ["units 1-4-3-1", "units 1-6-1"]
