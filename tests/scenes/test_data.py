"""What is said of the data is true for every kind of data."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.record.record import Record
from scenes.stage.catalogue import shipped
from scenes.stage.render import captions
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def said(record: Record) -> dict[str, str]:
    return captions(shipped()["data"], show_of(record, "en"))


def test_a_range_goes_from_the_smallest_to_the_largest() -> None:
    x = np.array([[0.0], [-2.0], [3.0]])
    record = replace(a_record(samples=3), inputs=x, targets=x**2, rule="x**2")

    assert said(record) == {
        "x": "The input x has 3 samples, from −2 to 3.",
        "rule": "The rule to learn is f(x) = x².",
        "values": "The rule gives each x its true value, from 0 to 9.",
    }


def test_of_a_file_no_rule_is_told() -> None:
    assert said(a_record(**RECORDS["tiny values"])) == {
        "x": "The input x has 20 samples, from −10 to 9.",
        "rule": "Every sample has a true value to learn.",
        "values": "The true values go from −1.9 × 10⁻¹¹ to 1.9 × 10⁻¹¹.",
    }


def test_of_several_inputs_the_first_is_told_of() -> None:
    assert said(a_record(**RECORDS["several"])) == {
        "x": "20 samples with 3 inputs; the first is shown, from −10 to 9.",
        "rule": "Every sample has 2 true values to learn; the first is shown.",
        "values": "The first true value of each sample, from −19 to 19.",
    }


@pytest.mark.parametrize(
    ("inputs", "first"),
    [(1, "The input x has one sample, 0."), (3, "One sample with 3 inputs; the first is 0.")],
)
def test_one_sample_has_no_range(inputs: int, first: str) -> None:
    found = said(a_record(samples=1, widths=(inputs, 2, 1), rule=None))

    assert found["x"] == first
    assert found["values"] == "The true value is 1."
