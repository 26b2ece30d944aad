"""Between two epochs the picture moves; what stands on it as a number is recorded."""

from collections.abc import Iterator

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.numbers import read
from epochreel.record.view import View
from scenes.drawing.layout import UNIT
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.epoch_page import NOTES_APART
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.value_page import ValuePage
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
VALUES = [kind for kind in RECORDS if not a_record(**RECORDS[kind]).class_names]


def page_of(kind: str, *settings: str) -> ValuePage:
    show = show_of(a_record(**RECORDS[kind]), "en", "paper", *settings)
    return ValuePage(View(show, Epochs.reads), Words("en"), PAPER)


def numbers_on(page: ValuePage) -> list[list[list[str]]]:
    return [part.texts for part in page.get_family() if isinstance(part, Numbers)]


def labels_on(page: ValuePage) -> list[str]:
    return [part.text for part in page.get_family() if isinstance(part, Label)]


def notes_on(page: ValuePage) -> list[str]:
    return [note for text in labels_on(page) for note in text.split(NOTES_APART)]


def edge_widths(page: ValuePage) -> list[float]:
    return [edge.get_stroke_width() for layer in page.network.edges for edge in layer]


@pytest.mark.parametrize("kind", ["lecture", "diverged", "several"])
def test_every_number_is_that_of_the_nearer_epoch(kind: str) -> None:
    page = page_of(kind)

    for position, nearer in ((2.25, 2), (2.5, 3), (2.75, 3)):
        page.show_at(nearer)
        recorded = numbers_on(page)
        page.show_at(position)
        assert numbers_on(page) == recorded


def test_edges_and_bars_are_between_their_recorded_sizes() -> None:
    page = page_of("lecture")
    seen = []

    for position in (2, 2.5, 3):
        page.show_at(position)
        seen.append((edge_widths(page), page.outputs[0].residuals.above.points[:, 0].max()))

    (before, short), (between, way), (after, long) = seen
    assert before != between != after
    assert short > way > long or short < way < long


def test_a_bar_on_its_way_out_of_the_page_is_seen_on_it() -> None:
    page = page_of("diverged")
    room = EPOCH_PAGE.residuals.width / 2

    page.show_at(0.75)
    assert 0.2 * room < page.outputs[0].residuals.below.width / UNIT < 0.9 * room
    page.show_at(1)
    assert page.outputs[0].residuals.below.width / UNIT == pytest.approx(room)


def test_edges_have_the_scale_of_the_epochs_that_are_shown() -> None:
    record = a_record()
    record.parameters[0]["kernel"][9] = 1000.0
    show = show_of(record, "en", "paper", "film.shown_epochs=[0, 1]")
    page = ValuePage(View(show, Epochs.reads), Words("en"), PAPER)

    page.show_at(12)
    assert max(edge_widths(page)) > 5
    assert "line width = |w|" in labels_on(page)


def test_a_run_that_diverges_leaves_what_its_first_epoch_shows() -> None:
    page = page_of("diverged")

    page.show_at(0)
    assert max(edge_widths(page)) == 9
    assert page.outputs[0].residuals.above.width / UNIT > 50
    assert "line width = |w|, up to 2.711" in labels_on(page)
    assert "arrow: off by more than 25.6" in notes_on(page)


def test_a_run_that_stays_within_its_scales_says_nothing_of_them() -> None:
    assert not [
        text for text in labels_on(page_of("lecture")) if "up to" in text or "arrow" in text
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in RECORDS if not a_record(**RECORDS[kind]).class_names]
)
def test_a_column_and_a_matrix_have_one_notation(kind: str) -> None:
    page = page_of(kind)

    for epoch in np.flatnonzero(np.isin(page.view.epochs, page.view.shown_epochs)):
        page.show_at(int(epoch))
        for part in columns_and_matrices(page):
            powers = {"e" in text for row in part.texts for text in row if text != "0"}
            assert len(powers) <= 1


def columns_and_matrices(page: ValuePage) -> Iterator[Numbers]:
    yield from (column.numbers for column in page.inputs.columns)
    for output in page.outputs:
        yield from (output.predictions.numbers, output.targets.numbers)
    yield from (matrix.numbers for matrix in page.parameters.matrices)


def test_a_lecture_says_how_many_decimals_there_are() -> None:
    page = page_of("lecture", "film.decimals=2")

    page.show_at(1)
    for part in columns_and_matrices(page):
        assert all(len(text.partition(".")[2]) <= 2 for row in part.texts for text in row)


def test_each_output_has_its_own_numbers_and_bars() -> None:
    record, page = a_record(**RECORDS["several"]), page_of("several")

    page.show_at(4)
    for at, output in enumerate(page.outputs):
        shown = [float(read(row[0])) for row in output.predictions.numbers.texts]
        assert shown == pytest.approx(record.predictions[4, :, at], abs=0.006)
        errors = record.targets[:, at] - record.predictions[4, :, at]
        lengths = output.residuals.above.points[:, 0].max() - output.residuals.above.get_left()[0]
        assert lengths / UNIT == pytest.approx(errors.max() * output.residuals.per_unit)


def test_outputs_that_have_no_room_are_counted() -> None:
    record = a_record(widths=(2, 3, 5), rule=None)
    page = ValuePage(View(show_of(record, "en"), Epochs.reads), Words("en"), PAPER)

    assert len(page.outputs) == 3
    assert "the first 3 of 5 outputs" in notes_on(page)


def test_of_many_samples_with_several_inputs_the_worst_are_shown() -> None:
    record, page = a_record(**RECORDS["named columns"]), page_of("named columns")
    errors = np.abs(record.predictions[-1] - record.targets)
    worst = (errors / errors.max(axis=0)).max(axis=1)

    assert worst[page.rows.samples].tolist() == sorted(worst, reverse=True)[:20]
    assert "20 of 24 rows, those farthest off at the end first" in notes_on(page)
    assert {"price", "rent", "房间"} <= {*labels_on(page)}
