"""Features stand in columns under their names; what has no room is counted."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.numbers import read
from epochreel.record.view import View
from scenes.drawing.layout import MARGIN
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.parts.columns import Rows
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.input_columns import APART, MOST, InputColumns, input_widths
from scenes.parts.pictures import Pictures
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def columns_of(view: View, chosen: list[int]) -> InputColumns:
    rows = Rows(len(view.inputs), EPOCH_PAGE.inputs, chosen=chosen, head=112)
    return InputColumns(view, rows, EPOCH_PAGE.inputs, Words("en"), PAPER)


def test_each_feature_has_its_values_under_its_name() -> None:
    record = a_record(**RECORDS["three classes"])
    view = View(show_of(record, "en"), Epochs.reads)
    drawn = columns_of(view, [7, 2, 30])

    for at, column in enumerate(drawn.columns):
        shown = [float(read(row[0])) for row in column.numbers.texts]
        assert shown == pytest.approx(record.inputs[[7, 2, 30], at])
    names = [part for part in drawn.get_family() if isinstance(part, Label)]
    lines = [" ".join(label.text for label in names[3 * at : 3 * at + 3][::-1]) for at in range(4)]
    assert lines == [*record.feature_names]
    assert drawn.note == ""


def test_features_without_room_are_counted() -> None:
    record = a_record(widths=(13, 4, 1), rule=None)
    view = View(show_of(record, "en"), Epochs.reads)
    widths = input_widths(view)

    assert sum(widths) + APART * (len(widths) - 1) <= MOST
    assert columns_of(view, [0, 1]).note == f"the first {len(widths)} of 13 features"


def test_a_long_word_widens_its_column() -> None:
    record = a_record(**RECORDS["named columns"])
    named = replace(record, feature_names=("x", "temperature"))
    short, long = input_widths(View(show_of(named, "en"), Epochs.reads))
    assert short < long


def test_images_are_pictures_of_the_rows() -> None:
    record = a_record(**RECORDS["ten classes"])
    drawn = columns_of(View(show_of(record, "en"), Epochs.reads), [3, 4])
    (pictures,) = drawn

    assert isinstance(pictures, Pictures)
    assert drawn.columns == []
    areas = np.concatenate([part.points for part in pictures if len(part.points)])
    assert np.ptp(areas[:, 1]) > 1.5 * np.ptp(areas[:, 0]) / 2
    assert EPOCH_PAGE.inputs.left == MARGIN
