"""The loss over two parameters or two directions: held against what a record holds."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.record import landscape
from epochreel.record.landscape import Landscape, comparable, why_none
from epochreel.record.learned import learned
from epochreel.record.losses import loss_of
from epochreel.record.network import outputs
from epochreel.record.record import Record
from epochreel.record.view import Training
from tests.descents import descent
from tests.records import RECORDS, a_record


def of(record: Record) -> Training:
    return Training.of("", record)


def test_of_two_parameters_the_map_is_the_loss_of_every_pair() -> None:
    record = descent()
    land = Landscape.of(of(record))
    assert land.places == ((0, "kernel", (0, 0)), (0, "bias", (0,)))
    x, y = np.linspace(-1, 4, 5), np.linspace(-7, 2, 3)

    found = land.losses(x, y)

    truth = record.targets[:, 0]
    for row, column in np.ndindex(3, 5):
        errors = x[column] * record.inputs[:, 0] + y[row] - truth
        assert found[row, column] == pytest.approx((errors**2).mean(), rel=1e-6)


def test_of_two_parameters_the_way_is_their_values_and_has_the_recorded_losses() -> None:
    record = descent()
    land = Landscape.of(of(record))
    way = land.path(of(record))
    (layer,) = record.parameters
    assert np.array_equal(way[:, 0], layer["kernel"][:, 0, 0])
    assert np.array_equal(way[:, 1], layer["bias"][:, 0])
    for place, loss in zip(way[:9], record.losses):
        assert land.loss_at(*place) == pytest.approx(loss, rel=1e-5)
    assert (land.share, land.straight) == (1.0, False)


@pytest.mark.parametrize(
    "kind", [kind for kind in RECORDS if not why_none(of(a_record(**RECORDS[kind])))]
)
def test_the_last_state_held_is_on_the_plane_with_its_recorded_loss(kind: str) -> None:
    training = of(a_record(**RECORDS[kind]))
    land = Landscape.of(training)
    last = land.held - 1
    assert np.allclose(land.axes @ land.axes.T, np.eye(2))
    assert land.loss_at(*land.path(training)[last]) == pytest.approx(
        training.losses[last], rel=1e-4
    )


@pytest.mark.parametrize("kind", ["two classes", "ten classes", "ten layers", "784 inputs"])
def test_at_any_place_it_is_the_loss_of_a_network_with_those_parameters(kind: str) -> None:
    record = a_record(**RECORDS[kind])
    land = Landscape.of(of(record))
    x, y = 1.7, -0.9
    flat, at, layers = land.origin + np.array([x, y]) @ land.axes, 0, []
    trained = {(layer, name) for layer, name, _ in landscape.places_of(of(record))}
    for number, layer in enumerate(record.parameters):
        state = {}
        for name, states in layer.items():
            state[name] = states[-1:]
            if (number, name) in trained:
                state[name] = flat[at : at + states[-1].size].reshape(1, *states.shape[1:])
                at += states[-1].size
        layers.append(state)
    loss = loss_of(record.hyperparameters, record.layers)
    assert loss and at == len(flat)
    said = outputs(replace(record, parameters=tuple(layers)), 0, record.inputs)[-1]
    assert land.loss_at(x, y) == pytest.approx(loss.mean(record.targets, said), rel=1e-9)


@pytest.mark.parametrize(("units", "trained"), [(2, 40), (12, 12)])
def test_the_directions_are_those_in_which_it_moved_most(units: int, trained: int) -> None:
    """With fewer parameters than epochs, and with more."""
    dense = ("Dense", (units,), {"activation": "tanh"}), ("Dense", (1,), {"activation": "sigmoid"})
    training = of(learned("moons", dense, trained=trained))
    land = Landscape.of(training)
    states = [
        states.reshape(trained + 1, -1)
        for layer in training.parameters
        for states in layer.values()
    ]
    ways = np.concatenate(states, axis=1)
    ways = ways - ways[-1]
    _, sizes, main = np.linalg.svd(ways, full_matrices=False)
    assert np.allclose(np.abs((land.axes * main[:2]).sum(axis=1)), 1)
    assert land.share == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum())
    path = land.path(training)
    assert path[0, 0] < path[-1, 0] and not land.straight


def test_where_it_moves_along_a_line_the_line_is_the_first_direction() -> None:
    training = of(a_record())
    land = Landscape.of(training)
    assert land.straight and land.share == pytest.approx(1)
    assert np.abs(land.path(training)[:, 1]).max() < 1e-9


def test_a_run_that_diverges_is_held_as_long_as_its_loss_is_near_the_first() -> None:
    wild = of(descent(rate=0.27))
    land = Landscape.of(wild)
    assert wild.run.diverged_at is not None and land.held < 6
    low, high = land.bounds([wild])
    assert (np.abs(low) < 100).all() and (np.abs(high) < 100).all()
    calm = Landscape.of(of(descent()))
    low, high = calm.bounds([of(descent()), wild])
    assert high[0] < 12 and low[0] > -12


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"epochs": (0,)}, "its parameters do not change"),
        ({"constant": True}, "its parameters do not change"),
        ({"loss": "my_own"}, "its loss, my_own, is not known here"),
        ({"scale": 1e17}, "its losses are too large for a map of those around them"),
    ],
)
def test_where_there_is_no_landscape_it_says_why(asked: dict[str, Any], why: str) -> None:
    assert why_none(of(a_record(**asked))) == why


def test_a_weighted_loss_and_unknown_layers_have_none() -> None:
    record = a_record()
    weighted = replace(record, history={"loss": record.losses + 1})
    strange = replace(record, layers=(replace(record.layers[0], type="LSTM"), *record.layers[1:]))
    assert why_none(of(weighted)) == "its recorded loss is not the mean over its samples"
    assert why_none(of(strange)) == "the outputs of its layers cannot be worked out here"
    single = replace(descent(), parameters=({"kernel": descent().parameters[0]["kernel"]},))
    assert why_none(of(single)) == "fewer than two of its parameters are trained"


def test_only_runs_over_the_same_landscape_from_the_same_place_are_compared() -> None:
    one = of(descent())
    assert comparable(one, of(descent(rate=0.01)))
    assert not comparable(one, of(descent(start=(0.0, 0.0))))
    assert not comparable(one, of(descent(samples=9)))
    assert not comparable(one, of(a_record()))
    absolute = {**descent().hyperparameters, "loss": "mean_absolute_error"}
    assert not comparable(one, of(replace(descent(), hyperparameters=absolute)))


def test_a_large_network_has_fewer_places_and_never_none() -> None:
    small, wide = (
        Landscape.of(of(learned("pixels", (("Flatten", None), *layers), count=count, trained=1)))
        for layers, count in (
            ([("Dense", (10,), {"activation": "softmax"})], 20),
            (
                [
                    ("Dense", (128,), {"activation": "relu"}),
                    ("Dense", (64,), {"activation": "relu"}),
                    ("Dense", (10,), {"activation": "softmax"}),
                ],
                200,
            ),
        )
    )
    few = wide.places_across(1.4)
    assert landscape.FEWEST < few < small.places_across(1.4) == landscape.MOST
    thousand = replace(wide, run=replace(wide.run, inputs=np.zeros((1000, 28, 28))))
    assert landscape.FEWEST < thousand.places_across(1.4) < few
