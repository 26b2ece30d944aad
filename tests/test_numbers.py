"""Each number as a film writes it."""

from decimal import Decimal

import numpy as np
import pytest

from epochreel.numbers import MINUS, exact, in_code, printed, read, rounded, spoken


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


def test_rounded_to_other_digits() -> None:
    assert rounded(3 * 0.1, 6) == "0.3"
    assert rounded(2e-12, 6) == "2e−12"
    assert spoken(0.12345, 6) == "0.12345"


def test_exact_keeps_every_digit() -> None:
    assert exact(Decimal("1E+3")) == "1000"
    assert exact(Decimal("0.1200")) == "0.1200"
    assert exact(Decimal("-1e-3")) == "−0.001"


@pytest.mark.parametrize("value", [0.1, -19.4, 1.5e6, -1e-5, 1 / 3])
def test_what_was_printed_is_read_back(value: float) -> None:
    text = printed(value, tiny=1e-4)

    assert printed(float(read(text)), tiny=1e-4) == text


@pytest.mark.parametrize(
    ("value", "code"), [(0.1, "0.1"), (1e-7, "1e-07"), (-1.0, "-1"), (True, "True"), (3, "3")]
)
def test_code_is_what_python_reads(value: float, code: str) -> None:
    assert in_code(value) == code
    assert MINUS not in code
