"""What the training loop says and shows is true of the record, whatever kind it is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manim import ManimColor, Mobject

from epochreel.numbers import read, rounded
from epochreel.record.network import outputs
from epochreel.record.record import Record
from scenes.drawing.direction import Pulse
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.parts.round_network import RoundNetwork
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
LOOP = shipped()["training_loop"]


def told(walk: WalkThrough, record: Record) -> tuple[dict[str, str], list[str]]:
    """The captions by beat, and the texts on screen at the end."""
    captions, texts = {}, []
    for beat, scene in walk(LOOP, show_of(record, "en")):
        captions[beat.name] = beat.caption.text("en")
        texts = [text.text for text in texts_of(scene) if isinstance(text, Label)]
    return captions, texts


def test_one_sample_and_the_mean_of_all_are_told_apart(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record())

    assert captions == {
        "forward": "At epoch 0 sample 1 goes through the network: for x = −10 it predicts 6.595.",
        "loss": "The loss compares prediction and truth: 655.1 for sample 1, 232.1 on average over "
        "all 20.",
        "update": "In epoch 1 the optimizer changes the parameters by their gradients, and the "
        "mean loss becomes 151.1.",
    }
    assert {"sample 1", "x = −10", "−19"} <= {*texts}
    assert {"mean loss", "Epoch 0: 232.1", "Epoch 1: 151.1"} <= {*texts}
    assert {"w3[1, 1]", "0.03558624 → 0.10688463"} <= {*texts}
    assert texts.count("gradients") == 1


@pytest.mark.parametrize("kind", ["many samples", "several", "three classes", "two classes"])
def test_it_follows_the_sample_that_goes_forward_and_is_framed(
    kind: str, walk_through: WalkThrough
) -> None:
    show = show_of(a_record(**RECORDS[kind]), "en")
    _, loop = next(walk_through(LOOP, show))
    _, forward = next(walk_through(shipped()["forward_pass"], show))
    _, epochs = next(walk_through(shipped()["epochs"], show))

    page = epochs.page
    assert loop.trip.sample == forward.sample == page.rows.samples[page.followed]
    assert loop.trip.output == forward.text.output


def test_epochs_that_are_no_neighbours_are_both_named(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record(**RECORDS["some epochs"]))

    assert captions["update"].startswith("From epoch 0 to epoch 10 the optimizer")
    assert {"Epoch 0: 232.1", "Epoch 10: 97.26"} <= {*texts}


def test_one_epoch_has_no_update(walk_through: WalkThrough) -> None:
    captions, _ = told(walk_through, a_record(**RECORDS["one epoch"]))

    assert [*captions] == ["forward", "loss"]


def test_no_change_is_called_so(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record(**RECORDS["constant"]))

    assert captions["update"] == "In epoch 1 no weight changes, and the mean loss is 232.1."
    assert "unchanged" in texts


def test_of_several_inputs_and_outputs_it_says_which(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record(**RECORDS["several"]))

    assert "for x1 = 9 output 1 is −6.867" in captions["forward"]
    assert "the mean over all samples and outputs" in captions["loss"]
    assert {"9, 9,", "9"} <= {*texts}
    assert texts.count("output 1") == 2


def test_a_loss_that_is_no_mean_is_not_called_one(walk_through: WalkThrough) -> None:
    record = a_record()

    captions, texts = told(walk_through, replace(record, history={"loss": record.losses + 1}))

    assert "mean" not in " ".join([*captions.values(), *texts])


def test_a_network_without_biases_has_only_weights(walk_through: WalkThrough) -> None:
    record = a_record()
    kernels = tuple({"kernel": layer["kernel"]} for layer in record.parameters)

    _, texts = told(walk_through, replace(record, parameters=kernels))

    assert "weights" in texts
    assert "weights, biases" not in texts


def test_of_classes_it_tells_the_probability_of_the_true_one(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["three classes"])

    captions, texts = told(walk_through, record)

    sample = int(captions["forward"].split("sample ")[1].split()[0]) - 1
    true = int(record.targets[sample].argmax())
    name, probability = record.class_names[true], f"{record.predictions[0, sample, true]:.4g}"
    assert captions["forward"].endswith(
        f"to its true class, {name}, it gives the probability {probability}."
    )
    after = f"{record.predictions[1, sample, true]:.4g}"
    assert f"P({name}) = {after}" in texts
    assert texts.count(name) == 1
    assert {"SparseCategorical", "Crossentropy"} <= {*texts}
    assert not [text for text in texts if text.startswith("output")]
    assert "outputs" not in captions["loss"]


def test_one_output_is_the_probability_of_the_second_class(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["two classes"])

    captions, texts = told(walk_through, record)

    sample = int(captions["forward"].split("sample ")[1].split()[0]) - 1
    second = float(record.predictions[1, sample, 0])
    true = int(record.targets[sample, 0])
    assert f"P({true}) = {(second if true else 1 - second):.4g}" in texts
    assert str(true) in texts


def test_a_class_with_a_long_name_is_cut(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["three classes"])
    names = tuple(f"{name} that grows by the sea and on high mountains" for name in "abc")

    for _, scene in walk_through(LOOP, show_of(replace(record, class_names=names), "en")):
        assert problems(scene) == []
    texts = [text.text for text in texts_of(scene) if isinstance(text, Label)]

    (line,) = [text for text in texts if text.startswith("P(")]
    assert line.endswith("…) =")


def test_features_and_targets_go_by_their_names(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record(**RECORDS["named columns"]))

    assert "for 面积 (m²) = 194 it predicts price = 0.4211" in captions["forward"]
    assert "194, 4" in texts
    assert texts.count("price") == 2


def test_of_many_features_the_first_is_told_by_its_name_or_is_x1(
    walk_through: WalkThrough,
) -> None:
    record = a_record(widths=(6, 3, 1), rule=None)
    for names, called in ((("rooms",), "rooms"), (("the area of all rooms",), "x1")):
        names = (*names, *(f"feature {at}" for at in range(2, 7)))
        _, texts = told(walk_through, replace(record, feature_names=names))
        (line,) = [text for text in texts if text.startswith(f"{called} = ")]
        assert float(read(line.rpartition(" = ")[2])) in record.inputs[:, 0]


def test_an_image_is_told_by_its_shape(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["784 inputs"])

    _, texts = told(walk_through, record)
    captions, _ = told(walk_through, replace(record, class_names=()))

    assert "28 × 28" in texts
    assert " output " in captions["forward"] and "x1" not in captions["forward"]


def colors_of(network: RoundNetwork, layer: int) -> list[ManimColor]:
    return [neuron.get_fill_color() for neuron, _ in network.fills(layer, np.zeros(99))]


def test_the_sample_lights_the_neurons_of_the_weights_that_are_there(
    walk_through: WalkThrough,
) -> None:
    record = a_record()
    show = show_of(record, "en")
    every = range(len(record.epochs))
    made = [[record.inputs[:1], *outputs(record, at, record.inputs[:1])] for at in every]
    shown = [made[at] for at in every if record.epochs[at] in show.fields["shown_epochs"]]
    walk = walk_through(LOOP, show)

    for beat, scene in walk:
        for layer, values in enumerate(made[beat.name == "update"]):
            largest = max(np.abs(each[layer]).max() for each in shown)
            lit = [color for _, color in scene.network.fills(layer, values[0] / largest)]
            assert beat.name == "loss" or colors_of(scene.network, layer) == lit


@pytest.mark.parametrize("kind", ["lecture", "three classes"])
def test_after_the_step_all_cards_are_of_the_weights_after_it(
    kind: str, walk_through: WalkThrough
) -> None:
    record = a_record(**RECORDS[kind])
    *_, (_, scene) = walk_through(LOOP, show_of(record, "en"))
    trip, shown = (
        scene.trip,
        {card: scene.cards.parts[card][-1] for card in ("predictions", "loss")},
    )
    given = record.predictions[1, trip.sample]
    told = given[record.targets[trip.sample].argmax()] if record.class_names else given[0]

    assert float(read(shown["predictions"].text.split()[-1])) == pytest.approx(told, rel=1e-3)
    assert shown["loss"].text == f"Epoch 1: {rounded(record.losses[1])}"
    own = scene.cards.parts["loss_function"][-1].text
    assert own == f"sample {trip.sample + 1}: {rounded(trip.own_losses[1])}"
    assert scene.cards.aside == set()


def test_edges_are_those_of_the_next_state_at_the_end(walk_through: WalkThrough) -> None:
    record = a_record()
    *_, (_, scene) = walk_through(LOOP, show_of(record, "en"))

    kernels = [layer["kernel"] for layer in record.parameters]
    largest = max(np.abs(kernel[:2]).max() for kernel in kernels)
    for edges, kernel in zip(scene.network.edges, kernels, strict=True):
        widths = [edge.get_stroke_width() for edge in edges]
        shares = np.abs(kernel[1].ravel()) / largest
        assert widths == pytest.approx(0.4 + (scene.network.widest - 0.4) * shares)


def test_what_is_not_spoken_of_stands_back(walk_through: WalkThrough) -> None:
    bright = {
        beat.name: {*scene.cards.parts} - {*scene.cards.aside}
        for beat, scene in walk_through(LOOP, show_of(a_record(), "en"))
    }

    assert {part for part in bright["forward"] if isinstance(part, str)} == {
        *("data", "network", "predictions")
    }
    assert {part for part in bright["loss"] if isinstance(part, str)} == {
        *("predictions", "targets", "loss_function", "loss")
    }


def test_light_runs_forward_through_the_layers_and_back_from_the_loss(
    walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[bool, float]] = []
    begin = Pulse.begin

    def look(pulse: Pulse) -> None:
        first, last = (float(ends[:, 0].mean()) for ends in (pulse._starts, pulse._ends))
        ran.append((pulse.is_back, first + last))
        begin(pulse)

    monkeypatch.setattr(Pulse, "begin", look)
    walked = [beat.name for beat, _ in walk_through(LOOP, show_of(a_record(), "en"))]

    back = [place for is_back, place in ran if is_back]
    assert walked == ["forward", "loss", "update"]
    assert [place for _, place in ran[:3]] == sorted(place for _, place in ran[:3])
    # From the loss to its function, to the prediction, and from there through three layers.
    assert len(back) == 6 and back[1:] == sorted(back[1:], reverse=True)


def test_a_network_that_cannot_be_followed_goes_round_without_light(
    walk_through: WalkThrough,
) -> None:
    record = a_record()
    layers = (replace(record.layers[0], activation="my_own"), *record.layers[1:])

    *_, (_, scene) = walk_through(LOOP, show_of(replace(record, layers=layers), "en"))

    assert scene.network.lit([0, 1, 2, 3], 1) == scene.network.emptied() == []


def test_the_lecture_goes_round_in_time(walk_through: WalkThrough) -> None:
    *_, (_, scene) = walk_through(LOOP, show_of(a_record(), "en"))

    assert sum(scene.seconds.values()) <= 21


def test_all_of_the_loop_fades_in_and_nothing_of_it_pops(
    walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    faded: set[int] = set()

    def appear(*mobjects: Mobject, **options: Any) -> Appear:
        faded.update(id(part) for each in mobjects for part in each.get_family())
        return Appear(*mobjects, **options)

    monkeypatch.setattr("scenes.training_loop.Appear", appear)
    _, scene = next(walk_through(LOOP, show_of(a_record(), "en")))

    drawn = scene.cards.loop.family_members_with_points()  # type: ignore[attr-defined]
    assert drawn and {id(part) for part in drawn} <= faded
