"""The rule of a lecture: arithmetic that is parsed and never executed."""

import numpy as np
import pytest

from epochreel.errors import BadRule, LectureError
from epochreel.lecture.rule import FUNCTIONS, OF_TWO, parse_rule
from tests.lecture.formulas import PlainReader, Reader, TypstReader


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


def test_functions_of_two_take_the_larger_and_the_smaller() -> None:
    x = np.array([-1.0, 0.25, 2.0])

    assert parse_rule("max(x, 0) - relu(x)")(x).tolist() == [0, 0, 0]
    assert parse_rule("min(x, 1)")(x).tolist() == [-1, 0.25, 1]
    assert parse_rule("floor(x)")(x).tolist() == [-1, 0, 2]


@pytest.mark.parametrize(
    ("text", "formula", "plain"),
    [
        ("2*x + 1", "2 x + 1", "2x + 1"),
        ("-3*x", "- 3 x", "−3x"),
        ("x - (1 - x)", "x - (1 - x)", "x − (1 − x)"),
        ("x-(-1)", "x - (- 1)", "x − (−1)"),
        ("-(-x)", "- (- x)", "−(−x)"),
        ("(x + 1)**2 / 3", "frac((x + 1)^(2), 3)", "(x + 1)²/3"),
        ("(x/2)**2", "(frac(x, 2))^(2)", "(x/2)²"),
        ("x/2*3", "frac(x, 2) dot 3", "(x/2)·3"),
        ("2*(1/2)", "2 dot frac(1, 2)", "2(1/2)"),
        ("x*2", "x dot 2", "x·2"),
        ("2*2**x", "2 dot 2^(x)", "2·2^(x)"),
        ("x**-2 + 2**(x/2)", "x^(- 2) + 2^(frac(x, 2))", "x⁻² + 2^(x/2)"),
        ("2*e*x", "2 dot e dot x", "2·e·x"),
        ("sin(pi*x)/2", "frac(sin(pi x), 2)", "sin(πx)/2"),
        ("2*abs(x)", "2 dot abs(x)", "2·|x|"),
        ("sqrt(x)**2", "(sqrt(x))^(2)", "(√(x))²"),
        ("tanh(x)**2", "(tanh(x))^(2)", "(tanh(x))²"),
        ("abs(x)**2 - floor(x)**2", "abs(x)^(2) - floor(x)^(2)", "|x|² − (floor(x))²"),
        ("3*relu(x)", '3 op("relu")(x)', "3 relu(x)"),
        ("max(floor(x), 1)", "max(floor(x), 1)", "max(floor(x), 1)"),
    ],
)
def test_rule_as_formula_and_as_a_line_of_text(text: str, formula: str, plain: str) -> None:
    rule = parse_rule(text)

    assert (rule.typst, rule.plain) == (formula, plain)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1000000*x", "1000000x"),
        ("1e6*x", "10⁶x"),
        ("1.50E-07*x", "1.50·10⁻⁷x"),
        ("(1e+6)**2", "(10⁶)²"),
        ("3.14159265358979323846*x", "3.14159265358979323846x"),
        ("12345678901234567890", "12345678901234567890"),
        ("2.50*x + 1.", "2.50x + 1"),
        (".5*x", "0.5x"),
        ("1_000*x", "1000x"),
        ("0x10*x", "16x"),
    ],
)
def test_numbers_have_the_digits_that_were_written(text: str, plain: str) -> None:
    assert parse_rule(text).plain == plain


def a_rule(random: np.random.Generator, depth: int) -> str:
    """Any rule, with brackets where they are needed and where they are not."""
    if depth == 0:
        numbers = ("2", "10", "0.5", "3.14159265", "1000000", "1e6", "2.5e-1", "1e3", ".5", "7.")
        return str(random.choice([*numbers, "x", "x", "x", "pi", "e"]))
    inside = [a_rule(random, int(random.integers(depth))) for _ in range(2)]
    inside = [text if random.random() < 0.5 else f"({text})" for text in inside]
    match random.integers(4):
        case 0:
            return f"{random.choice(['-', '+'])}{inside[0]}"
        case 1:
            name = str(random.choice([*FUNCTIONS]))
            return f"{name}({', '.join(inside if name in OF_TWO else inside[:1])})"
    return random.choice(["+", "-", "*", "/", "**"]).join(inside)


@pytest.mark.parametrize(("written", "reader"), [("typst", TypstReader), ("plain", PlainReader)])
def test_what_is_written_is_read_as_the_same_function(written: str, reader: type[Reader]) -> None:
    random, x = np.random.default_rng(3), np.array([-2.5, -1.0, 0.0, 0.5, 3.0])
    for _ in range(3000):
        rule = parse_rule(a_rule(random, 5))
        formula = getattr(rule, written)

        np.testing.assert_array_equal(
            reader(formula, x).values(), rule(x), f"{rule.text} is written {formula}"
        )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("x^2", r"\^ is no power here; write 'x\*\*2'"),
        ("2x+1", r"write '2\*x\+1'"),
        ("2x^2 - 3", r"\^ is no power here; write '2\*x\*\*2 - 3'"),
        ("0.5 sin(2 pi x)", r"write '0.5\*sin\(2\*pi\*x\)'"),
        ("x(x+1)(x-1)", r"write 'x\*\(x\+1\)\*\(x-1\)'"),
        ("2x² − √(x)", r"write '2\*x\*\*2 - sqrt\(x\)'"),
    ],
)
def test_what_is_written_as_on_paper_is_mended(text: str, advice: str) -> None:
    with pytest.raises(BadRule, match=advice):
        parse_rule(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("__import__('os').system('true')", "not arithmetic"),
        ("swish(x)", "unknown function 'swish'. It may use abs, cos, exp, floor, log, max, min, r"),
        ("2*y^2", "not arithmetic"),
        ("max(x)", r"too few or too many arguments. Write it like max\(x, 0\)"),
        ("sin(x, 1)", r"Write it like sin\(x\)"),
        ("2*y", "unknown name 'y'"),
        ("x.real", "'x.real'"),
        ("[x for x in x]", "not arithmetic"),
        ("2 *", "not arithmetic"),
        ("x if x else 1", "not arithmetic"),
        ("True", "not arithmetic"),
        ("1e999*x", "a number beyond 1.8e\\+308"),
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
