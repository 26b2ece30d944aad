"""Each number as a film writes it."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from epochreel.numbers import (
    MINUS,
    READING,
    Notation,
    Powers,
    approximate,
    as_on_a_page,
    compact,
    exact,
    in_code,
    notations,
    printed,
    ranges,
    read,
    rounded,
    spoken,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-19.0, "−19"),
        (np.float32(0.1), "0.1"),
        (1 / 3, "0.33333334"),
        (-1e-9, "0"),
        (999_999.0, "999999"),
        (1e6, "1.00000e06"),
        (-1.5e12, "−1.50000e12"),
    ],
)
def test_printed_as_keras_prints_a_float32(value: float, text: str) -> None:
    assert printed(value) == text


def test_printed_with_fewer_decimals() -> None:
    assert printed(-0.123456, 3) == "−0.123"
    assert printed(0.5, 3) == "0.5"
    assert printed(2e6, 3) == "2.000e06"
    assert printed(-0.0001, 3) == "0"


def test_printed_with_a_power_of_ten_where_it_is_tiny() -> None:
    assert printed(1.1e-5, tiny=1e-4) == "1.10000e−05"
    assert printed(1e-4, tiny=1e-4) == "0.0001"
    assert printed(0.0, tiny=1e-4) == "0"


@pytest.mark.parametrize(
    ("value", "text", "said"),
    [
        (1239.6985, "1240", "1240"),
        (-0.25, "−0.25", "−0.25"),
        (-0.0, "0", "0"),
        (12345.0, "1.234e04", "1.234 × 10⁴"),
        (-2e30, "−2e30", "−2 × 10³⁰"),
        (1.1e-21, "1.1e−21", "1.1 × 10⁻²¹"),
    ],
)
def test_rounded_on_a_page_and_spoken_in_a_caption(value: float, text: str, said: str) -> None:
    assert rounded(value) == text
    assert spoken(value) == said


def test_a_caption_on_a_page_has_no_raised_minus() -> None:
    said = "f(x) = x⁻² + 10⁻¹²x³ goes from −1.1 × 10⁻²¹ to 2 × 10³⁰"

    assert as_on_a_page(said) == "f(x) = x^(−2) + 10^(−12)x³ goes from −1.1e−21 to 2e30"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.3602, "0.360"), (-0.79968, "−0.800"), (0.36, "0.36"), (0, "0"), (123.4, "123")],
)
def test_digits_that_are_zero_stand_where_others_follow(value: float, text: str) -> None:
    assert approximate(value, 3) == text


def test_rounded_to_other_digits() -> None:
    assert rounded(3 * 0.1, 6) == "0.3"
    assert rounded(2e-12, 6) == "2e−12"
    assert spoken(0.12345, 6) == "0.12345"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("0E-20", "0"),
        ("-19.500", "−19.5"),
        ("123456.789", "123456.789"),
        ("1500000", "1.5e06"),
        ("1548145.9375", "1548145.9375"),
        ("-1.0000000150474662e30", "−1.0000000150474662e30"),
        ("0.0001", "0.0001"),
        ("0.00000190735", "1.90735e−06"),
        ("0.0000123456789", "1.23456789e−05"),
    ],
)
def test_compact_keeps_every_digit_and_is_short(number: str, text: str) -> None:
    assert compact(Decimal(number)) == text
    assert read(text) == Decimal(number)


def test_exact_keeps_every_digit() -> None:
    assert exact(Decimal("1E+3")) == "1000"
    assert exact(Decimal("0.1200")) == "0.1200"
    assert exact(Decimal("-1e-3")) == "−0.001"


@pytest.mark.parametrize("value", [0.1, -19.4, 1.5e6, -1e-5, 1 / 3])
def test_what_was_printed_is_read_back(value: float) -> None:
    text = printed(value, tiny=1e-4)

    assert printed(float(read(text)), tiny=1e-4) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.1, "0.1"),
        (0.00123456, "0.00123456"),
        (1e-7, "1e-07"),
        (-1.0, "-1"),
        (True, "True"),
        (3, "3"),
    ],
)
def test_code_is_what_python_reads(value: float, code: str) -> None:
    assert in_code(value) == code
    assert MINUS not in code


def column(values: list[float], **options: Any) -> list[str]:
    """A column in its most exact notation."""
    numbers = np.array(values)
    notation = next(notations(numbers, **options))
    return [notation.text(value) for value in numbers]


def test_a_column_of_common_numbers_has_the_digits_keras_prints() -> None:
    assert column([-19.000002, 0.30293548, 7.0, 0.0]) == ["−19.000002", "0.30293548", "7", "0"]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([-1.75e6, -872907.7, 0.0], ["−1.75000e06", "−8.72908e05", "0"]),
        ([0.02, 4e-8], ["2e−02", "4e−08"]),
        ([-1.9e-11, 1e-12], ["−1.9e−11", "1.0e−12"]),
        ([1e12, 1 / 3], ["1.00000e12", "3.33333e−01"]),
    ],
)
def test_a_number_that_needs_a_power_of_ten_gives_its_column_one(
    values: list[float], texts: list[str]
) -> None:
    assert column(values) == texts


def test_what_does_not_stand_still_makes_no_column_of_powers_unless_it_is_large() -> None:
    standing = np.array([0.5])

    assert column([0.5, 3e-8], standing=standing) == ["0.5", "0.00000003"]
    assert column([0.5, 3e8], standing=standing) == ["5e−01", "3e08"]


@pytest.mark.parametrize("smallest", [0.5, 0.02, 3e-5])
def test_no_notation_writes_a_number_as_zero_that_is_not(smallest: float) -> None:
    known = [*notations(np.array([19.0, 0.0, smallest]))]

    assert [notation.text(smallest) for notation in known].count("0") == 0
    assert [notation.text(0.0) for notation in known] == ["0"] * len(known)
    assert {notation.powers for notation in known} == {Powers.NONE, Powers.ALL}


def test_what_is_negligible_beside_the_largest_gives_a_column_no_powers() -> None:
    """A prediction of 0 that training has brought to 4e-8 stands beside others of 20."""
    assert column([20.0, 4e-8, -19.000002]) == ["20", "0.00000004", "−19.000002"]
    assert column([20.0, 4e-9]) == ["20", "0"]


def test_a_lecture_rounds_columns_to_the_decimals_it_asks_for() -> None:
    assert column([-20.000002, 2.4e-7, 0.125], decimals=2) == ["−20", "0", "0.12"]
    assert column([3.6, 0.2], decimals=0) == ["4", "0"]
    assert column([1.234e-12, 0.0], decimals=2) == ["1.23e−12", "0"]


def test_a_reading_has_a_power_of_ten_where_its_value_needs_one() -> None:
    texts = [READING.text(value) for value in (118.73, 3.80318e-13, 1.5e12, 0.0)]

    assert texts == ["118.73", "3.80318e−13", "1.50000e12", "0"]
    assert Notation().text(1e-5) == "0.00001"


def test_three_whole_numbers_in_a_row_are_a_range() -> None:
    assert ranges([0, 1, 2, 3, 4, 5, 500]) == ["0–5", "500"]
    assert ranges([0, 1, 3, 4, 5, 7]) == ["0", "1", "3–5", "7"]
    assert ranges([12]) == ["12"]
    assert ranges([]) == []
