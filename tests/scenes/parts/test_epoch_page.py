"""Between two epochs the picture moves; what stands on it as a number is recorded."""

from collections.abc import Iterator

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import EPOCH_PAGE, UNIT
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.epoch_page import EpochPage
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def page_of(kind: str, *settings: str) -> EpochPage:
    show = show_of(a_record(**RECORDS[kind]), "en", "paper", *settings)
    return EpochPage(View(show, Epochs.reads), Words("en"), PAPER)


def numbers_on(page: EpochPage) -> list[list[list[str]]]:
    return [part.texts for part in page.get_family() if isinstance(part, Numbers)]


def labels_on(page: EpochPage) -> list[str]:
    return [part.text for part in page.get_family() if isinstance(part, Label)]


def edge_widths(page: EpochPage) -> list[float]:
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
        seen.append((edge_widths(page), page.residuals.above.points[:, 0].max()))

    (before, short), (between, way), (after, long) = seen
    assert before != between != after
    assert short > way > long or short < way < long


def test_a_bar_on_its_way_out_of_the_page_is_seen_on_it() -> None:
    page = page_of("diverged")
    room = EPOCH_PAGE.residuals.width / 2

    page.show_at(0.75)
    assert 0.2 * room < page.residuals.below.width / UNIT < 0.9 * room
    page.show_at(1)
    assert page.residuals.below.width / UNIT == pytest.approx(room)


def test_edges_have_the_scale_of_the_epochs_that_are_shown() -> None:
    record = a_record()
    record.parameters[0]["kernel"][9] = 1000.0
    show = show_of(record, "en", "paper", "film.shown_epochs=[0, 1]")
    page = EpochPage(View(show, Epochs.reads), Words("en"), PAPER)

    page.show_at(12)
    assert max(edge_widths(page)) > 5
    assert "line width = |w|" in labels_on(page)


def test_a_run_that_diverges_leaves_what_its_first_epoch_shows() -> None:
    page = page_of("diverged")

    page.show_at(0)
    assert max(edge_widths(page)) == 9
    assert page.residuals.above.width / UNIT > 50
    assert {"line width = |w|, up to 2.711", "arrow: off by more than 25.6"} <= {*labels_on(page)}


def test_a_run_that_stays_within_its_scales_says_nothing_of_them() -> None:
    assert not [
        text for text in labels_on(page_of("lecture")) if "up to" in text or "arrow" in text
    ]


@pytest.mark.parametrize("kind", RECORDS)
def test_a_column_and_a_matrix_have_one_notation(kind: str) -> None:
    page = page_of(kind)

    for epoch in np.flatnonzero(np.isin(page.view.epochs, page.view.shown_epochs)):
        page.show_at(int(epoch))
        for part in columns_and_matrices(page):
            powers = {"e" in text for row in part.texts for text in row if text != "0"}
            assert len(powers) <= 1


def columns_and_matrices(page: EpochPage) -> Iterator[Numbers]:
    yield from (column.numbers for column in (page.inputs, page.predictions, page.targets))
    yield from (matrix.numbers for matrix in page.parameters.matrices)


def test_a_lecture_says_how_many_decimals_there_are() -> None:
    page = page_of("lecture", "film.decimals=2")

    page.show_at(1)
    for part in columns_and_matrices(page):
        assert all(len(text.partition(".")[2]) <= 2 for row in part.texts for text in row)
