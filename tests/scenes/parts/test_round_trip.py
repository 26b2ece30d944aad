"""The sample and the weight that go round say something, and say it truly."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.record import Record
from epochreel.record.update import first_updates
from epochreel.record.view import View
from scenes.gradient_step import GradientStep
from scenes.parts.followed import followed_sample
from scenes.parts.round_trip import RoundTrip, changed_most, round_trip
from scenes.parts.step_text import name_of
from scenes.training_loop import TrainingLoop
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def trip_of(record: Record, *settings: str) -> RoundTrip:
    view = View(show_of(record, "en", "paper", *settings), TrainingLoop.reads)
    return round_trip(view, followed_sample(view, Words("en")))


def test_the_sample_is_the_one_that_is_farthest_from_its_truth() -> None:
    record = a_record(**RECORDS["several"])
    predictions = record.predictions.copy()
    predictions[0, 7, 1] += 1000

    trip = trip_of(replace(record, predictions=predictions))

    assert (trip.sample, trip.output) == (7, 1)


def test_its_own_loss_is_that_of_the_prediction_and_the_truth_that_are_shown() -> None:
    record = a_record(**RECORDS["several"])

    trip = trip_of(record)

    shown = trip.sample, trip.output
    errors = record.predictions[:2][:, *shown] - record.targets[shown]
    assert trip.own_losses == pytest.approx(errors**2, rel=1e-6)
    assert trip.loss_name == "mean loss"


def test_of_a_loss_that_is_not_known_nobody_says_that_it_is_a_mean() -> None:
    trip = trip_of(a_record(**RECORDS["own loss"]))

    assert (trip.own_losses, trip.loss_name) == ([], "loss")


def test_a_loss_with_a_penalty_is_not_called_a_mean() -> None:
    record = a_record()

    trip = trip_of(replace(record, history={"loss": record.losses + 1}))

    assert (trip.own_losses, trip.loss_name) == ([], "loss")


@pytest.mark.parametrize(
    ("epochs", "shown", "states"),
    [
        ((0, 1, 2), [0, 2], [0, 1]),
        ((0, 10, 20), [10], [1, 2]),
        ((0, 10, 20), [99], [1, 2]),  # the last epoch alone is shown: how it came about
        ((3,), [3], [0]),
    ],
)
def test_it_is_one_step_between_recorded_epochs(
    epochs: tuple[int, ...], shown: list[int], states: list[int]
) -> None:
    assert trip_of(a_record(epochs=epochs), f"film.shown_epochs={shown}").states == states


def weights(*layers: Any) -> list[dict[str, np.ndarray]]:
    return [{"kernel": np.array(kernel, dtype=float)} for kernel in layers]


def test_the_weight_is_the_one_that_changed_most() -> None:
    first = [[[0, 0, 0]], [[1, 1, 1]]]
    second = [[[5, 5], [5, 5], [5, 5]], [[5, 5], [5, 2], [4, 5]]]

    weight = changed_most(weights(first, second), 0, 1)

    assert weight
    assert (weight.name, weight.before, weight.after) == ("w2[2, 2]", 5, 2)


def test_there_is_none_where_none_changed() -> None:
    assert changed_most(weights([[[1]], [[1]], [[2]]]), 0, 1) is None


@pytest.mark.parametrize("kind", ["lecture", "three classes"])
def test_its_weight_is_the_one_that_the_scene_of_one_step_tells_of(kind: str) -> None:
    record = a_record(**RECORDS[kind])
    trip = trip_of(record)
    (update,) = first_updates(record, record.epochs, record.targets, record.dense, 1)

    assert trip.weight
    assert (trip.weight.before, trip.weight.after) == (update.before, update.after)
    assert trip.weight.name == name_of(update, View(show_of(record), GradientStep.reads))
