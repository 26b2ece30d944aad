"""The loss along one weight, and what the record tells of that weight's first update."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.record.loss_along import LossAlong, Place
from epochreel.record.network import gradients
from epochreel.record.record import Record
from epochreel.record.update import Update, first_updates, steps_between, why_no_update
from tests.records import RECORDS, a_record

KINDS = ("lecture", "tanh", "huber", "two classes", "three classes", "ten layers", "huge values")


def updates(record: Record, most: int = 5) -> list[Update]:
    return first_updates(record, record.epochs, record.targets, record.dense, most)


def why_not(record: Record) -> str | None:
    return why_no_update(record, record.targets, record.losses, record.epochs, record.dense)


def said(record: Record, **hyperparameters: Any) -> Record:
    return replace(record, hyperparameters={**record.hyperparameters, **hyperparameters})


@pytest.mark.parametrize("kind", KINDS)
def test_the_curve_goes_through_the_recorded_loss_with_the_slope(kind: str) -> None:
    record = a_record(**RECORDS[kind])
    (update, *_) = updates(record)
    along = LossAlong(record, 0, record.targets, update.place)

    reach = along.reach(update.move, update.slope)
    step = 1e-3 * reach
    before, here, after, below = along(
        along.weight + np.array([-step, 0, step, -np.sign(update.slope) * reach])
    )

    assert along.weight == update.before
    assert here == pytest.approx(float(record.losses[0]), rel=1e-4)
    assert (after - before) / (2 * step) == pytest.approx(update.slope, rel=0.01)
    assert below < here


def test_the_lowest_place_of_a_parabola_is_found() -> None:
    record = a_record()
    (update, *_) = updates(record)
    along = LossAlong(record, 0, record.targets, update.place)

    # Of a parabola the slope falls evenly to 0, where it is lowest.
    other = replace(
        record,
        parameters=tuple(
            {name: states.copy() for name, states in layer.items()} for layer in record.parameters
        ),
    )
    place = update.place
    other.parameters[place.layer]["kernel"][(0, *place.indices)] += 0.1
    bend = (
        gradients(other, 0, record.inputs, record.targets)[place.layer]["kernel"][place.indices]
        - update.slope
    ) / 0.1
    reach = along.reach(update.move, update.slope)
    assert reach == pytest.approx(abs(update.slope) / bend, rel=0.1)


def test_a_bias_and_an_early_layer_have_curves_too() -> None:
    record = a_record(**RECORDS["tanh"])
    for update in updates(record):
        along = LossAlong(record, 0, record.targets, update.place)
        before, after = along(along.weight + np.array([-1e-3, 1e-3]))
        assert (after - before) / 2e-3 == pytest.approx(update.slope, rel=0.02, abs=1e-3)


def test_the_steepest_weight_of_the_last_layer_that_is_not_flat_comes_first() -> None:
    record = a_record()
    slopes = gradients(record, 0, record.inputs, record.targets)
    places = [update.place for update in updates(record)]

    assert [(place.layer, place.name) for place in places] == [
        *((2, "kernel"), (1, "kernel"), (0, "kernel")),
        *((2, "bias"), (1, "bias")),
    ]
    for place in places:
        values = np.abs(slopes[place.layer][place.name])
        assert values[place.indices] == values.max()
    assert updates(record, 1)[0].place == places[0]


def test_one_step_is_told_from_what_only_looks_like_one() -> None:
    record = a_record(**RECORDS["one step an epoch"])
    (update, *_) = updates(record)
    assert update.is_one_step and update.goes_down

    assert updates(said(record, batch_size=None))[0].is_one_step
    turned = {"learning_rate": -record.hyperparameters["learning_rate"]}
    for other in (
        said(record, **turned),
        said(record, optimizer="sgd"),
        said(record, optimizer="my_own", optimizer_kind="class"),
        said(record, learning_rate_schedule="CosineDecay"),
        said(record, optimizer_settings={"weight_decay": 0.01}),
        said(record, batch_size=5),
        replace(record, epochs=record.epochs + 3),
    ):
        assert not updates(other)[0].is_one_step
    assert not updates(a_record())[0].is_one_step


def test_steps_of_an_epoch_are_counted_where_they_are_known() -> None:
    record = a_record(**RECORDS["many samples"])
    assert steps_between(record, record.epochs) == 5
    assert steps_between(said(record, batch_size=None), record.epochs) is None
    assert steps_between(record, np.array([0, 10])) is None


def test_a_reason_says_why_there_is_no_update() -> None:
    record = a_record()
    assert why_not(record) is None
    assert why_not(a_record(**RECORDS["one epoch"])) == "only one epoch is recorded"
    assert "my_own_loss" in str(why_not(a_record(**RECORDS["own loss"])))
    other = replace(record, history={"loss": record.losses + 1})
    assert "at epoch 0 the loss is 233.1" in str(why_not(other))
    layer = replace(record.layers[0], type="MyLayer")
    unknown = replace(record, layers=(layer, *record.layers[1:]))
    assert "not known" in str(why_not(unknown))
    exact = replace(record, targets=record.predictions[0], history={"loss": record.losses * 0})
    assert "no weight has a slope" in str(why_not(exact))


def test_where_the_loss_is_no_number_it_is_as_high_as_can_be() -> None:
    record = a_record()
    along = LossAlong(record, 0, record.targets, Place(2, "kernel", (0, 0)))
    assert np.isinf(along(np.array([1e300]))).all()
