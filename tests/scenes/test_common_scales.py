"""What a viewer compares from scene to scene: a value has one colour there, a weight one width."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.layout import Region
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.activations import activations_of
from scenes.parts.forward_page import ForwardPage
from scenes.parts.moment import Moment
from scenes.parts.network_scale import largest_weight
from scenes.parts.output_names import output_names_of
from scenes.parts.passage import passage
from scenes.parts.round_network import RoundNetwork
from scenes.parts.round_trip import round_trip
from scenes.parts.value_page import ValuePage
from scenes.stage.catalogue import shipped
from tests.records import a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim

WORDS = Words("en")


@pytest.mark.parametrize("at", [0, 1, 2])
def test_activations_and_weights_look_the_same_in_three_scenes(at: int) -> None:
    view = View(
        show_of(_growing(), "en"),
        (*Epochs.reads, "hyperparameters"),
    )
    page = ValuePage(view, WORDS, PAPER)
    sample = page.rows.samples[page.followed]
    forward = ForwardPage(
        view, at, sample, passage(view, at, sample), output_names_of(view), WORDS, PAPER
    )
    trip = round_trip(view, sample)
    loop = RoundNetwork(view, trip, Region(0, 0, 900, 600), PAPER)

    assert forward.network.largest == loop.largest == page.network.largest
    for column in range(len(view.widths)):
        colors = [color for _, color in page.fills(column, Moment(at, at, 0.0))]
        assert [color for _, color in forward.fills(column)] == colors
        if at in trip.states:
            assert [color for _, color in loop.lit([column], at)] == colors
    assert any(np.ptp(color.to_rgb()) > 0.2 for _, color in forward.fills(0))


def test_of_a_run_that_diverges_the_first_fills_are_seen() -> None:
    view = View(show_of(_growing(1e4), "en"), (*Epochs.reads, "hyperparameters"))
    activations = activations_of(view, 0)
    assert activations
    start = len(activations.columns) - 1, Moment(0, 0, 0.0)
    end = start[0], Moment(len(view.epochs) - 1, len(view.epochs) - 1, 0.0)

    assert np.abs(activations.shares(*start)).max() >= 0.1
    assert np.abs(activations.shares(*end)).max() == 1


def test_one_step_is_shown_with_the_widths_of_the_film(walk_through: WalkThrough) -> None:
    show = show_of(_growing(), "en")
    *_, (_, scene) = walk_through(shipped()["gradient_step"], show)
    view = View(show, ("parameters", "dense", "epochs", "shown_epochs"))

    assert scene.network.largest == largest_weight(view)  # type: ignore[attr-defined]
    assert largest_weight(view) > max(np.abs(each["kernel"][:2]).max() for each in view.parameters)


def _growing(last: float = 3) -> Record:
    """Its largest weight is that of the last epoch, which the loop does not show.

    Args:
        last: times its weights are at the end what they would be.
    """
    record = a_record()
    grows = np.geomspace(1, last, len(record.epochs))
    kernels = [
        {name: np.einsum("e...,e->e...", states, grows) for name, states in layer.items()}
        for layer in record.parameters
    ]
    return replace(record, parameters=kernels)
