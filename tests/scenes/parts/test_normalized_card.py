"""What a Normalization makes of a sample comes true on the digits that stand there."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.numbers import approximate, read
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.layout import Region, pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.forward_pass import ForwardPass
from scenes.parts.normalized_card import Normalized, NormalizedCard, normalized
from scenes.parts.passage import passage
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
SIDE = Region(1200, 140, 1780, 1000)


def rows_of(record: Record, sample: int) -> list[Normalized]:
    view = View(show_of(record, "en"), ForwardPass.reads)
    stage = passage(view, 0, sample)[0]
    return normalized(view, 0, sample, range(record.inputs.shape[1]), stage.values)


@pytest.mark.parametrize("sample", [0, 7, 20, 44])
def test_the_quotient_of_what_stands_there_is_what_the_first_neurons_get(sample: int) -> None:
    record = a_record(**RECORDS["three classes"])
    held = record.parameters[0]

    rows = rows_of(record, sample)

    assert len(rows) == record.inputs.shape[1]
    for unit, row in enumerate(rows):
        value, mean, deviation = (read(text) for text in (row.value, row.mean, row.deviation))
        assert float(value) == pytest.approx(float(record.inputs[sample, unit]))
        assert float(mean) == pytest.approx(float(held["mean"][0].ravel()[unit]), rel=1e-3)
        spread = float(held["variance"][0].ravel()[unit]) ** 0.5
        assert float(deviation) == pytest.approx(spread, rel=1e-3)
        quotient = float((value - mean) / deviation)
        assert row.result == ("0" if abs(quotient) < 1e-6 else approximate(quotient, 3))
        assert row.asked.startswith(f"({row.value} − ") and row.asked.endswith(f"/ {row.deviation}")


def test_a_negative_mean_stands_in_brackets() -> None:
    assert Normalized("2", "−1", "4", "0.75").asked == "(2 − (−1)) / 4"


def test_there_is_none_where_other_layers_stand_there_or_nothing_varies() -> None:
    record = a_record(**RECORDS["three classes"])
    scaled = replace(record.layers[0], type="Rescaling", settings={"scale": 2.0, "offset": 0.0})
    more = replace(record, layers=(scaled, *record.layers), parameters=({}, *record.parameters))
    held = record.parameters[0]
    constant = {**held, "variance": np.zeros_like(held["variance"])}

    assert rows_of(more, 0) == []
    assert rows_of(replace(record, parameters=(constant, *record.parameters[1:])), 0) == []
    assert rows_of(a_record(), 0) == []


def test_numbers_have_the_colour_of_their_sign_and_stay_on_the_card() -> None:
    rows = rows_of(a_record(**RECORDS["three classes"]), 7)
    drawn = NormalizedCard(rows, SIDE, Words("en"), PAPER)
    texts = [part for part in drawn if isinstance(part, Label)]

    for row in rows:
        label = next(text for text in texts if text.text == f"≈ {row.result}")
        color = PAPER.negative if read(row.result) < 0 else PAPER.positive
        assert label.get_fill_color().to_hex().lower() == color.lower()
    for text in texts:
        assert SIDE.left <= pixels(text.get_left())[0] < pixels(text.get_right())[0] <= SIDE.right
