"""The network's page: every layer, what it puts out, and parameters that add up."""

import re
from dataclasses import replace

import numpy as np
import pytest
from manim import ManimColor

from epochreel.lecture.video import Video
from epochreel.record.record import Layer, Record
from epochreel.work import clips
from epochreel.work.clips import Drawing
from epochreel.work.store import key_of
from scenes.drawing.layout import THINNEST, WIDEST
from scenes.drawing.measure import ELLIPSIS
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
NETWORK = shipped()["network"]


def seen(walk: WalkThrough, record: Record, language: str = "en") -> list[str]:
    """What stands on the page at the end."""
    for _, scene in walk(NETWORK, show_of(record, language)):
        assert problems(scene) == []
        texts = [text.text for text in texts_of(scene) if isinstance(text, Label)]
    return texts


def with_layers(record: Record, *layers: Layer) -> Record:
    """The same behind more layers that have no parameters."""
    return replace(
        record,
        layers=(*layers, *record.layers),
        parameters=(*[{} for _ in layers], *record.parameters),
    )


def test_every_layer_says_what_it_is_does_and_puts_out(walk_through: WalkThrough) -> None:
    texts = seen(walk_through, a_record(**RECORDS["ten layers"]))

    assert {"Normalization", "Dense", "Activation", "Dropout", "LeakyReLU", "Flatten"} <= {*texts}
    assert texts[texts.index("Batch") + 1] == "Normalization"
    assert "drops 20 % of the values while training" in " ".join(texts)
    assert {"linear", "tanh", "softmax"} <= {*texts}
    assert [text for text in texts if "value" in text and text[0].isdigit()] == [
        *("4 values", "4 values", "8 values", "8 values", "8 values", "8 values"),
        *("6 values", "6 values", "4 values", "4 values", "3 values"),
    ]
    assert "2 × 2" in texts
    assert {"4×8 + 8 = 40", "4×8 = 32", "4×3 + 3 = 15", "177 parameters"} <= {*texts}


def test_images_keep_their_shape(walk_through: WalkThrough) -> None:
    texts = seen(walk_through, a_record(**RECORDS["784 inputs"]))

    assert texts.count("28 × 28") == 2
    assert {"784 values", "784×12 + 12 = 9420"} <= {*texts}


@pytest.mark.parametrize("kind", ["wide", "ten classes", "three classes"])
def test_it_draws_the_neurons_that_other_scenes_draw(kind: str, walk_through: WalkThrough) -> None:
    show, drawn = show_of(a_record(**RECORDS[kind])), {}
    for name in ("network", "forward_pass", "epochs", "training_loop"):
        _, scene = next(walk_through(shipped()[name], show))
        drawn[name] = getattr(scene, "page", scene).network if name != "network" else scene.chain
    cards = [card.units for card in drawn.pop("network").cards if card.units]

    for network in drawn.values():
        assert network.units[-len(cards) :] == cards


def test_outputs_are_called_by_their_names(walk_through: WalkThrough) -> None:
    assert {"setosa", "virginica"} <= {*seen(walk_through, a_record(**RECORDS["three classes"]))}
    assert {"price", "rent"} <= {*seen(walk_through, a_record(**RECORDS["named columns"]))}


@pytest.mark.parametrize("language", ["zh", "en", "es"])
@pytest.mark.parametrize("kind", RECORDS)
def test_nothing_is_cut_and_the_parameters_add_up(
    kind: str, language: str, walk_through: WalkThrough
) -> None:
    texts = seen(walk_through, a_record(**RECORDS[kind]), language)

    assert not [text for text in texts if ELLIPSIS in text]
    counts = [int(text.rpartition("= ")[2]) for text in texts if re.search("= [0-9]", text)]
    assert int(texts[-1].split()[0]) == sum(counts)


def test_a_number_keeps_its_percent_sign(walk_through: WalkThrough) -> None:
    texts = seen(walk_through, a_record(**RECORDS["ten layers"]), "es")

    assert not [text for text in texts if text.startswith("%")]


