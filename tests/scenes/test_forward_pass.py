"""The sums of the forward pass add up, of the record's own numbers."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from manim import ManimColor, Mobject

from epochreel.numbers import approximate, read
from epochreel.record.network import forward
from scenes.drawing.direction import Fly
from scenes.drawing.layout import Point
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.forward_pass import ForwardPass
from scenes.parts.neuron_card import NeuronCard
from scenes.parts.neuron_sum import neuron_sum
from scenes.stage.catalogue import shipped
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of
from tests.scenes.forward_claims import is_near

pytestmark = pytest.mark.manim
KINDS = ("lecture", "deep", "wide", "784 inputs", "three classes", "tiny values", "huge values")


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_is_worked_out_and_all_add_up(kind: str, walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS[kind])
    walk = walk_through(shipped()["forward_pass"], show_of(record, "en"))

    for beat, scene in walk:
        if not beat.name.startswith("layer-"):
            continue
        assert isinstance(scene, ForwardPass) and isinstance(scene.card, NeuronCard)
        layer = int(beat.name.removeprefix("layer-")) - 1
        lines = [[part.text for part in term] for term in scene.card.lines.terms]
        products = [line for line in lines if len(line) == 5]
        for value, times, weight, sign, product in products:
            exact = read(value) * read(weight)
            assert times == "×" and sign == ("=" if exact == read(product) else "≈")
            assert abs(exact - read(product)) <= half_of_the_last(product)
        _, equals, z = scene.card.lines.total
        total = sum((read(line[-1]) for line in lines), Decimal(0))
        assert equals.text == ("z =" if total == read(z.text) else "z ≈")
        assert abs(total - read(z.text)) <= half_of_the_last(z.text)
        step = forward(record, scene.at, record.inputs[[scene.sample]])[record.dense[layer]]
        unit = scene._unit(layer)
        recorded = zip(step.values.ravel(), step.parameters["kernel"][:, unit])
        given = {(f"{value:.6g}", f"{weight:.6g}") for value, weight in recorded}
        for value, _, weight, *_ in products:
            assert any(reads_like(value, one) and reads_like(weight, own) for one, own in given)


@pytest.mark.parametrize("kind", ["tanh", "three classes", "two classes", "784 inputs"])
def test_what_a_neuron_puts_out_comes_of_the_z_that_stands_there(
    kind: str, walk_through: WalkThrough
) -> None:
    walk = walk_through(shipped()["forward_pass"], show_of(a_record(**RECORDS[kind]), "en"))
    seen = 0

    for beat, scene in walk:
        if not beat.name.startswith("layer-"):
            continue
        assert isinstance(scene, ForwardPass) and isinstance(scene.card, NeuronCard)
        layer = int(beat.name.removeprefix("layer-")) - 1
        stage, unit = scene.stages[layer], scene._unit(layer)
        if scene.card.bends(stage):
            z = float(read(scene.card.lines.total[-1].text))
            made = scene.card.result[-1][-1].text
            assert approximate(float(stage.along(unit, np.array([z]))[0]), 3) == made
            seen += 1
    assert seen


def test_neurons_have_the_sign_and_the_number_of_their_activations(
    walk_through: WalkThrough,
) -> None:
    record = a_record()
    *_, (_, scene) = walk_through(shipped()["forward_pass"], show_of(record, "en"))
    assert isinstance(scene, ForwardPass)
    steps = forward(record, scene.at, record.inputs[[scene.sample]])
    columns = [record.inputs[scene.sample], *[step.outputs[0] for step in steps]]

    for column, activations in enumerate(columns):
        written = scene.page.values[column]
        assert all(is_near(label.text, float(a)) for label, a in zip(written, activations))
        for neuron, activation in zip(scene.page.network.layers[column], activations):
            assert is_bluer(neuron) == (activation > 0)


def test_all_is_as_bright_in_the_end_as_it_was(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(shipped()["forward_pass"], show_of(a_record(), "en")):
        assert isinstance(scene, ForwardPass)
        colors = {ManimColor(PAPER.positive), ManimColor(PAPER.negative)}
        for edges in scene.page.network.edges:
            assert {edge.get_stroke_color() for edge in edges} <= colors


@pytest.mark.parametrize(
    ("kind", "outputs"),
    [
        ("lecture", [0, None]),
        ("three classes", [0, 1, 2, None]),
        ("two classes", [None, 0, None]),  # of two classes the one output is the second
        ("logits", [None, None, None]),  # which are no probabilities
    ],
)
def test_a_prediction_leaves_the_neuron_that_puts_it_out(
    kind: str,
    outputs: list[int | None],
    walk_through: WalkThrough,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = a_record(**RECORDS[kind])
    flights: dict[str, float] = {}

    def fly(*values: tuple[Label, Point], **options: Any) -> Fly:
        flights.update({value.text: value.get_center()[1] for value, _ in values})
        return Fly(*values, **options)

    monkeypatch.setattr("scenes.forward_pass.Fly", fly)
    walk = walk_through(shipped()["forward_pass"], show_of(record, "en"))
    for _ in record.dense:
        next(walk)
    flights.clear()  # of the sample that entered
    _, scene = next(walk)
    assert isinstance(scene, ForwardPass)

    assert [said.output for said in scene.text.results] == outputs
    put_out = [said for said in scene.text.results if said.output is not None]
    assert {*flights} == {said.text for said in put_out}
    neurons = scene.page.network.layers[-1]
    for said in put_out:
        assert flights[said.text] == pytest.approx(neurons[said.output].get_center()[1])


def test_any_sum_adds_up_or_says_that_it_is_rounded() -> None:
    random = np.random.default_rng(3)
    for size in (1, 3, 8, 40):
        for scale in (1e-9, 1.0, 1e8):
            values, weights = random.normal(size=size) * scale, random.normal(size=size)
            z = float(values @ weights + 0.3 * scale)
            found = neuron_sum(values, weights, 0.3 * scale, z, range(size), 6)

            assert found.bias is not None
            total = sum((each.product for each in found.products), found.rest + found.bias)
            assert found.is_exact == (total == found.z)
            assert float(found.z) == pytest.approx(z, rel=0.06, abs=1e-3 * abs(values).max())
            assert found.others == max(0, size - 6)


def half_of_the_last(text: str) -> Decimal:
    """Half a unit of a number's last digit; zeros before a point may be no digits."""
    shown = read(text)
    exponent = (shown if abs(shown) < 1000 else shown.normalize()).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) / 2


def reads_like(text: str, value: str) -> bool:
    return abs(read(text) - Decimal(value)) <= half_of_the_last(text) * Decimal("1.01")


def is_bluer(neuron: Mobject) -> bool:
    red, _, blue = neuron.get_fill_color().to_rgb()
    return bool(blue > red)
