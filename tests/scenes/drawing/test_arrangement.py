"""Matrices stay in their region, and use the room that there is."""

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

import numpy as np
import pytest

from scenes.drawing.arrangement import Placed, arrange
from scenes.drawing.layout import Region
from scenes.drawing.matrices import Measure, States
from scenes.parts.epoch_regions import EPOCH_PAGE

REGION = EPOCH_PAGE.parameters
NETS = {
    "lecture": (1, 4, 3, 1),
    "one weight": (1, 1),
    "several inputs": (4, 8, 3),
    "wide": (1, 16, 16, 1),
    "very wide": (1, 128, 16, 64, 1),
    "deep": (1, *[4] * 11, 1),
}


def arranged(widths: Sequence[int], decimals: int | None = None) -> dict[int, list[Placed]]:
    random = np.random.default_rng(1)
    layers = []
    for number, (inputs, units) in enumerate(pairwise(widths), start=1):
        kernel, bias = random.normal(size=(6, inputs, units)), random.normal(size=(6, 1, units))
        layers.append([States(f"w{number}", kernel, kernel), States(f"b{number}", bias, bias)])
    return arrange(layers, REGION, decimals)


def measures(places: dict[int, list[Placed]]) -> list[Measure]:
    return [placed.measure for placed in chain.from_iterable(places.values())]


def numbers_in(places: dict[int, list[Placed]]) -> int:
    return sum(len(each.part.rows) * len(each.part.columns) for each in measures(places))


def boxes(places: dict[int, list[Placed]]) -> list[Region]:
    return [
        Region(left, top, left + measure.width, top + measure.height)
        for placed in chain.from_iterable(places.values())
        for measure, left, top in [(placed.measure, placed.left, placed.top)]
    ]


@pytest.mark.parametrize("decimals", [None, 2])
@pytest.mark.parametrize("name", NETS)
def test_matrices_stay_in_their_region_and_apart(name: str, decimals: int | None) -> None:
    found = boxes(arranged(NETS[name], decimals))

    for box in found:
        assert box.left >= REGION.left and box.right <= REGION.right
        assert box.top >= REGION.top and box.bottom <= REGION.bottom
    for one, other in combinations(found, 2):
        assert (
            one.right <= other.left
            or other.right <= one.left
            or one.bottom <= other.top
            or other.bottom <= one.top
        )


def test_what_fits_is_shown_whole_with_all_its_digits() -> None:
    found = measures(arranged(NETS["lecture"]))

    assert all(measure.part.complete for measure in found)
    assert {measure.notation.decimals for measure in found} == {8}


@pytest.mark.parametrize(("name", "numbers"), [("several inputs", 49), ("wide", 40)])
def test_of_what_does_not_fit_as_much_is_shown_as_has_room(name: str, numbers: int) -> None:
    found = arranged(NETS[name])

    assert numbers_in(found) >= numbers
    assert len(found) == len(NETS[name]) - 1


def test_of_many_layers_the_first_and_the_last_are_shown() -> None:
    shown = [*arranged(NETS["deep"])]

    assert len(shown) >= 4
    assert (shown[0], shown[-1]) == (0, 11)
    assert sorted(shown) == shown


def test_fewer_decimals_leave_room_for_more_numbers() -> None:
    assert numbers_in(arranged(NETS["wide"], 1)) > numbers_in(arranged(NETS["wide"]))