@pytest.mark.parametrize("count", [1, 2, 9, 10, 30])
def test_any_number_of_layers_has_room(count: int, walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["784 inputs"])
    more = [
        Layer(f"dropout_{at}", "Dropout", (28, 28), settings={"rate": 0.5}) for at in range(count)
    ]

    texts = seen(walk_through, with_layers(record, *more))

    hidden = count + 5 - 13  # fourteen places: the input among them, and one for what is hidden
    assert ("not shown" in texts) == (hidden > 1)
    assert not hidden > 1 or f"{hidden} layers" in texts


def test_a_layer_of_ones_own_is_a_card_with_its_name(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["three classes"])
    own = Layer("mine", "MyVeryOwnLayerOfSplinesAndWavelets", (4,))

    texts = seen(walk_through, with_layers(record, own))

    assert "MyVeryOwnLayerOfSplinesAndWavelets" in "".join(texts)


def test_edges_show_the_weights_of_the_first_epoch(walk_through: WalkThrough) -> None:
    record = a_record()
    *_, (_, scene) = walk_through(NETWORK, show_of(record))
    largest = max(float(abs(each["kernel"]).max()) for each in record.parameters)

    for edges, layer in zip(scene.chain.joints, record.parameters):  # type: ignore[attr-defined]
        weights = layer["kernel"][0].ravel()
        signs = [1 if edge.get_color() == ManimColor(PAPER.positive) else -1 for edge in edges]
        widths = [edge.get_stroke_width() for edge in edges]
        assert signs == np.sign(weights).tolist()
        shares = np.abs(weights) / largest
        assert np.allclose(widths, THINNEST + shares * (WIDEST - THINNEST))


def test_edges_grow_from_the_layer_before(walk_through: WalkThrough) -> None:
    *_, (_, scene) = walk_through(NETWORK, show_of(a_record()))
    edges = scene.chain.joints[1]  # type: ignore[attr-defined]
    starts, ends = edges.ways

    edges.grow_to(0.25)

    assert np.allclose([edge.points[0] for edge in edges], starts)
    assert np.allclose([edge.points[-1] for edge in edges], starts + (ends - starts) / 4)


def test_the_sum_of_all_layers_is_the_total(walk_through: WalkThrough) -> None:
    texts = seen(walk_through, a_record())

    assert texts[-7:] == ["8", "15", "4", " + ", " + ", " =", "27 parameters"]
    assert seen(walk_through, a_record(widths=(1, 1)))[-1] == "2 parameters"


def keys(record: Record) -> list[str]:
    drawing = Drawing(Video(320, 180, 5))
    walked = clips._walk(show_of(record), lambda event: None, NETWORK, drawing, "code")
    return [key_of(clip.made_from) for clip in walked.clips]


def test_it_is_drawn_again_for_other_layers_and_other_weights_at_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clips, "check_code", lambda scene, code: None)
    record = a_record(**RECORDS["three classes"])
    moved = tuple({name: values + 1 for name, values in each.items()} for each in record.parameters)
    biased = tuple(
        {name: states * (name == "kernel" or 0.5) for name, states in each.items()}
        for each in record.parameters
    )
    first, *rest = record.parameters
    without = replace(record, parameters=({"mean": first["mean"]}, *rest))
    other = replace(record.layers[1], activation="relu")
    layers = (record.layers[0], other, *record.layers[2:])

    before = keys(record)

    assert keys(replace(record, inputs=record.inputs + 1)) == before
    assert keys(replace(record, parameters=biased)) == before
    assert not {*keys(replace(record, parameters=moved))} & {*before}
    assert not {*keys(replace(record, layers=layers))} & {*before}
    assert not {*keys(without)} & {*before}
    assert not {*keys(replace(record, inputs=np.zeros((45, 5))))} & {*before}
