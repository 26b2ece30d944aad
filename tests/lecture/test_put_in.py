"""A rule with a number put in says what the rule is there, and = is said of that very number."""

from fractions import Fraction

import numpy as np
import pytest

from epochreel.lecture.put_in import exactly, fraction, number_in_typst, put_in
from epochreel.lecture.rule import parse_rule
from epochreel.numbers import MINUS
from tests.lecture.formulas import TypstReader
from tests.lecture.test_rule import a_rule

LARGE = 1e12  # beyond it floats have few digits behind the point left
NUMBERS = ("3", "−3", "0", "0.5", "−2.25", "1.5e−07", "−2e06")


@pytest.mark.parametrize(
    ("rule", "number", "written", "value"),
    [
        ("2*x + 1", "−3", "2 dot (-3) + 1", Fraction(-5)),
        ("2*x + 1", "10", "2 dot 10 + 1", Fraction(21)),
        ("-x**2", "−3", "- (-3)^(2)", Fraction(-9)),
        ("x - 1", "−3", "-3 - 1", Fraction(-4)),
        ("x/3", "1", "frac(1, 3)", Fraction(1, 3)),
        ("0.1*x", "0.2", "0.1 dot 0.2", Fraction(1, 50)),
        ("2**x", "−3", "2^(-3)", Fraction(1, 8)),
        ("max(x, 0) + floor(x)", "2.5", "max(2.5, 0) + floor(2.5)", Fraction(9, 2)),
        ("sin(pi*x)/2", "−3", "frac(sin(pi dot (-3)), 2)", None),
        ("x**0.5", "4", "4^(0.5)", None),
        ("1/x", "0", "frac(1, 0)", None),
        ("x**999999", "3", "3^(999999)", None),
    ],
)
def test_a_number_stands_where_x_stood(
    rule: str, number: str, written: str, value: Fraction | None
) -> None:
    assert put_in(parse_rule(rule), number) == written
    assert exactly(parse_rule(rule), number) == value


def test_a_power_of_ten_is_raised() -> None:
    assert number_in_typst("−1.5e−07") == "-1.5 dot 10^(-7)"
    assert put_in(parse_rule("x**2"), "1.5e−07") == "(1.5 dot 10^(-7))^(2)"
    assert fraction("−1.5e−07") == Fraction(-15, 100_000_000)


def test_what_is_put_in_reads_as_the_rule_is_there() -> None:
    random, nowhere = np.random.default_rng(5), np.zeros(1)
    for _ in range(1000):
        rule, number = parse_rule(a_rule(random, 4)), str(random.choice(NUMBERS))
        at = np.array([float(number.replace(MINUS, "-"))])
        if "e" in number:  # read as a product, which rounds
            continue

        read = TypstReader(put_in(rule, number), nowhere).values()

        np.testing.assert_array_equal(read, rule(at), f"{rule.text} at {number}")
        value = exactly(rule, number)
        if value is not None and abs(value) < LARGE:
            np.testing.assert_allclose(float(value), rule(at)[0], rtol=1e-9, atol=1e-9)
