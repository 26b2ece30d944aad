"""A scale suits its values, and its ticks can be told apart and believed."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from epochreel.numbers import read
from scenes.drawing.scales import Scale, Tick, epoch_scale, linear_scale, loss_scale, states_in_view

LOSSES = {
    "falls far": np.logspace(4, -21, 40),
    "falls by two decades": np.array([90.0, 3.0, 0.9]),
    "falls by a decade": np.array([3.0, 1.0, 0.28]),
    "moves within a decade": np.array([0.31, 0.3, 0.295]),
    "hardly moves": 0.5 + np.array([0, 3e-8, 6e-8]),
    "stays": np.full(3, 232.0546),
    "is large": 1e6 + np.array([0.2, 0.4, 0.6]),
    "is huge": np.array([2e24, 3e24, 4e24]),
    "diverges": np.logspace(2, 50, 6),
    "ends at zero": np.array([1000.0, 1e-3, 0.0]),
    "is zero": np.zeros(3),
    "falls below zero": np.array([3.0, 0.0, -900.0]),
}


@pytest.mark.parametrize("kind", LOSSES)
def test_all_losses_are_on_their_axis(kind: str) -> None:
    shares = loss_scale(LOSSES[kind]).share(LOSSES[kind])

    assert ((shares >= 0) & (shares <= 1)).all()
    assert (np.diff(shares) * np.diff(LOSSES[kind]) >= 0).all()


@pytest.mark.parametrize("kind", LOSSES)
def test_ticks_are_exact_unlike_and_in_order(kind: str) -> None:
    scale = loss_scale(LOSSES[kind])
    for parts in range(1, 12):
        ticks = scale.ticks(parts)
        texts = [tick.text for tick in ticks]

        assert ticks and len({*texts}) == len(texts)
        assert all(low.value < high.value for low, high in pairwise(ticks))
        for tick in ticks:
            assert 0 <= scale.share(np.array(tick.value)).round(9) <= 1
            assert written(tick) == pytest.approx(said(tick, scale), rel=1e-12, abs=1e-300)


def written(tick: Tick) -> float:
    """The value that its text says."""
    return 10.0**tick.power if tick.power is not None else float(read(tick.text))


def said(tick: Tick, scale: Scale) -> float:
    """The value that it stands for: zero has a place of its own."""
    below = scale.zero_below is not None and tick.value < scale.zero_below
    return 0.0 if below else tick.value


@pytest.mark.parametrize(
    ("kind", "logarithmic"),
    [
        ("falls far", True),
        ("falls by a decade", True),
        ("diverges", True),
        ("ends at zero", True),
        ("moves within a decade", False),
        ("stays", False),
        ("is zero", False),
        ("falls below zero", False),
    ],
)
def test_losses_decide_whether_an_axis_is_logarithmic(kind: str, logarithmic: bool) -> None:
    assert loss_scale(LOSSES[kind]).logarithmic == logarithmic


def test_on_few_decades_the_axis_ends_near_the_losses() -> None:
    scale = loss_scale(LOSSES["falls by a decade"])

    assert (scale.low, scale.high) == (0.2, 5.0)
    assert [tick.text for tick in scale.ticks(7)] == ["0.2", "0.5", "1", "2", "5"]


def test_on_many_decades_it_has_powers_of_ten_from_the_highest_down() -> None:
    ticks = loss_scale(LOSSES["falls far"]).ticks(7)

    assert [tick.text for tick in ticks] == [
        "10⁻²⁰",
        "10⁻¹⁶",
        "10⁻¹²",
        "10⁻⁸",
        "10⁻⁴",
        "10⁰",
        "10⁴",
    ]
    assert [tick.power for tick in ticks] == [-20, -16, -12, -8, -4, 0, 4]


def test_a_loss_of_zero_stands_apart_at_the_foot_and_is_told() -> None:
    scale = loss_scale(LOSSES["ends at zero"])
    shares = scale.share(np.array([0.0, -1.0, 1e-3, 1000.0]))

    assert shares[:2].tolist() == [0, 0]
    assert 0.1 < shares[2] < 0.3
    assert shares[3] == pytest.approx(1)
    assert scale.ticks(7)[0] == Tick(scale.low, "0")


def test_losses_that_stay_are_in_the_middle() -> None:
    for values in (LOSSES["stays"], LOSSES["is zero"], np.full(3, 1e-9)):
        assert linear_scale(values).share(values) == pytest.approx(0.5)
    assert linear_scale(np.full(3, 1e-9)).high < 2e-9


@pytest.mark.parametrize("last", [0, 1, 3, 7, 12, 500, 1_000_000, 1_234_567])
def test_epochs_have_whole_ticks_that_spell_all_their_digits(last: int) -> None:
    scale = epoch_scale(np.arange(0, last + 1, max(1, last)))
    ticks = scale.ticks(10)

    assert (scale.low, scale.high) == (0, max(last, 1))
    assert 2 <= len(ticks) <= 11
    assert [Decimal(tick.text) for tick in ticks] == [int(tick.value) for tick in ticks]
    assert all("e" not in tick.text for tick in ticks)


def test_values_outside_are_known_by_their_side() -> None:
    values = np.array([-0.1, 0.0, 4.0, 10.0, 10.1])
    assert Scale(0, 10).outside(values).tolist() == [-1, 0, 0, 0, 1]


def test_an_axis_holds_the_way_between_where_that_stays_near() -> None:
    truth = np.array([0.0, 10.0])
    near = np.array([[2.0, 3.0], [-2.0, 13.0], [0.0, 10.0]])
    far = np.array([[2.0, 3.0], [-20.0, 30.0], [0.0, 10.0]])

    assert states_in_view(near, truth) == [0, 1, 2]
    assert states_in_view(far, truth) == [0, 2]
    assert states_in_view(near[:1], truth) == [0]
