"""The x of a rule: decimals as they were written, stop left out."""

import numpy as np
import pytest

from epochreel.lecture.span import span, span_length


@pytest.mark.parametrize(
    ("start", "stop", "step", "expected"),
    [
        (1, 1.3, 0.1, [1, 1.1, 1.2]),
        (0, 1, 0.1, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        (0, 0.7, 0.1, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]),
        (-0.3, 0.3, 0.1, [-0.3, -0.2, -0.1, 0, 0.1, 0.2]),
        (0.1, 0.7, 0.2, [0.1, 0.3, 0.5]),
        (0, 1, 0.3, [0, 0.3, 0.6, 0.9]),
        (1e-5, 3e-5, 1e-5, [1e-5, 2e-5]),
        (0, 1, 5, [0]),
        (1, 1, 0.1, []),
        (1, 0, 0.1, []),
    ],
)
def test_stop_is_never_in_it(start: float, stop: float, step: float, expected: list[float]) -> None:
    assert span(start, stop, step) == expected


@pytest.mark.parametrize("step", [0.1, 0.01, 0.3, 0.7, 1.1, 1e-3])
def test_a_whole_number_of_steps_is_that_many_samples(step: float) -> None:
    for steps in range(1, 200):
        stop = float(f"{3 + steps * step:.6g}")
        assert span_length(3, stop, step) == steps


def test_whole_numbers_are_those_of_range() -> None:
    np.testing.assert_array_equal(span(-10, 10, 1), np.arange(-10, 10))
