"""What the training loop says and shows is true of the record, whatever kind it is."""

from dataclasses import replace

import pytest

from epochreel.record.record import Record
from scenes.drawing.text import Label
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
        "loss": "The loss function compares prediction and truth: the loss of sample 1 is 655.1, "
        "and the mean over all 20 samples is 232.1.",
        "update": "In epoch 1 the optimizer changes the network's parameters, and the mean loss "
        "becomes 151.1.",
    }
    assert {"sample 1", "x = −10", "6.595014", "−19", "sample 1: 655.1"} <= {*texts}
    assert {"mean loss", "Epoch 0: 232.1", "Epoch 1: 151.1"} <= {*texts}
    assert {"w2[1, 3]", "−0.78190845 → −0.5402629"} <= {*texts}


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
    assert "x1 = 9" in texts
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
    assert f"P({name}) = {probability}" in texts
    assert texts.count(name) == 1
    assert {"SparseCategorical", "Crossentropy"} <= {*texts}
    assert not [text for text in texts if text.startswith("output")]
    assert "outputs" not in captions["loss"]


def test_one_output_is_the_probability_of_the_second_class(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["two classes"])

    captions, texts = told(walk_through, record)

    sample = int(captions["forward"].split("sample ")[1].split()[0]) - 1
    second = float(record.predictions[0, sample, 0])
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
    assert line.endswith("…)")


def test_features_and_targets_go_by_their_names(walk_through: WalkThrough) -> None:
    captions, texts = told(walk_through, a_record(**RECORDS["named columns"]))

    assert "for 面积 (m²) = 194 it predicts price = 0.4211" in captions["forward"]
    assert "面积 (m²) = 194" in texts
    assert texts.count("price") == 2


def test_a_feature_whose_name_has_no_room_is_x1(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["named columns"])
    names = ("the area of all rooms and balconies", "rooms")

    _, texts = told(walk_through, replace(record, feature_names=names))

    assert "x1 = 194" in texts


def test_an_image_is_told_by_its_shape(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["784 inputs"])

    _, texts = told(walk_through, record)
    captions, _ = told(walk_through, replace(record, class_names=()))

    assert "28 × 28" in texts
    assert " output " in captions["forward"] and "x1" not in captions["forward"]
