"""The rule of a lecture: arithmetic that is parsed and never executed."""

import numpy as np
import pytest

from epochreel.errors import LectureError
from epochreel.lecture.rule import parse_rule


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("2*x + 1", [-1.0, 0.0, 3.0], [-1.0, 1.0, 7.0]),
        ("-x**2 / 4", [2.0, -4.0], [-1.0, -4.0]),
        ("sin(pi * x) + abs(x)", [0.5, -2.0], [1.5, 2.0]),
        ("3", [0.0, 1.0], [3.0, 3.0]),
    ],
)
def test_rule_is_evaluated_for_every_sample(
    text: str, x: list[float], expected: list[float]
) -> None:
    assert np.allclose(parse_rule(text)(np.array(x)), expected)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("2*x + 1", "2 x + 1"),
        ("x - (1 - x)", "x - (1 - x)"),
        ("(x + 1)**2 / 3", "frac((x + 1)^(2), 3)"),
        ("x*2", "x dot 2"),
        ("1234567*x + 1e-7", "1234567 x + 0.0000001"),
    ],
)
def test_rule_as_formula(text: str, formula: str) -> None:
    assert parse_rule(text).typst == formula


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("__import__('os').system('true')", "not arithmetic"),
        ("relu(x)", "unknown function 'relu'"),
        ("2*y", "unknown name 'y'"),
        ("x.real", "'x.real'"),
        ("[x for x in x]", "not arithmetic"),
        ("2 *", "not arithmetic"),
        ("x if x else 1", "not arithmetic"),
        ("True", "not arithmetic"),
        ("1e999", "not arithmetic"),
        ("1or 2", "not arithmetic"),
        ("", "not arithmetic"),
        ("(" * 90 + "x" + ")" * 90, None),
        ("-" * 150 + "x", "nested too deeply"),
        ("1+" * 200 + "x", "200 is the limit"),
    ],
)
def test_what_is_not_arithmetic_is_refused(text: str, found: str | None) -> None:
    if found is None:
        parse_rule(text)
        return
    with pytest.raises(LectureError, match=found):
        parse_rule(text)


def test_huge_powers_do_not_hang() -> None:
    assert np.isinf(parse_rule("9**9**9**9")(np.zeros(1))).all()
