"""A student with a pencil gets what the page says, from the digits that stand on it."""

import re
from decimal import Decimal

import numpy as np
import pytest

from epochreel.numbers import exact, read
from scenes.parts.squares import PLACES, work_out

TERM = re.compile(r"\((?P<prediction>\S+) − \(?(?P<target>[^\s()]+)\)?\)²")


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1.0, 1e3, 1e8])
def test_terms_squares_and_sum_agree_as_shown(scale: float) -> None:
    random = np.random.default_rng(3)
    worked = work_out(*(scale * random.normal(size=(2, 20)).astype(np.float32)))

    for term, square in zip(worked.terms, worked.squares):
        parts = TERM.fullmatch(term)
        assert parts
        difference = read(parts["prediction"]) - read(parts["target"])
        shown = read(exact(square)).scaleb(worked.exponent)
        assert abs(difference**2 - shown) <= Decimal("0.5").scaleb(worked.exponent - PLACES)
    assert worked.total == sum(read(exact(square)) for square in worked.squares)
    assert abs(worked.mean * 20 - worked.total) <= 20 * Decimal("0.5").scaleb(-PLACES - 2)


def test_a_negative_target_is_in_brackets() -> None:
    worked = work_out(np.array([-19.4, 0.5]), np.array([-19.0, 2.0]))

    assert worked.terms == ("(−19.4 − (−19))²", "(0.5 − 2)²")
    assert [exact(square) for square in worked.squares] == ["0.1600", "2.2500"]
    assert exact(worked.total) == "2.4100"
    assert exact(worked.mean) == "1.205000"
    assert worked.mean_is_exact


def test_a_mean_that_does_not_end_says_so() -> None:
    assert not work_out(np.array([1.0, 0.0, 0.0]), np.zeros(3)).mean_is_exact


def test_nothing_to_square_needs_no_power_of_ten() -> None:
    worked = work_out(np.ones(2), np.ones(2))

    assert worked.exponent == 0
    assert worked.total == worked.mean == 0
