"""A column has room for its numbers at every epoch, and its numbers fit their room."""

import numpy as np
import pytest

from epochreel.numbers import READING, Notation, Powers
from scenes.drawing.fitting import NumberShape, fitting
from scenes.drawing.layout import SMALL

RANDOM = np.random.default_rng(3)
COLUMNS = {
    "common": RANDOM.normal(size=2000) * 20,
    "whole": np.arange(-30.0, 30),
    "large": RANDOM.normal(size=200) * 1e12,
    "tiny": RANDOM.normal(size=200) * 1e-12,
    "of every size": 10.0 ** RANDOM.uniform(-30, 30, 200) * RANDOM.choice([-1, 1], 200),
    "one large": np.array([872907.7, 1.5e6, -3.0]),
    "nothing": np.zeros(3),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_there_is_room_for_every_number(name: str) -> None:
    values = COLUMNS[name]

    for notation in (fitting(values, 200), READING):
        shape = NumberShape(values, notation)
        parts = [notation.text(value).partition(".") for value in values]
        assert max(len(whole) for whole, _, _ in parts) == shape.before
        assert max(len(decimals) for _, _, decimals in parts) == shape.behind


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_as_exact_as_its_room_lets_it_be(name: str) -> None:
    values = COLUMNS[name]

    def width(notation: Notation) -> float:
        return NumberShape(values, notation).width(SMALL)

    found = fitting(values, 150)
    assert width(found) <= 150
    wider = fitting(values, 180)
    assert wider.powers is not found.powers or wider.decimals >= found.decimals


def test_where_nothing_fits_the_shortest_notation_is_taken() -> None:
    assert fitting(np.array([-1.234567e30]), 10) == Notation(0, Powers.ALL)
