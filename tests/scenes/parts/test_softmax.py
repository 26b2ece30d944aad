"""A softmax on a card adds up and is the record's, and its bars are as long as it says."""

from decimal import Decimal

import numpy as np
import pytest
from manim import Mobject

from epochreel.lecture.words import Words
from epochreel.numbers import approximate, read
from epochreel.record.network import forward
from epochreel.record.view import View
from scenes.drawing.layout import Region, pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.forward_pass import ForwardPass
from scenes.parts.activation_plot import ActivationPlot
from scenes.parts.neuron_card import NeuronCard
from scenes.parts.passage import passage
from scenes.parts.softmax_bars import SoftmaxBars
from scenes.parts.softmax_sum import softmax_sum
from scenes.stage.catalogue import shipped
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of
from tests.scenes.forward_claims import is_near

pytestmark = pytest.mark.manim
BOX = Region(1000, 100, 1600, 500)


def texts(*mobjects: Mobject) -> list[str]:
    return [part.text for each in mobjects for part in each.get_family() if isinstance(part, Label)]


@pytest.mark.parametrize("kind", ["three classes", "784 inputs"])
def test_the_share_is_of_the_sum_of_what_is_shown(kind: str, walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS[kind])
    walk = walk_through(shipped()["forward_pass"], show_of(record, "en"))
    scene = next(scene for beat, scene in walk if beat.name == f"layer-{len(record.dense)}")
    assert isinstance(scene, ForwardPass) and scene.card
    step = forward(record, scene.at, record.inputs[[scene.sample]])[-1]
    powers = dict(zip(record.class_names, np.exp(step.z[0]).tolist()))

    _, called, exponents = scene.card.plot
    names, z = texts(called), texts(exponents)
    *values, total, said, made = texts(*scene.card.result)
    assert sum(map(read, values)) == read(total)
    unit = Decimal(1).scaleb(read(total).as_tuple().exponent)  # type: ignore[arg-type]
    left_out = sum(powers.values()) - sum(powers[name] for name in names if name in powers)
    for name, value in zip(names, values):
        exact = powers.get(name, left_out)
        assert abs(read(value) - Decimal(exact)) <= unit / 2
    for exponent, name in zip(filter(None, z), names):
        assert is_near(exponent, float(np.log(powers[name])))
    unit = scene._unit(len(scene.stages) - 1)
    own = record.class_names[unit]
    assert said == f"{values[names.index(own)]} / {total} ≈"
    first, _, second, _ = said.split()
    assert made == approximate(float(read(first) / read(second)), 3)
    assert made == approximate(float(step.outputs[0, unit]), 3)
    assert (len(names) < len(powers)) == names[-1].endswith(" more")


def test_any_sum_gives_the_share_to_three_digits_or_is_refused() -> None:
    random = np.random.default_rng(5)
    for count in (2, 3, 7, 40):
        for spread in (0.1, 2.0, 8.0):
            z = random.normal(size=count) * spread
            for unit in (0, count - 1):
                found = softmax_sum(z, unit, 5)
                share = float(np.exp(z[unit]) / np.exp(z).sum())
                if found is None:
                    assert share < 1e-3
                    continue
                assert approximate(float(found.own / found.total), 3) == approximate(share, 3)
                assert found.units[found.told] == unit
                assert len(found.units) + found.others == count
    for far in (14.0, -40.0, 1e4):
        assert softmax_sum(np.array([far, far]), 0, 5) is None


def test_bars_grow_to_lengths_like_their_numbers() -> None:
    worked = softmax_sum(np.log([1.0, 4.0, 2.0]), 1, 5)
    assert worked
    bars = SoftmaxBars(worked, ["a", "b", "c"], ["0", "1.39", "0.693"], BOX, PAPER)
    own, others = bars.moving

    def lengths() -> list[float]:
        corners = np.array([pixels(at) for part in (own, others) for at in part.points])
        return [float(np.ptp(each[:, 0])) for each in corners.reshape(-1, 16, 2)]

    bars.show_at(1)
    whole = lengths()
    assert whole[0] / whole[1] == pytest.approx(4) and whole[0] / whole[2] == pytest.approx(2)
    bars.show_at(0.5)
    assert lengths() == pytest.approx([length / 2 for length in whole])
    assert own.get_fill_color() != others.get_fill_color()
    middle = pixels(own.get_center())[1]
    _, b, _ = bars[1]
    assert abs(middle - pixels(b.get_center())[1]) < 3


def test_a_softmax_that_nobody_could_read_is_its_curve() -> None:
    record = a_record(**RECORDS["three classes"])
    stage = passage(View(show_of(record, "en", "paper"), ForwardPass.reads), 0, 0)[-1]
    stage.steps[-1].z[...] = 1e4

    card = NeuronCard("neuron", stage, 0, ["a", "b", "c"], BOX, Words("en"), PAPER)
    assert isinstance(card.plot, ActivationPlot)
