"""The epoch page for classes says what the record says, row by row."""

import math
from dataclasses import replace

import numpy as np
import pytest
from manim import VMobject

from epochreel.lecture.words import Words
from epochreel.numbers import read
from epochreel.record.classes import Classes, classes_of
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.layout import pixels
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.class_page import ClassPage
from scenes.parts.epoch_regions import CLASS_PAGE
from scenes.parts.probability_bars import MARK, SEAM
from scenes.parts.shown_network import ShownNetwork
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
KINDS = ("two classes", "logits", "three classes", "ten classes", "ten layers")


def page_of(record: Record) -> ClassPage:
    return ClassPage(View(show_of(record, "en", "paper"), Epochs.reads), Words("en"), PAPER)


def known(kind: str) -> tuple[Record, Classes, ClassPage]:
    record = a_record(**RECORDS[kind])
    classes = classes_of(record)
    assert classes
    return record, classes, page_of(record)


def middles(page: ClassPage) -> np.ndarray:
    return np.array(page.rows.bases) - CAP_HEIGHT * 28 / 2


def labels_on(part: VMobject) -> list[str]:
    return [each.text for each in part.get_family() if isinstance(each, Label) and each.text]


def heights(marks: VMobject) -> list[float]:
    """The middle of each mark, in pixels from the top."""
    pieces = np.split(marks.points, marks.piece_ends[:-1]) if len(marks.points) else []
    return sorted(pixels((each.max(axis=0) + each.min(axis=0)) / 2)[1] for each in pieces)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("at", [0, 3])
