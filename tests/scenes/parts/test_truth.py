"""The truth is drawn where it is known, and predictions do not flatten it."""

import numpy as np
import pytest

from epochreel.lecture.rule import parse_rule
from scenes.drawing.layout import PAGE
from scenes.drawing.theme import PAPER
from scenes.parts.axes import Plane
from scenes.parts.truth import Truth, sampled
from tests.records import a_record

pytestmark = pytest.mark.manim


def truth_of(rule: str | None, **settings: object) -> Truth:
    record = a_record(**settings)  # type: ignore[arg-type]
    targets = record.targets if rule is None else parse_rule(rule)(record.inputs)
    return Truth(record.inputs, targets, rule)


@pytest.mark.parametrize(
    ("rule", "jumps"),
    [
        ("2*x + 1", []),
        ("x**2", []),
        ("tanh(900*x)", []),
        ("abs(x)", []),
        ("sqrt(abs(x))", []),
        ("1/(x + 0.5)", [-0.5]),
        ("0.001/(x - 3.3) + x", [3.3]),
        ("x/abs(x)", [0.0]),
        (
            "tan(x)",
            [-2.5 * np.pi, -1.5 * np.pi, -0.5 * np.pi, 0.5 * np.pi, 1.5 * np.pi, 2.5 * np.pi],
        ),
    ],
)
def test_a_function_is_broken_where_it_jumps_and_nowhere_else(
    rule: str, jumps: list[float]
) -> None:
    x, y = sampled(parse_rule(rule), -10.0, 9.0)

    assert np.unique(x[~np.isfinite(y)].round(9)) == pytest.approx(jumps, abs=1e-6)
    assert (np.diff(x) >= 0).all()
    assert (x[0], x[-1]) == (-10, 9)


def test_a_curve_with_a_pole_goes_to_both_edges_and_never_across() -> None:
    truth = truth_of("1/(x + 0.5)")
    plane = Plane(truth.x, truth.scale(truth.targets), PAGE, ("x", "y"), PAPER)

    left, right = plane.curve(*truth.line(), PAPER.truth).get_subpaths()

    low, high = plane.at(0, plane.y.low)[1], plane.at(0, plane.y.high)[1]
    assert (left[:, 1].min(), right[:, 1].max()) == pytest.approx((low, high))
    assert left[:, 0].max() < plane.at(-0.5, 0)[0] < right[:, 0].min()


def test_only_a_rule_makes_a_true_function() -> None:
    def said(truth: Truth) -> tuple[bool, str, tuple[str, str]]:
        return truth.is_line, truth.name(str), truth.names(str)  # type: ignore[arg-type]

    assert said(truth_of("x**2")) == (True, "true function", ("x", "f(x)"))
    assert said(truth_of(None)) == (False, "true values", ("x", "y"))
    assert said(truth_of("x**2", samples=1)) == (False, "true values", ("x", "y"))
    several = truth_of(None, widths=(3, 5, 2))
    assert said(several) == (True, "prediction = truth", ("truth", "prediction"))
    assert np.array_equal(*several.line())


@pytest.mark.parametrize("off", [0.0, 1.0, 1e3, 1e24])
def test_the_truth_fills_half_the_height_whatever_is_predicted(off: float) -> None:
    truth = truth_of("2*x + 1")
    scale = truth.scale(np.stack([truth.targets, truth.targets + off]))

    assert np.ptp(scale.share(truth.targets)) > 0.44
    assert scale.outside(truth.targets + off).any() == (off > 100)