def test_ticks_and_crosses_say_which_rows_are_right(kind: str, at: int) -> None:
    _, classes, page = known(kind)
    page.show_at(at)
    right = classes.right[at][page.rows.samples]

    assert heights(page.verdicts.ticks) == pytest.approx(middles(page)[right], abs=4)
    assert heights(page.verdicts.crosses) == pytest.approx(middles(page)[~right], abs=4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_parts_of_a_bar_are_the_probabilities(kind: str) -> None:
    _, classes, page = known(kind)
    page.show_at(2)
    bars = page.bars
    for sample, y in zip(page.rows.samples, middles(page)):
        end = bars.region.left
        for at, share in enumerate(classes.probabilities[2, sample]):
            own = classes.true[sample] == at
            boxes = (bars.solid if own else bars.pale)[at].points.reshape(-1, 16, 3)
            (box,) = [box for box in boxes if abs(pixels(box.mean(axis=0))[1] - y) < 3]
            left, right = pixels(box.min(axis=0))[0], pixels(box.max(axis=0))[0]
            assert left == pytest.approx(end, abs=SEAM)
            end += share * bars.region.width
            assert right == pytest.approx(end, abs=SEAM)
        assert end == pytest.approx(bars.region.right, abs=0.1)


def test_classes_have_their_marks_where_their_part_is_wide_enough() -> None:
    _, classes, page = known("three classes")
    page.show_at(2)
    wide = classes.probabilities[2][page.rows.samples] * page.bars.region.width > 2 * MARK + 12
    true = classes.true[page.rows.samples]
    for at in range(3):
        solid, pale = page.bars.on_solid[at], page.bars.on_pale[at]
        assert len(heights(solid)) == (wide[:, at] & (true == at)).sum()
        assert len(heights(pale)) == (wide[:, at] & (true != at)).sum()


def test_halfway_bars_are_between_and_numbers_are_those_of_the_nearer_epoch() -> None:
    record, classes, page = known("two classes")
    lengths = []
    for position in (1.0, 1.5, 2.0):
        page.show_at(position)
        lengths.append(page.bars.solid[0].get_right()[0])
    assert len({*lengths}) == 3
    assert lengths[1] == pytest.approx((lengths[0] + lengths[2]) / 2)

    for position, nearer in ((1.25, 1), (1.75, 2)):
        page.show_at(position)
        assert page.epoch.number.texts == [[str(nearer)]]
        assert page.accuracy.number.texts == [[str(classes.right[nearer].sum())]]
        share = record.history["val_accuracy"][nearer]
        assert page.held_out
        assert page.held_out.number.texts == [[str(round(20 * share))]]


def test_a_share_that_is_no_count_is_in_percent() -> None:
    record, _, _ = known("two classes")
    history = {**record.history, "val_accuracy": np.full(13, 0.12345)}
    page = page_of(replace(record, history=history))
    page.show_at(0)

    assert page.held_out
    assert page.held_out.number.texts == [["12.3"]]
    assert labels_on(page.held_out)[-1] == "%"


@pytest.mark.parametrize("kind", ["two classes", "logits", "three classes"])
def test_what_is_explained_adds_up(kind: str) -> None:
    _, classes, page = known(kind)
    sample = page.explained.sample
    for at in range(13):
        page.show_at(at)
        *told, loss = labels_on(page.explained)
        left, _, value = loss.removeprefix("its loss = −ln ").partition(" ≈ ")
        probability = float(read(left))
        assert float(read(value)) == pytest.approx(-math.log(probability), rel=6e-3)
        given = classes.probabilities[at, sample, classes.true[sample]]
        assert probability == pytest.approx(given, rel=6e-3)
        true, predicted = (
            classes.names[place] for place in (classes.true[sample], classes.predicted[at, sample])
        )
        assert " ".join(told) == (
            f"framed row: {true}, and that is right"
            if true == predicted
            else f"framed row: taken for {predicted}, but it is {true}"
        )


def test_a_loss_that_is_no_logarithm_of_one_probability_is_not_worked_out() -> None:
    record, _, _ = known("three classes")
    smooth = {"loss": "categorical_crossentropy", "loss_settings": {"label_smoothing": 0.1}}
    for said in (smooth, {"loss": "mean_squared_error"}, {"loss": "binary_crossentropy"}):
        other = replace(record, hyperparameters={**record.hyperparameters, **said})
        page = page_of(other)
        page.show_at(0)
        assert "its loss" not in " ".join(labels_on(page.explained))


@pytest.mark.parametrize("kind", KINDS)
def test_the_framed_row_is_the_one_that_is_learned_most(kind: str) -> None:
    _, classes, page = known(kind)
    shown = page.rows.samples
    before, after = (state[shown, classes.true[shown]] for state in classes.probabilities[[0, -1]])

    assert shown.index(page.explained.sample) == np.argmax(after - before)


def test_outputs_have_the_names_of_their_classes() -> None:
    _, classes, page = known("three classes")
    names = [part for part in page.network.names if isinstance(part, Label)][-3:]
    assert [label.text for label in names] == [*classes.names]
    neurons = [y for _, y in page.network.places[-1]]
    assert [pixels(label.get_center())[1] for label in names] == pytest.approx(neurons, abs=6)


def test_one_output_is_the_probability_of_the_second_class() -> None:
    record, _, _ = known("two classes")
    page = page_of(replace(record, class_names=("moon", "sun")))
    assert [text for text in labels_on(page.network.names) if "moon" in text or "sun" in text] == [
        "P(sun)"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_matrices_are_whole_or_leave_their_room_to_the_network(kind: str) -> None:
    _, _, page = known(kind)
    panel = page.parameters
    foot = pixels((panel if panel.matrices else page.explained.display(0)).get_bottom())[1]

    assert panel.is_whole
    assert labels_on(page.parameter_group) == [] or panel.matrices
    assert pixels(page.network.get_bottom())[1] < pixels(page.explained.display(0).get_top())[1]
    assert foot > 940 or len(page.network.layers) > 8  # down to the note, not above an empty third


def test_parameters_that_have_room_are_shown_below_what_is_told() -> None:
    view = View(show_of(a_record(widths=(2, 2, 1)), "en", "paper"), Epochs.reads)
    shown = ShownNetwork(view, CLASS_PAGE, Words("en"), PAPER, told=CLASS_PAGE.explained)

    assert len(shown.panel.matrices) == 4
    assert labels_on(shown.group)[0] == "network parameters"
    assert shown.told
    assert pixels(shown.group.get_top())[1] > shown.told.bottom - 3
